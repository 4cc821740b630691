package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.junit.jupiter.api.Test;

class KnownLemmasTest {
  @Test
  void aLemmaIsKnownIfAllItsMorphemesAre() {
    KnownLemmas known =
        KnownLemmas.of(
            new LemmaDictionary(
                "", Map.of("walks\t", "walk", "갔다\t", "가+았+다", "사는\t", "사+는", "+\t", "+")));
    assertThat(known.contains("walk")).isTrue();
    assertThat(known.contains("가+는")).isTrue();
    assertThat(known.contains("사+았+다")).isTrue();
    assertThat(known.contains("+")).isTrue();
    assertThat(known.contains("가")).as("a stem alone").isFalse();
    assertThat(known.contains("오+는")).isFalse();
    assertThat(known.contains("wal")).isFalse();
  }
}
