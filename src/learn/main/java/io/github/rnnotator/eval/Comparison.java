package io.github.rnnotator.eval;

import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.eval.significance.Randomization;

/**
 * Two systems compared by one score on the same sentences. Immutable; scores and their difference
 * are percentages.
 *
 * @param measure what is compared
 * @param a the score of the first system
 * @param b the score of the second
 * @param interval the paired bootstrap's interval of {@code b - a}
 * @param bootstrapP the two-sided p-value of the paired bootstrap (see {@link SystemComparison})
 * @param randomizationP the two-sided p-value of {@link Randomization}
 * @param sentences the number of sentences
 * @param differing how many of them the systems tag differently
 * @param standardError the standard deviation of {@code b - a} over the bootstrap's resamples
 */
public record Comparison(
    Measure measure,
    double a,
    double b,
    Interval interval,
    double bootstrapP,
    double randomizationP,
    int sentences,
    int differing,
    double standardError) {
  /** By how much the second system is better: {@code b - a}, in points. */
  public double difference() {
    return b - a;
  }

  /**
   * Returns the effect size: the difference in standard deviations of one sentence, {@code (b - a)
   * / (standardError sqrt(sentences))}, which is Cohen's d for paired samples where the score is a
   * mean over sentences of one length. Unlike a p-value it does not grow with the number of
   * sentences. 0 where the scores do not differ, infinite where they differ by as much in every
   * resample.
   */
  public double effect() {
    return difference() == 0 ? 0 : difference() / (standardError * Math.sqrt(sentences));
  }

  /**
   * Returns the share of the first system's errors that the second does not make: {@code 100 (b -
   * a) / (100 - a)}, negative where it makes more; 0 where the first makes none.
   */
  public double errorReduction() {
    return a >= 100 ? 0 : 100 * difference() / (100 - a);
  }

  /**
   * Returns whether the randomisation test would call the systems different at this level (0.05).
   */
  public boolean isSignificant(double alpha) {
    return randomizationP < alpha;
  }
}
