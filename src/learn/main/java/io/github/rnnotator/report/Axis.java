package io.github.rnnotator.report;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.DoubleStream;

/**
 * A linear axis with round ticks.
 *
 * @param low the first tick
 * @param high the last tick
 * @param step the distance of ticks: 1, 2 or 5 times a power of ten
 * @param from the place of {@code low} on the page
 * @param to the place of {@code high}
 */
record Axis(double low, double high, double step, double from, double to) {
  /**
   * Creates an axis that covers these values.
   *
   * @param values at least one
   * @param least the smallest step
   */
  static Axis of(double[] values, double least, double from, double to) {
    double low = DoubleStream.of(values).min().orElseThrow();
    double high = DoubleStream.of(values).max().orElseThrow();
    double step = Math.max(least, rounded((high - low) / 6));
    double first = Math.floor(low / step) * step;
    double last = Math.max(first + step, Math.ceil(high / step) * step);
    return new Axis(first, last, step, from, to);
  }

  /** Rounds up to 1, 2 or 5 times a power of ten; 0 stays. */
  private static double rounded(double value) {
    if (!(value > 0)) {
      return 0;
    }
    double power = Math.pow(10, Math.floor(Math.log10(value)));
    for (int digit : new int[] {1, 2, 5}) {
      if (value <= digit * power) {
        return digit * power;
      }
    }
    return 10 * power;
  }

  /** Returns the values at which it has ticks. */
  List<Double> ticks() {
    List<Double> ticks = new ArrayList<>();
    long count = Math.round((high - low) / step);
    for (long i = 0; i <= count; i++) {
      ticks.add(low + i * step);
    }
    return ticks;
  }

  /** Returns the place of a value on the page. */
  double at(double value) {
    return from + (value - low) / (high - low) * (to - from);
  }
}
