package io.github.rnnotator.bench.measure;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measured values, in the order of the rounds.
 *
 * @param values at least one
 */
public record Sample(double[] values) {
  public Sample(List<Double> values) {
    this(values.stream().mapToDouble(v -> v).toArray());
  }

  public double median() {
    return quantile(0.5);
  }

  public double min() {
    return quantile(0);
  }

  public double max() {
    return quantile(1);
  }

  /** The quantile, interpolated between two values. */
  public double quantile(double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The other sample divided by this one, round by round, which were measured at the same time. */
  public Sample ratios(Sample other) {
    return new Sample(
        IntStream.range(0, values.length).mapToDouble(i -> other.values[i] / values[i]).toArray());
  }
}
