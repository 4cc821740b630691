package io.github.rnnotator.eval.significance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * The approximate randomisation test of two systems on the same units (Noreen, Computer-Intensive
 * Methods for Testing Hypotheses, 1989; Yeh, More accurate tests for the statistical significance
 * of result differences, COLING 2000). If it made no difference which system a sentence's output
 * came from, then swapping the outputs of half of the sentences, chosen at random, would change
 * nothing: the p-value is the share of such swaps whose difference of scores is at least as great
 * as the true one, in either direction.
 *
 * <p>It needs units that are independent of each other (sentences, not tokens), and assumes nothing
 * about the distribution of the scores. One seed gives one p-value on every machine. Immutable,
 * safe to share between threads.
 *
 * @param samples how many swaps are tried: 10,000 give p-values to about 0.005 around 0.05
 * @param seed where the random numbers begin
 */
public record Randomization(int samples, long seed) {
  /** Differences closer than this are the same: they differ by rounding only. */
  public static final double TIE = 1e-9;

  /** Checks that there is a sample. */
  public Randomization {
    if (samples < 1) {
      throw new IllegalArgumentException(samples + " samples, expected 1 or more");
    }
  }

  /**
   * The two-sided p-value: {@code (1 + r) / (1 + samples)} where r swaps give a difference at least
   * as great. 1 where the systems do not differ.
   *
   * @param pairs rows with the counts of one system and then, as many, those of the other
   * @param score the score of one system for the sums of its counts; it is passed the same array
   *     each time and must not keep it
   */
  public double pValue(ResamplingUnits pairs, ToDoubleFunction<long[]> score) {
    int half = pairs.width() / 2;
    if (pairs.width() != 2 * half || pairs.size() == 0) {
      throw new IllegalArgumentException(
          pairs.size() + " units of " + pairs.width() + " counts, expected pairs");
    }
    // A unit whose two halves are equal changes nothing when they are swapped.
    List<long[]> gaps = new ArrayList<>();
    List<Long> times = new ArrayList<>();
    pairs.forEach(
        (row, count) -> {
          long[] gap = new long[half];
          boolean differs = false;
          for (int i = 0; i < half; i++) {
            gap[i] = row[half + i] - row[i];
            differs |= gap[i] != 0;
          }
          if (differs) {
            gaps.add(gap);
            times.add(count);
          }
        });
    long[] sums = pairs.sums();
    double observed = Math.abs(difference(sums, new long[half], score));
    SplittableRandom random = new SplittableRandom(seed);
    long[] moved = new long[half];
    int asGreat = 0;
    for (int sample = 0; sample < samples; sample++) {
      Arrays.fill(moved, 0);
      for (int i = 0; i < gaps.size(); i++) {
        long swapped = heads(times.get(i), random);
        long[] gap = gaps.get(i);
        for (int column = 0; column < half; column++) {
          moved[column] += swapped * gap[column];
        }
      }
      if (Math.abs(difference(sums, moved, score)) >= observed - TIE) {
        asGreat++;
      }
    }
    return (1.0 + asGreat) / (1.0 + samples);
  }

  /**
   * Returns the second system's score minus the first's, after moving counts from the second to the
   * first.
   */
  private static double difference(long[] sums, long[] moved, ToDoubleFunction<long[]> score) {
    int half = moved.length;
    long[] counts = new long[half];
    for (int i = 0; i < half; i++) {
      counts[i] = sums[i] + moved[i];
    }
    double first = score.applyAsDouble(counts);
    for (int i = 0; i < half; i++) {
      counts[i] = sums[half + i] - moved[i];
    }
    return score.applyAsDouble(counts) - first;
  }

  /** Returns how many of {@code coins} fair coins show heads. */
  static long heads(long coins, SplittableRandom random) {
    long heads = 0;
    long left = coins;
    for (; left >= Long.SIZE; left -= Long.SIZE) {
      heads += Long.bitCount(random.nextLong());
    }
    return left == 0 ? heads : heads + Long.bitCount(random.nextLong() >>> (Long.SIZE - left));
  }
}
