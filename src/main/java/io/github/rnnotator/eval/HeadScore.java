package io.github.rnnotator.eval;

/** The score of one head. Immutable. */
public sealed interface HeadScore permits AccuracyScore, ChunkScore {
  /** What {@link #value} is. */
  Measure measure();

  /** The one number by which this head is judged, a percentage: higher is better. */
  double value();

  /** The number of tokens compared. */
  long tokens();

  /** The percentage of tokens whose tag is right. */
  double accuracy();
}
