package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Adds a text to passages, for formats that need one. Each sentence read from a file of tokens gets
 * its own line, with spaces between words where the file has them.
 */
final class WithOffsets {
  private WithOffsets() {}

  /** Returns the passage, with a text added if it has none. */
  static Passage of(Passage passage) {
    if (!passage.text().isEmpty() || passage.sentences().isEmpty()) {
      return passage;
    }
    StringBuilder text = new StringBuilder();
    List<CorpusSentence> sentences = new ArrayList<>();
    for (CorpusSentence sentence : passage.sentences()) {
      List<Token> tokens = new ArrayList<>();
      int end = -1;
      for (Token token : sentence.sentence().tokens()) {
        // The words of a multiword token share its offsets; separate them.
        boolean touches = token.begin() == end;
        text.append(tokens.isEmpty() || touches ? "" : " ");
        tokens.add(new Token(token.form(), text.length(), text.length() + token.form().length()));
        text.append(token.form());
        end = token.end();
      }
      text.append('\n');
      sentences.add(
          sentence.with(new TaggedSentence(new Sentence(tokens), sentence.tagged().tags())));
    }
    return new Passage(
        passage.document(),
        passage.begins(),
        passage.ends(),
        passage.continues(),
        passage.source(),
        passage.line(),
        0,
        0,
        text.toString(),
        sentences);
  }

  /** The size that a passage adds to a file, with the line break after its document. */
  static Counts count(Passage passage, long mentions) {
    Passage located = of(passage);
    String text = text(located);
    long tokens = located.sentences().stream().mapToLong(s -> s.tagged().size()).sum();
    return new Counts(
        passage.begins() ? 1 : 0,
        located.sentences().size(),
        tokens,
        mentions,
        text.length(),
        text.codePointCount(0, text.length()));
  }

  /** The text as written to a file that may contain other documents. */
  static String text(Passage located) {
    return located.ends() ? located.text() + "\n" : located.text();
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
  static void checkWords(CorpusSentence sentence) throws CorpusException {
    for (Token token : sentence.sentence().tokens()) {
      if (!encodable(token.form()).equals(token.form())) {
        throw Utf8Output.refusal(sentence, "has an unpaired surrogate, which UTF-8 can't encode");
      }
    }
  }
}
