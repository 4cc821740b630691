package io.github.rnnotator.train;

import java.util.List;

/**
 * The scores of several runs that differ only in their seeds.
 *
 * @param mean their mean
 * @param standardDeviation of the sample, with divisor n - 1 for n runs; 0 for a single one
 * @param minimum the lowest score
 * @param maximum the highest score
 */
public record SeedSummary(double mean, double standardDeviation, double minimum, double maximum) {
  /**
   * Summarizes these scores.
   *
   * @param scores at least one
   */
  public static SeedSummary of(List<Double> scores) {
    double mean = scores.stream().mapToDouble(v -> v).average().orElseThrow();
    double squares = scores.stream().mapToDouble(v -> (v - mean) * (v - mean)).sum();
    return new SeedSummary(
        mean,
        Math.sqrt(squares / Math.max(1, scores.size() - 1)),
        scores.stream().mapToDouble(v -> v).min().orElseThrow(),
        scores.stream().mapToDouble(v -> v).max().orElseThrow());
  }
}
