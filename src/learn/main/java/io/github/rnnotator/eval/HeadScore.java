package io.github.rnnotator.eval;

/** The score of one head. Immutable. */
public sealed interface HeadScore permits AccuracyScore, ChunkScore {
  /** Returns what {@link #value} measures. */
  Measure measure();

  /** Returns the main score of this head, a percentage: higher is better. */
  double value();

  /** Returns the number of tokens compared. */
  long tokens();

  /** Returns the percentage of tokens whose tag is right. */
  double accuracy();
}
