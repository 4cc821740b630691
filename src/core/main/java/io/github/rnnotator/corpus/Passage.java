package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Token;
import java.util.List;

/**
 * A document, or a section of a long one: its text, its sentences, or both. A document's passages
 * are contiguous and complete. Passages are the unit of reading, tagging and writing; the groups of
 * sentences that some models read together lie within one. Immutable.
 *
 * @param document the document's name, or its line number; empty if the file is the document
 * @param begins whether this is the document's first passage
 * @param ends whether this is the last passage of a document in a file with others
 * @param continues whether another passage of the same document follows
 * @param source the file's name
 * @param line the line of its begin, from 1
 * @param unit its offset in the document, in UTF-16 units
 * @param codePoint its offset in the document, in code points
 * @param text the text; empty if the sentences were read from a file of tokens
 * @param sentences the sentences with offsets in {@code text}; empty before sentence splitting
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

  /** Creates a whole document that is not part of a file. */
  public static Passage of(String text, List<CorpusSentence> sentences) {
    return document("", false, "", text, sentences);
  }

  /**
   * Creates a whole document.
   *
   * @param name its name; empty where the file is the document
   * @param shares whether its file has other documents
   * @param source the file's name
   */
  public static Passage document(
      String name, boolean shares, String source, String text, List<CorpusSentence> sentences) {
    return new Passage(name, true, shares, false, source, 1, 0, 0, text, sentences);
  }

  /**
   * Creates a passage of sentences read from a file of tokens.
   *
   * @param name the document's name; empty where the file is the document
   * @param begins whether the document begins with them
   */
  public static Passage ofSentences(
      String name, boolean begins, String source, List<CorpusSentence> sentences) {
    int line = sentences.isEmpty() ? 1 : sentences.get(0).line();
    return new Passage(name, begins, false, false, source, line, 0, 0, "", sentences);
  }

  /** Returns the passage with a document name, in a file with other documents. */
  public Passage shared(String name) {
    return new Passage(
        name, begins, !continues, continues, source, line, unit, codePoint, text, sentences);
  }

  /** Returns the passage with these sentences. */
  public Passage with(List<CorpusSentence> found) {
    return new Passage(
        document, begins, ends, continues, source, line, unit, codePoint, text, found);
  }

  /**
   * Whether the text has no white space between the last token of a sentence and the next sentence.
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
