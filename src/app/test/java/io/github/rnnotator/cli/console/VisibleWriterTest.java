package io.github.rnnotator.cli.console;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.VisibleText;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.From;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;

/** However text is cut into pieces, a terminal gets the same visible text. */
class VisibleWriterTest {
  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.strings()
        .withChars("ab\r\n\t\u001b\u0085\u202eé한")
        .withChars('\ud83d', '\ude00')
        .ofMaxLength(30);
  }

  @Property
  void piecesOfCharsGiveTheWhole(
      @ForAll @From("texts") String text, @ForAll @IntRange(min = 1, max = 5) int size)
      throws IOException {
    StringWriter out = new StringWriter();
    try (VisibleWriter writer = new VisibleWriter(out)) {
      for (int i = 0; i < text.length(); i += size) {
        writer.write(text, i, Math.min(size, text.length() - i));
      }
    }
    assertThat(out).hasToString(VisibleText.of(text));
  }

  @Property
  void piecesOfBytesGiveTheWhole(
      @ForAll @From("texts") String text, @ForAll @IntRange(min = 1, max = 5) int size)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    try (VisibleStream stream = new VisibleStream(out)) {
      for (int i = 0; i < bytes.length; i += size) {
        stream.write(bytes, i, Math.min(size, bytes.length - i));
      }
    }
    assertThat(out.toString(StandardCharsets.UTF_8))
        .isEqualTo(VisibleText.of(new String(bytes, StandardCharsets.UTF_8)));
  }
}
