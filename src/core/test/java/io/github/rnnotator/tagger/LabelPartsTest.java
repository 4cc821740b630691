package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.tagger.HeadConfig.Kind;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelPartsTest {
  private static List<String> parts(Kind kind, String label) {
    LabelParts parts = LabelParts.of(kind, List.of(label));
    return Arrays.stream(parts.ofLabels()[0]).mapToObj(parts.names()::get).toList();
  }

  @Test
  void featuresAreSplitIntoValues() {
    LabelParts values = LabelParts.of(Kind.FEATS, List.of("_", "A=1|B=2", "B=2", "odd"));
    assertThat(values.names()).containsExactly("A=1", "B=2", "odd");
    assertThat(values.ofLabels()).isDeepEqualTo(new int[][] {{}, {0, 1}, {1}, {2}});
    assertThat(LabelParts.of(Kind.FEATS, List.of("_")).count()).isEqualTo(1);
  }

  @Test
  void tagsAreSplitIntoMorphemesAndTheirOrderAndNumber() {
    assertThat(parts(Kind.SOFTMAX, "NNG+JX"))
        .containsExactly("NNG", "JX", "\tNNG", "NNG\tJX", "JX\t", "#2");
    assertThat(parts(Kind.SOFTMAX, "NOUN")).containsExactly("NOUN", "\tNOUN", "NOUN\t", "#1");
    // Each part counts once.
    assertThat(parts(Kind.SOFTMAX, "A+A+A")).containsExactly("A", "\tA", "A\tA", "A\t", "#3");
    assertThat(parts(Kind.SOFTMAX, "+")).isNotEmpty();
  }

  @Test
  void scriptsAreSplitIntoOperations() {
    assertThat(parts(Kind.LEMMA, "l0;;-+y"))
        .containsExactly("l0", ";", "-", "+y", "\tl0", "l0\t;", ";\t-", "-\t+y", "+y\t");
    // A semicolon and a syllable are arguments here.
    assertThat(parts(Kind.LEMMA, "k;+;>;^읍")).contains("+;", ">", "^읍", ">\t;");
    assertThat(parts(Kind.LEMMA, "=be")).isEqualTo(parts(Kind.LEMMA, "=have"));
  }

  @Test
  void laterLabelsDoNotChangeTheNumbersOfParts() {
    List<String> labels = List.of("NNG", "NNG+JX", "VV+EF", "NNG+VV+EF");
    LabelParts all = LabelParts.of(Kind.SOFTMAX, labels);
    for (int i = 1; i < labels.size(); i++) {
      LabelParts first = LabelParts.of(Kind.SOFTMAX, labels.subList(0, i));
      assertThat(all.names()).startsWith(first.names().toArray(new String[0]));
      assertThat(Arrays.copyOf(all.ofLabels(), i)).isDeepEqualTo(first.ofLabels());
    }
  }
}
