package io.github.rnnotator.eval;

import java.util.Map;

/** A figure by which outputs are judged. Immutable. */
public interface Score {
  /** Returns what {@link #value} measures, for reports: {@code accuracy}. */
  String label();

  /** Returns the main figure, a percentage if nothing else is said. */
  double value();

  /** Returns the figure by which results are compared: higher is better. */
  default double rank() {
    return value();
  }

  /**
   * Returns the figures of which the main one is the mean, by the name of the corpus; empty if the
   * main one is of a single corpus.
   */
  default Map<String, Double> bySource() {
    return Map.of();
  }
}
