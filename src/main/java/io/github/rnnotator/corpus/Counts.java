package io.github.rnnotator.corpus;

/**
 * How much a file holds: what a writer must know of all that comes before, to number what it
 * writes. Immutable.
 *
 * @param documents documents that began
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

  /** Both together. */
  public Counts plus(Counts other) {
    return new Counts(
        documents + other.documents,
        sentences + other.sentences,
        tokens + other.tokens,
        mentions + other.mentions,
        units + other.units,
        codePoints + other.codePoints);
  }
}
