package io.github.rnnotator.train;

import java.util.List;

/**
 * The scores of several runs that differ in their seeds alone.
 *
 * @param mean their mean
 * @param standardDeviation of the sample: the squares are divided by one less than there are runs;
 *     0 for a single one
 * @param minimum the least
 * @param maximum the greatest
 */
public record SeedSummary(double mean, double standardDeviation, double minimum, double maximum) {
  /**
   * The summary of these scores.
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
