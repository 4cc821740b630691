package io.github.rnnotator.eval.align;

import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.UniversalFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/**
 * A metric of the tags of words, with the names and definitions of the CoNLL 2018 shared task.
 *
 * @param name {@code UPOS}, {@code UFeats}, ...
 * @param heads the heads whose tags must be equal; more than one for {@code AllTags}
 * @param measure of the only head
 */
record WordMetric(String name, List<String> heads, Measure measure) {
  private static final String NONE = "_";

  /** Returns a metric for each head, and {@code AllTags} if there are all of its heads. */
  static List<WordMetric> of(Map<String, Measure> heads) {
    List<WordMetric> metrics = new ArrayList<>();
    heads.forEach(
        (head, measure) ->
            metrics.add(new WordMetric(name(head, measure), List.of(head), measure)));
    Optional<String> feats =
        heads.keySet().stream().filter(head -> heads.get(head) == Measure.FEATS).findFirst();
    if (feats.isPresent() && heads.keySet().containsAll(List.of("upos", "xpos"))) {
      metrics.add(
          new WordMetric("AllTags", List.of("upos", "xpos", feats.get()), Measure.ACCURACY));
    }
    return metrics;
  }

  private static String name(String head, Measure measure) {
    return switch (measure) {
      case FEATS -> "UFeats";
      case LEMMA -> "Lemmas";
      case ACCURACY, F1, LABELS -> head.toUpperCase(Locale.ROOT);
    };
  }

  /** Whether it counts mentions, which may hold several words. */
  boolean isOfMentions() {
    return measure == Measure.F1;
  }

  /** Whether a gold word without a tag counts, and any prediction is right. */
  boolean acceptsAll() {
    return measure == Measure.LEMMA;
  }

  /** Returns what must be equal of a word, {@link TagSequence#MISSING} if its tag is missing. */
  String key(TaggedSentence sentence, int i) {
    if (heads.size() > 1) {
      String feats = UniversalFeatures.of(tag(sentence, heads.get(2), i));
      return written(sentence, heads.get(0), i)
          + "\t"
          + written(sentence, heads.get(1), i)
          + "\t"
          + feats;
    }
    String tag = tag(sentence, heads.get(0), i);
    boolean isFeats = measure == Measure.FEATS && !TagSequence.isMissing(tag);
    return isFeats ? UniversalFeatures.of(tag) : tag;
  }

  private static String written(TaggedSentence sentence, String head, int i) {
    String tag = tag(sentence, head, i);
    return TagSequence.isMissing(tag) ? NONE : tag;
  }

  private static String tag(TaggedSentence sentence, String head, int i) {
    return WrittenUnit.tags(sentence, head).tag(i);
  }
}
