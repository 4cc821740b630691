package io.github.rnnotator.eval.calibration;

import java.util.ArrayList;
import java.util.List;

/**
 * How well probabilities match accuracy: of the tags given with a probability of 0.8, eight in ten
 * should be right. Pairs are sorted into bins of equal width by their probability, and in each bin
 * the mean probability (the confidence) is compared with the share that is right (the accuracy), as
 * in a reliability plot (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks,
 * ICML 2017, section 2).
 *
 * <p>It needs many pairs: the gap of a bin with few of them is mostly chance, and chance alone
 * makes the expected calibration error greater than 0. Errors that are made with different bins
 * can't be compared.
 *
 * <p>Memory does not grow with the pairs. Not thread-safe.
 */
public final class Calibration {
  /** As many bins as Guo et al. use. */
  public static final int BINS = 15;

  private final long[] counts;
  private final long[] correct;
  private final double[] confidence;

  /**
   * One bin: the pairs with a probability above {@code low} and up to {@code high}; 0 is in the
   * first.
   *
   * @param low its lower end
   * @param high its upper end
   * @param count how many pairs it holds
   * @param confidence the mean of their probabilities, 0..1; NaN where it holds none
   * @param accuracy the share of them that is right, 0..1; NaN where it holds none
   */
  public record Bin(double low, double high, long count, double confidence, double accuracy) {}

  /** Creates as many bins as in the paper. */
  public Calibration() {
    this(BINS);
  }

  /**
   * Creates bins of equal width.
   *
   * @param bins how many, at least 1
   */
  public Calibration(int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException(bins + " bins, expected 1 or more");
    }
    counts = new long[bins];
    correct = new long[bins];
    confidence = new double[bins];
  }

  /**
   * Adds one prediction.
   *
   * @param probability the probability that was given to it, 0..1
   * @param isCorrect whether it is right
   */
  public void add(double probability, boolean isCorrect) {
    add(probability, 1, isCorrect ? 1 : 0);
  }

  /** Adds {@code all} predictions of one probability, of which {@code right} are right. */
  void add(double probability, long all, long right) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + ", expected 0..1");
    }
    int bin = Math.max(0, (int) Math.ceil(probability * counts.length) - 1);
    counts[bin] += all;
    confidence[bin] += probability * all;
    correct[bin] += right;
  }

  /** Adds the pairs of another one with as many bins. */
  void addAll(Calibration other) {
    for (int i = 0; i < counts.length; i++) {
      counts[i] += other.counts[i];
      confidence[i] += other.confidence[i];
      correct[i] += other.correct[i];
    }
  }

  /** Returns the number of pairs. */
  public long count() {
    return sum(counts);
  }

  /** Returns the mean probability, 0..1; NaN without pairs. */
  public double confidence() {
    double sum = 0;
    for (double part : confidence) {
      sum += part;
    }
    return sum / count();
  }

  /** Returns the share that is right, 0..1; NaN without pairs. */
  public double accuracy() {
    return (double) sum(correct) / count();
  }

  /** Returns all bins, also empty ones, from 0 to 1. */
  public List<Bin> bins() {
    List<Bin> bins = new ArrayList<>();
    for (int i = 0; i < counts.length; i++) {
      bins.add(
          new Bin(
              (double) i / counts.length,
              (double) (i + 1) / counts.length,
              counts[i],
              confidence[i] / counts[i],
              (double) correct[i] / counts[i]));
    }
    return bins;
  }

  /**
   * ECE: the mean distance of accuracy and confidence over the bins, each weighted by its pairs
   * (Guo et al., equation 3), 0..1. NaN without pairs.
   */
  public double expectedCalibrationError() {
    double distance = 0;
    for (int i = 0; i < counts.length; i++) {
      distance += Math.abs(correct[i] - confidence[i]);
    }
    return distance / count();
  }

  private static long sum(long[] parts) {
    long sum = 0;
    for (long part : parts) {
      sum += part;
    }
    return sum;
  }
}
