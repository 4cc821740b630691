package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.text.TagScheme;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** The scheme of a file does not change its score. */
class ConllTagsTest {
  @Property(tries = 300)
  void everySchemeGivesTheSameChunks(
      @ForAll("legal") List<String> gold, @ForAll("legal") List<String> predicted) {
    int size = Math.min(gold.size(), predicted.size());
    List<String> left = TagScheme.IOB2.convert(gold.subList(0, size), TagScheme.IOB2);
    List<String> right = TagScheme.IOB2.convert(predicted.subList(0, size), TagScheme.IOB2);
    long[] expected = Measure.F1.counts(left, right);
    for (TagScheme of : List.of(TagScheme.IOB1, TagScheme.IOBES, TagScheme.BILOU)) {
      for (TagScheme other : List.of(TagScheme.IOB2, TagScheme.IOBES, TagScheme.BILOU)) {
        assertThat(
                Measure.F1.counts(
                    TagScheme.IOB2.convert(left, of), TagScheme.IOB2.convert(right, other)))
            .isEqualTo(expected);
      }
    }
  }

  @Provide
  Arbitrary<List<String>> legal() {
    return Arbitraries.of("O", "B-PER", "I-PER", "B-LOC", "I-LOC", "B", "I").list().ofMaxSize(12);
  }

  @Test
  void tagsShowWhatTheyAreJudgedBy() {
    assertThat(Measure.of(List.of(List.of("O", "B-PER", "I-PER"), List.of("S-a-b"))))
        .isEqualTo(Measure.F1);
    assertThat(Measure.of(List.of(List.of("O", "U-PER", "L-PER")))).isEqualTo(Measure.F1);
    assertThat(Measure.of(List.of(List.of("O"), List.of("NOUN")))).isEqualTo(Measure.ACCURACY);
    assertThat(Measure.of(List.of(List.of("B-")))).isEqualTo(Measure.ACCURACY);
  }

  @Test
  void aMixOfTwoSchemesIsRefused() {
    assertThatThrownBy(() -> Measure.F1.check(List.of("S-PER", "U-PER")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("'S-PER' is not a tag of BILOU");
    Measure.F1.check(List.of("X-PER", "B-PER"));
    Measure.ACCURACY.check(List.of("S-PER", "U-PER"));
  }
}
