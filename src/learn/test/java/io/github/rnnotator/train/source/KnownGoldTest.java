package io.github.rnnotator.train.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;

class KnownGoldTest {
  private static TaggedSentence sentence(String... ner) {
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    tags.put("ner", TagSequence.of(ner));
    tags.put("pos", TagSequence.of("O", "O", "O", "O", "O"));
    return new TaggedSentence(Sentence.of("a", "b", "c", "d", "e"), tags);
  }

  private static List<String> known(TaggedSentence gold, TaggedSentence found, Set<String> types) {
    Group.Source source = new Group.Source("x", 1, types);
    TaggedSentence known = KnownGold.of(gold, found, source, Set.of("ner"));
    assertThat(known.tags("pos")).isEqualTo(gold.tags("pos"));
    return known.tags("ner").tags();
  }

  @Test
  void onlyPredictedTypesThatAreNotAnnotatedMakeOutsideUnknown() {
    TaggedSentence gold = sentence("B-PER", "O", "O", "O", "");
    TaggedSentence found = sentence("B-LOC", "B-LOC", "I-LOC", "B-PER", "B-LOC");
    assertThat(known(gold, found, Set.of("PER"))).containsExactly("B-PER", "", "", "O", "");
    assertThat(known(gold, found, Set.of("PER", "LOC")))
        .containsExactly("B-PER", "O", "O", "O", "");
  }

  @Test
  void sourceThatAnnotatesAllKeepsItsGold() {
    TaggedSentence gold = sentence("B-PER", "O", "O", "O", "");
    Group.Source all = new Group.Source("x", 1, null);
    assertThat(KnownGold.of(gold, sentence("O", "B-X", "O", "O", "O"), all, Set.of("ner")))
        .isSameAs(gold);
  }
}
