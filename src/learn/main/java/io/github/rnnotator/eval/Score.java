package io.github.rnnotator.eval;

/** A figure by which outputs are judged. Immutable. */
public interface Score {
  /** Returns what {@link #value} measures, for reports: {@code accuracy}. */
  String label();

  /** Returns the main figure, a percentage: higher is better. */
  double value();
}
