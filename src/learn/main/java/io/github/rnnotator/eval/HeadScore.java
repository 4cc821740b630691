package io.github.rnnotator.eval;

/** The score of one head. Immutable. */
public sealed interface HeadScore extends Score permits AccuracyScore, ChunkScore {
  /** Returns what {@link #value} measures. */
  Measure measure();

  @Override
  default String label() {
    return measure().label();
  }

  /** Returns the number of tokens compared. */
  long tokens();

  /** Returns the percentage of tokens whose tag is right. */
  double accuracy();
}
