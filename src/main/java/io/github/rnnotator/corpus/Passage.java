package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Token;
import java.util.List;

/**
 * A document, or a stretch of a long one: its text, its sentences, or both. A document's passages
 * come one after the other and leave nothing out. What is read, tagged and written at a time is
 * passages; the groups of sentences that some models read together lie within one. Immutable.
 *
 * @param document the document's name, or the number of its line; empty where the file is the
 *     document
 * @param begins whether this is the document's first passage
 * @param ends whether this is the last passage of a document that shares its file with others
 * @param continues whether another passage of the same document follows
 * @param source the file's name
 * @param line the line it begins in, from 1
 * @param unit where it begins in its document, in UTF-16 units
 * @param codePoint where it begins in its document, in code points
 * @param text the text; empty where the sentences were read from a file of tokens
 * @param sentences the sentences with offsets in {@code text}; none before they are found
 */
public record Passage(
    String document,
    boolean begins,
    boolean ends,
    boolean continues,
    String source,
    int line,
    long unit,
    long codePoint,
    String text,
    List<CorpusSentence> sentences) {
  /** Copies the list. */
  public Passage {
    sentences = List.copyOf(sentences);
  }

  /** A whole document that is not part of a file. */
  public static Passage of(String text, List<CorpusSentence> sentences) {
    return document("", false, "", text, sentences);
  }

  /**
   * A whole document.
   *
   * @param name its name; empty where the file is the document
   * @param shares whether it shares its file with others
   * @param source the file's name
   */
  public static Passage document(
      String name, boolean shares, String source, String text, List<CorpusSentence> sentences) {
    return new Passage(name, true, shares, false, source, 1, 0, 0, text, sentences);
  }

  /**
   * Sentences of a document that were read from a file of tokens.
   *
   * @param name the document's name; empty where the file is the document
   * @param begins whether the document begins with them
   */
  public static Passage ofSentences(
      String name, boolean begins, String source, List<CorpusSentence> sentences) {
    int line = sentences.isEmpty() ? 1 : sentences.get(0).line();
    return new Passage(name, begins, false, false, source, line, 0, 0, "", sentences);
  }

  /** The same passage as one of a document of this name, which shares its file with others. */
  public Passage shared(String name) {
    return new Passage(
        name, begins, !continues, continues, source, line, unit, codePoint, text, sentences);
  }

  /** The same passage with these sentences. */
  public Passage with(List<CorpusSentence> found) {
    return new Passage(
        document, begins, ends, continues, source, line, unit, codePoint, text, found);
  }

  /**
   * Whether the text has no blank between the last token of a sentence and the first of the next.
   *
   * @param sentence the sentence's number, from 0
   */
  boolean touchesNextSentence(int sentence) {
    if (text.isEmpty()) {
      return false;
    }
    List<Token> tokens = sentences.get(sentence).sentence().tokens();
    int end = tokens.get(tokens.size() - 1).end();
    return sentence + 1 < sentences.size()
        ? end == sentences.get(sentence + 1).sentence().tokens().get(0).begin()
        : continues && end == text.length();
  }
}
