package io.github.rnnotator.io;

import io.github.rnnotator.text.Document;

/**
 * The size of a file's content: a writer needs that of the preceding parts for its numbering.
 * Immutable.
 *
 * @param documents documents begun
 * @param sentences sentences
 * @param tokens tokens
 * @param mentions mentions of all heads together
 * @param units the length of the text in UTF-16 units
 * @param codePoints the length of the text in code points
 */
public record Counts(
    long documents, long sentences, long tokens, long mentions, long units, long codePoints) {
  /** Nothing. */
  public static final Counts ZERO = new Counts(0, 0, 0, 0, 0, 0);

  /** The sum of both. */
  public Counts plus(Counts other) {
    return new Counts(
        documents + other.documents,
        sentences + other.sentences,
        tokens + other.tokens,
        mentions + other.mentions,
        units + other.units,
        codePoints + other.codePoints);
  }

  /**
   * The size that a document adds to a file of text, with the line break after it.
   *
   * @param mentions its mentions in all heads together
   */
  public static Counts ofText(Document document, long mentions) {
    Document located = document.withText();
    String text = located.textInFile();
    return new Counts(
        document.section().begins() ? 1 : 0,
        located.sentences().size(),
        located.tokenCount(),
        mentions,
        text.length(),
        text.codePointCount(0, text.length()));
  }
}
