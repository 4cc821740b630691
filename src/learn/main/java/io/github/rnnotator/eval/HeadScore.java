package io.github.rnnotator.eval;

/** The score of one head. Immutable. */
public sealed interface HeadScore permits AccuracyScore, ChunkScore {
  /** What {@link #value} measures. */
  Measure measure();

  /** The main score of this head, a percentage: higher is better. */
  double value();

  /** The number of tokens compared. */
  long tokens();

  /** The percentage of tokens whose tag is right. */
  double accuracy();
}
