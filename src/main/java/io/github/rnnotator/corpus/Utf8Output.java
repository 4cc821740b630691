package io.github.rnnotator.corpus;

import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Buffered UTF-8 that refuses what it can't encode instead of replacing it. */
final class Utf8Output {
  private final OutputStream out;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  Utf8Output(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /** Writes the whole text of a sentence, or nothing of it. */
  void write(CorpusSentence sentence, CharSequence text) throws IOException {
    ByteBuffer bytes;
    try {
      // An array, for which the encoder has a loop several times as fast.
      bytes = encoder.encode(CharBuffer.wrap(text.toString().toCharArray()));
    } catch (CharacterCodingException e) {
      throw refusal(sentence, "holds half a surrogate pair, which UTF-8 can't hold");
    }
    out.write(bytes.array(), bytes.arrayOffset(), bytes.remaining());
  }

  void flush() throws IOException {
    out.flush();
  }

  /** A sentence that can't be written. */
  static CorpusException refusal(CorpusSentence sentence, String problem) {
    String source = sentence.source().isEmpty() ? "<output>" : sentence.source();
    return new CorpusException(
        source, sentence.line(), "sentence '" + beginning(sentence) + "' " + problem);
  }

  /** Its first forms, for messages. */
  static String beginning(CorpusSentence sentence) {
    int shown = Math.min(5, sentence.tagged().size());
    String forms = String.join(" ", sentence.sentence().forms().subList(0, shown));
    return forms.replaceAll("\\s", " ") + (shown < sentence.tagged().size() ? " ..." : "");
  }
}
