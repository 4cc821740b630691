package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Untrusted text can neither break a message's line nor fill a terminal. */
class OneLineTest {
  @Property
  void anyTextBecomesOneShortLine(@ForAll String text) {
    String line = OneLine.of(text);
    assertThat(line.lines().count()).isEqualTo(line.isEmpty() ? 0 : 1);
    assertThat(line.codePoints().anyMatch(Character::isISOControl)).isFalse();
    assertThat(line.length()).isLessThanOrEqualTo(2000);
    assertThat(OneLine.of(line)).isEqualTo(line);
  }

  @Test
  void ordinaryTextIsUnchanged() {
    assertThat(OneLine.of("größe 한국어 😀 'a\u00a0b'")).isEqualTo("größe 한국어 😀 'a\u00a0b'");
  }

  @Test
  void controlCharactersLineBreaksOverridesAndUnpairedSurrogatesAreEscaped() {
    assertThat(OneLine.of("a\u001b[2Jb\r\nc\td\u0085e\u2028f\u202eg\ud800h"))
        .isEqualTo(
            String.join(
                "\\", "a", "u001b[2Jb", "r", "nc", "td", "u0085e", "u2028f", "u202eg", "ud800h"));
  }

  @Test
  void longTextKeepsItsBeginningAndEnd() {
    String line = OneLine.of("begin" + "x".repeat(100_000) + "end");
    assertThat(OneLine.of("\u0007".repeat(1900))).hasSizeLessThan(2000).endsWith("\\u0007");
    assertThat(line).startsWith("begin").contains(" ... ").endsWith("end").hasSizeLessThan(2000);
  }
}
