package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;

/**
 * Adds a text to passages, for formats that need one. Each sentence read from a file of tokens gets
 * its own line, with spaces between words where the file has them.
 */
final class WithOffsets {
  private WithOffsets() {}

  /** The size that a passage adds to a file, with the line break after its document. */
  static Counts count(Document passage, long mentions) {
    Document located = passage.withText();
    String text = text(located);
    long tokens = located.sentences().stream().mapToLong(s -> s.size()).sum();
    return new Counts(
        passage.section().begins() ? 1 : 0,
        located.sentences().size(),
        tokens,
        mentions,
        text.length(),
        text.codePointCount(0, text.length()));
  }

  /** The text as written to a file that may contain other documents. */
  static String text(Document located) {
    return located.section().ends() ? located.text() + "\n" : located.text();
  }

  /** Replaces unpaired surrogates by the replacement character. */
  static String encodable(String text) {
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
   * Checks that the words of a sentence can be encoded.
   *
   * @throws CorpusException if one contains an unpaired surrogate
   */
  static void checkWords(TaggedSentence sentence) throws CorpusException {
    for (Token token : sentence.sentence().tokens()) {
      if (!encodable(token.form()).equals(token.form())) {
        throw Utf8Output.refusal(sentence, "has an unpaired surrogate, which UTF-8 can't encode");
      }
    }
  }
}
