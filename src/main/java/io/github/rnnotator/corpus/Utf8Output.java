package io.github.rnnotator.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Writes buffered UTF-8; throws on text that can't be encoded instead of replacing it. */
final class Utf8Output {
  /** Larger buffers, in UTF-16 units, are not kept for the next sentence. */
  private static final int KEPT = 1 << 18;

  private final OutputStream out;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  // Both are backed by arrays, which the encoder handles several times as fast.
  private CharBuffer chars = CharBuffer.allocate(0);
  private ByteBuffer bytes = ByteBuffer.allocate(0);

  Utf8Output(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /** Writes the whole text of a sentence, or nothing. */
  void write(CorpusSentence sentence, CharSequence text) throws IOException {
    if (chars.capacity() < text.length() || chars.capacity() > KEPT) {
      chars = CharBuffer.allocate(Math.max(text.length(), Math.min(2 * text.length(), KEPT)));
      bytes = ByteBuffer.allocate(chars.capacity() * (int) encoder.maxBytesPerChar());
    }
    chars.clear().append(text).flip();
    if (encoder.reset().encode(chars, bytes.clear(), true).isError()) {
      throw refusal(sentence, "has an unpaired surrogate, which UTF-8 can't encode");
    }
    out.write(bytes.array(), 0, bytes.position());
  }

  void flush() throws IOException {
    out.flush();
  }

  /** Creates the exception for a sentence that can't be written. */
  static CorpusException refusal(CorpusSentence sentence, String problem) {
    String source = sentence.source().isEmpty() ? "<output>" : sentence.source();
    return new CorpusException(
        source, sentence.line(), "sentence '" + beginning(sentence) + "' " + problem);
  }

  /** Returns the first forms of a sentence, for messages. */
  static String beginning(CorpusSentence sentence) {
    int shown = Math.min(5, sentence.tagged().size());
    String forms = String.join(" ", sentence.sentence().forms().subList(0, shown));
    return forms.replaceAll("\\s", " ") + (shown < sentence.tagged().size() ? " ..." : "");
  }
}
