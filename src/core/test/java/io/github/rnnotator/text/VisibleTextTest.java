package io.github.rnnotator.text;

import static org.assertj.core.api.Assertions.assertThat;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Untrusted text can't control a terminal. */
class VisibleTextTest {
  @Property
  void controlCharactersAreRemoved(@ForAll String text) {
    String visible = VisibleText.of(text);
    assertThat(visible.replace("\r\n", "").replaceAll("[\n\t]", ""))
        .doesNotContainPattern("[\\p{Cc}\\p{Zl}\\p{Zp}\\p{Cs}\u202a-\u202e\u2066-\u2069]");
    assertThat(VisibleText.of(visible)).isEqualTo(visible);
  }

  @Test
  void eachDangerousCharacterIsEscaped() {
    for (int c = 0; c <= 0xffff; c++) {
      boolean dangerous =
          (c < 0x20 && c != '\t' && c != '\n')
              || (c >= 0x7f && c < 0xa0)
              || (c >= 0x2028 && c <= 0x202e)
              || (c >= 0x2066 && c <= 0x2069)
              || (c >= 0xd800 && c <= 0xdfff);
      String text = "a" + (char) c + "b";
      String expected = c == '\r' ? "a" + '\\' + "rb" : "a" + '\\' + "u%04xb".formatted(c);
      assertThat(VisibleText.of(text)).isEqualTo(dangerous ? expected : text);
    }
  }

  @Test
  void linesAndOrdinaryTextAreUnchanged() {
    String text = "größe\t한국어 😀\r\n\u200eשלום\u200f\nעוד";
    assertThat(VisibleText.of(text)).isEqualTo(text);
    assertThat(VisibleText.of("50 %\rhidden")).isEqualTo("50 %\\rhidden");
  }
}
