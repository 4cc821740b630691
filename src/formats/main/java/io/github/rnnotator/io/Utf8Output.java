package io.github.rnnotator.io;

import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;

/** Writes buffered UTF-8; throws on text that can't be encoded instead of replacing it. */
public final class Utf8Output {
  /** A longer text is encoded in parts of so many UTF-16 units. */
  private static final int PART = 1 << 13;

  private final OutputStream out;
  private final CharsetEncoder encoder =
      StandardCharsets.UTF_8
          .newEncoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);

  // Both have arrays, for which the encoder has a loop several times as fast.
  private final CharBuffer chars = CharBuffer.allocate(PART);
  private final ByteBuffer bytes = ByteBuffer.allocate(PART * (int) encoder.maxBytesPerChar());

  /** Buffers a stream, which stays open. */
  public Utf8Output(OutputStream out) {
    this.out = new BufferedOutputStream(out, 1 << 16);
  }

  /** Writes the whole text of a sentence, or nothing. */
  public void write(TaggedSentence sentence, CharSequence text) throws IOException {
    if (text.length() > PART && !isPaired(text)) {
      throw unpairedSurrogate(sentence);
    }
    int begin = 0;
    while (begin < text.length()) {
      int end = Math.min(begin + PART, text.length());
      if (end < text.length() && Character.isHighSurrogate(text.charAt(end - 1))) {
        end--;
      }
      chars.clear().append(text, begin, end).flip();
      if (encoder.reset().encode(chars, bytes.clear(), true).isError()) {
        throw unpairedSurrogate(sentence);
      }
      out.write(bytes.array(), 0, bytes.position());
      begin = end;
    }
  }

  /**
   * Whether every surrogate is one of a pair: asked before the first of several parts is written.
   */
  private static boolean isPaired(CharSequence text) {
    for (int i = 0; i < text.length(); i++) {
      if (Character.isSurrogate(text.charAt(i))) {
        if (i + 1 == text.length()
            || !Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
          return false;
        }
        i++;
      }
    }
    return true;
  }

  private static CorpusException unpairedSurrogate(TaggedSentence sentence) {
    return refusal(sentence, "has an unpaired surrogate, which UTF-8 can't encode");
  }

  /** Writes what is buffered. */
  public void flush() throws IOException {
    out.flush();
  }

  /** Creates the exception for a sentence that can't be written. */
  public static CorpusException refusal(TaggedSentence sentence, String problem) {
    String source = sentence.origin().file().isEmpty() ? "<output>" : sentence.origin().file();
    return new CorpusException(
        source, sentence.origin().line(), "sentence '" + beginning(sentence) + "' " + problem);
  }

  /** Returns the first forms of a sentence, for messages. */
  public static String beginning(TaggedSentence sentence) {
    int shown = Math.min(5, sentence.size());
    String forms = String.join(" ", sentence.sentence().forms().subList(0, shown));
    return forms.replaceAll("\\s", " ") + (shown < sentence.size() ? " ..." : "");
  }

  /** Replaces unpaired surrogates by the replacement character. */
  public static String encodable(String text) {
    StringBuilder whole = null;
    for (int i = 0; i < text.length(); i++) {
      if (!Character.isSurrogate(text.charAt(i))) {
        continue;
      }
      if (i + 1 < text.length() && Character.isSurrogatePair(text.charAt(i), text.charAt(i + 1))) {
        i++;
      } else {
        whole = whole == null ? new StringBuilder(text) : whole;
        whole.setCharAt(i, '\ufffd');
      }
    }
    return whole == null ? text : whole.toString();
  }

  /**
   * Checks that the words and multiword tokens of a sentence can be encoded.
   *
   * @throws CorpusException if one contains an unpaired surrogate
   */
  public static void checkWords(TaggedSentence sentence) throws CorpusException {
    for (Token token : sentence.sentence().tokens()) {
      checkForm(sentence, token.form());
    }
    for (MultiwordToken multiword : sentence.sentence().multiwordTokens()) {
      checkForm(sentence, multiword.form());
    }
  }

  private static void checkForm(TaggedSentence sentence, String form) throws CorpusException {
    if (!encodable(form).equals(form)) {
      throw refusal(sentence, "has an unpaired surrogate, which UTF-8 can't encode");
    }
  }
}
