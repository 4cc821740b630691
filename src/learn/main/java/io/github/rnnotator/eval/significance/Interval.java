package io.github.rnnotator.eval.significance;

/**
 * A confidence interval of a score.
 *
 * @param low its lower end
 * @param high its upper end, not less than {@code low}
 * @param level the share of samples, between 0 and 1, whose interval is meant to hold the true
 *     score: 0.95
 */
public record Interval(double low, double high, double level) {
  /** Checks the order and the level. */
  public Interval {
    if (!(low <= high)) {
      throw new IllegalArgumentException("interval from " + low + " to " + high);
    }
    if (!(level > 0 && level < 1)) {
      throw new IllegalArgumentException("level " + level + ", expected between 0 and 1");
    }
  }

  /** Whether a value lies in it, the ends included. */
  public boolean contains(double value) {
    return low <= value && value <= high;
  }
}
