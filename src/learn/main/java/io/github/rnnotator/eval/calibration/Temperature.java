package io.github.rnnotator.eval.calibration;

/**
 * Temperature scaling (Guo, Pleiss, Sun and Weinberger, On Calibration of Modern Neural Networks,
 * ICML 2017, section 4.2): one number T by which the scores of a classifier are divided before the
 * softmax. T above 1 makes it less confident, below 1 more; which label is best does not change.
 *
 * <p>Here only the probability p of the label that was chosen is known, so what is divided are its
 * log odds against all others together:
 *
 * <pre>
 *   p' = 1 / (1 + exp(-log(p / (1 - p)) / T))
 * </pre>
 *
 * With two labels that is the paper's scaling. T is the one that makes right and wrong predictions
 * of held-out data likeliest. It must be fitted on other data than that whose calibration is then
 * measured, and the more of it the better: at least a hundred or so, with some mistakes among them.
 *
 * @param value T, from {@link #LEAST} to {@link #MOST}
 */
public record Temperature(double value) {
  /** The smallest T that is fitted: where every prediction is right, 0 would be best. */
  public static final double LEAST = 0.01;

  /** The largest T that is fitted: where the confident ones are wrong, infinity would be best. */
  public static final double MOST = 100;

  /** Probabilities closer to 0 or 1 than this are taken to be this far from it. */
  private static final double CLOSEST = 1e-9;

  private static final int HALVINGS = 60;

  /** Checks the range. */
  public Temperature {
    if (!(value >= LEAST && value <= MOST)) {
      throw new IllegalArgumentException(
          "temperature " + value + ", expected " + LEAST + " to " + MOST);
    }
  }

  /**
   * The temperature under which these predictions are likeliest. Their log likelihood is concave in
   * 1 / T, so there is one maximum, found by halving the range of T.
   *
   * @param probabilities the probability of each prediction, 0..1; not modified
   * @param correct whether each is right; not modified
   * @throws IllegalArgumentException if the arrays are empty or differ in length
   */
  public static Temperature fit(double[] probabilities, boolean[] correct) {
    if (probabilities.length != correct.length || correct.length == 0) {
      throw new IllegalArgumentException(
          probabilities.length + " probabilities, " + correct.length + " outcomes");
    }
    double[] odds = new double[probabilities.length];
    long[] right = new long[odds.length];
    long[] wrong = new long[odds.length];
    for (int i = 0; i < odds.length; i++) {
      odds[i] = logOdds(probabilities[i]);
      right[i] = correct[i] ? 1 : 0;
      wrong[i] = 1 - right[i];
    }
    return fit(odds, right, wrong);
  }

  /** As above, for log odds, each with the numbers of right and of wrong predictions. */
  static Temperature fit(double[] odds, long[] right, long[] wrong) {
    double low = Math.log(1 / MOST);
    double high = Math.log(1 / LEAST);
    for (int i = 0; i < HALVINGS; i++) {
      double middle = (low + high) / 2;
      if (slope(odds, right, wrong, Math.exp(middle)) >= 0) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return new Temperature(Math.min(MOST, Math.max(LEAST, Math.exp(-(low + high) / 2))));
  }

  /** Returns the probability after scaling, 0..1; monotone, and 0.5 stays 0.5. */
  public double apply(double probability) {
    return sigmoid(logOdds(probability) / value);
  }

  /** Returns the derivative of the log likelihood by 1 / T. */
  private static double slope(double[] odds, long[] right, long[] wrong, double inverse) {
    double slope = 0;
    for (int i = 0; i < odds.length; i++) {
      double x = odds[i] * inverse;
      // 1 - sigmoid(x) is written sigmoid(-x), so that it keeps its digits where it is close to 0.
      slope += (right[i] * sigmoid(-x) - wrong[i] * sigmoid(x)) * odds[i];
    }
    return slope;
  }

  /** {@code log(p / (1 - p))}, finite also at 0 and 1. */
  static double logOdds(double probability) {
    if (!(probability >= 0 && probability <= 1)) {
      throw new IllegalArgumentException("probability " + probability + ", expected 0..1");
    }
    double p = Math.min(1 - CLOSEST, Math.max(CLOSEST, probability));
    return Math.log(p / (1 - p));
  }

  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }
}
