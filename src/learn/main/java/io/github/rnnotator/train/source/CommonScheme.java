package io.github.rnnotator.train.source;

import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/** Brings the chunk tags of several corpora into one scheme. */
final class CommonScheme {
  private CommonScheme() {}

  /**
   * Returns the corpora with the same mentions; where the tags of a head are of several schemes,
   * all are in IOB2.
   *
   * @param heads those with chunk tags
   */
  static List<GoldCorpus> of(List<GoldCorpus> corpora, Collection<String> heads) {
    List<GoldCorpus> converted = new ArrayList<>(corpora);
    for (String head : heads) {
      Map<Integer, TagScheme> schemes = new LinkedHashMap<>();
      for (int i = 0; i < converted.size(); i++) {
        List<List<String>> tags = tags(converted.get(i), head);
        if (tags.stream()
            .flatMap(List::stream)
            .anyMatch(tag -> TagScheme.typeOf(tag).isPresent())) {
          schemes.put(i, SchemeDetection.detect(tags).orElse(TagScheme.IOB1));
        }
      }
      Set<TagScheme> distinct = new LinkedHashSet<>(schemes.values());
      if (distinct.size() > 1) {
        schemes.forEach(
            (i, scheme) -> converted.set(i, converted.get(i).map(s -> convert(s, head, scheme))));
      }
    }
    return converted;
  }

  private static List<List<String>> tags(GoldCorpus corpus, String head) {
    return corpus.sentences().stream()
        .map(sentence -> sentence.tags().get(head))
        .filter(Objects::nonNull)
        .map(TagSequence::tags)
        .toList();
  }

  private static TaggedSentence convert(TaggedSentence sentence, String head, TagScheme from) {
    TagSequence tags = sentence.tags().get(head);
    if (tags == null || from == TagScheme.IOB2) {
      return sentence;
    }
    Map<String, TagSequence> all = new LinkedHashMap<>(sentence.tags());
    all.put(head, TagSequence.of(from.convert(tags.tags(), TagScheme.IOB2)));
    return sentence.with(all);
  }
}
