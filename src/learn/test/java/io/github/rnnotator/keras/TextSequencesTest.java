package io.github.rnnotator.keras;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TextSequencesTest {
  @Test
  void wordsAreNumberedByFrequency() {
    TextSequences words = TextSequences.fit(List.of("b a, B!", "a c b"), 4);
    assertThat(words.size()).isEqualTo(4);
    assertThat(words.sequences(List.of("A b c", "?", "d\tb")))
        .isDeepEqualTo(new int[][] {{3, 2, 1}, {1}, {1, 2}});
  }

  @Property(tries = 200)
  void everyTextHasIdsBelowTheSize(@ForAll List<String> texts, @ForAll String other) {
    TextSequences words = TextSequences.fit(texts, 10);
    assertThat(words.size()).isBetween(2, 10);
    for (int id : words.sequences(List.of(other))[0]) {
      assertThat(id).isBetween(1, words.size() - 1);
    }
    for (int[] ids : words.sequences(texts)) {
      assertThat(ids).isNotEmpty();
    }
  }

  @Test
  void refusesFewerIdsThanTwo() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> TextSequences.fit(List.of("a"), 1))
        .withMessageContaining("1 ids, expected at least 2");
  }
}
