package io.github.rnnotator.eval.significance;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;

/**
 * Confidence intervals by the percentile bootstrap (Efron and Tibshirani, An Introduction to the
 * Bootstrap, 1993, chapter 13): the test set is resampled, with replacement, many times, and the
 * interval leaves out the same number of scores at either end.
 *
 * <p>What is drawn are units, usually sentences, each a row of counts. The method needs that
 *
 * <ul>
 *   <li>units are independent of each other (sentences nearly are, tokens are not; where documents
 *       repeat themselves, take documents);
 *   <li>the score of a set of units depends on the sums of their counts alone, as accuracy, F1 and
 *       the like do;
 *   <li>there are enough units, at least fifty or so: with fewer, or with a score close to its
 *       limit (no mistake at all), the interval is too short.
 * </ul>
 *
 * <p>The same rows and seed give the same interval on every machine. Immutable, safe to share
 * between threads.
 *
 * @param resamples how often the units are drawn again: 1000
 * @param seed where the random numbers begin
 * @param level the share of samples whose interval is meant to hold the true score: 0.95
 */
public record Bootstrap(int resamples, long seed, double level) {
  /**
   * Checks that there are resamples enough for the level.
   *
   * @throws IllegalArgumentException if no resample would lie outside of the interval
   */
  public Bootstrap {
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level " + level + ", expected between 0 and 1");
    }
    if (resamples < 1 || outside(resamples, level) < 1) {
      throw new IllegalArgumentException(
          resamples
              + " resamples, expected "
              + (long) Math.ceil(2 / (1 - level) - 1 - 1e-9)
              + " or more for level "
              + level);
    }
  }

  /**
   * The interval of a score.
   *
   * @param counts {@code [units x counts]}: rows of one length, at least one row; not modified
   * @param score the score of the sums of the rows drawn, one sum per column; it is passed the same
   *     array each time and must not keep it
   * @throws IllegalArgumentException if rows are missing or differ in length, or a score is NaN
   */
  public Interval interval(long[][] counts, ToDoubleFunction<long[]> score) {
    return interval(ResamplingUnits.of(counts), score);
  }

  /** Returns the interval of a score of these units. */
  public Interval interval(ResamplingUnits units, ToDoubleFunction<long[]> score) {
    return interval(scores(units, score));
  }

  /** Returns the interval that these scores of resamples give, as {@link #scores} returns them. */
  public Interval interval(double[] scores) {
    double[] sorted = scores.clone();
    Arrays.sort(sorted);
    int outside = outside(resamples, level);
    return new Interval(sorted[outside - 1], sorted[resamples - outside], level);
  }

  /**
   * Returns the scores of all resamples, in the order in which they were drawn: their standard
   * deviation estimates the standard error of the score.
   *
   * @throws IllegalArgumentException if units are missing or a score is NaN
   */
  public double[] scores(ResamplingUnits units, ToDoubleFunction<long[]> score) {
    ResamplingUnits.Sampler sampler = units.sampler();
    SplittableRandom random = new SplittableRandom(seed);
    double[] scores = new double[resamples];
    long[] sums = new long[units.width()];
    for (int resample = 0; resample < resamples; resample++) {
      sampler.draw(random, sums);
      scores[resample] = score.applyAsDouble(sums);
      if (Double.isNaN(scores[resample])) {
        throw new IllegalArgumentException("the score of " + Arrays.toString(sums) + " is NaN");
      }
    }
    return scores;
  }

  /**
   * Returns how many of the sorted scores come before or at the lower end: k = (B + 1) (1 -
   * level)/2.
   */
  private static int outside(int resamples, double level) {
    return (int) Math.floor((resamples + 1L) * (1 - level) / 2 + 1e-9);
  }
}
