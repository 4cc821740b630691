package io.github.rnnotator.bench;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Measured values, in the order of the rounds.
 *
 * @param values at least one
 */
record Sample(double[] values) {
  Sample(List<Double> values) {
    this(values.stream().mapToDouble(v -> v).toArray());
  }

  double median() {
    return quantile(0.5);
  }

  double min() {
    return quantile(0);
  }

  double max() {
    return quantile(1);
  }

  /** The quantile, interpolated between two values. */
  double quantile(double share) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    double place = share * (sorted.length - 1);
    int below = (int) place;
    int above = Math.min(below + 1, sorted.length - 1);
    return sorted[below] + (place - below) * (sorted[above] - sorted[below]);
  }

  /** The other sample divided by this one, round by round, which were measured at the same time. */
  Sample ratios(Sample other) {
    return new Sample(
        IntStream.range(0, values.length).mapToDouble(i -> other.values[i] / values[i]).toArray());
  }
}
