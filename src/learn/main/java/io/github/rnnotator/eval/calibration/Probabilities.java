package io.github.rnnotator.eval.calibration;

/**
 * Predictions with their probabilities: their calibration before and after scaling by a {@link
 * Temperature}. Memory does not grow with the predictions: they are sorted into narrow classes of
 * log odds, which moves a probability by 0.0007 at most where it is scaled. Not thread-safe.
 */
public final class Probabilities {
  private static final double MOST_ODDS = 21;
  private static final int CLASSES = 1 << 14;

  private final Calibration calibration = new Calibration();
  private final long[] right = new long[CLASSES];
  private final long[] wrong = new long[CLASSES];

  /**
   * Adds one prediction.
   *
   * @param probability the probability that was given to it, 0..1
   * @param isCorrect whether it is right
   */
  public void add(double probability, boolean isCorrect) {
    calibration.add(probability, isCorrect);
    double place = (Temperature.logOdds(probability) / MOST_ODDS + 1) / 2 * CLASSES;
    (isCorrect ? right : wrong)[(int) place]++;
  }

  /** Their calibration before scaling. */
  public Calibration calibration() {
    return calibration;
  }

  /**
   * Returns the temperature under which they are likeliest.
   *
   * @throws IllegalArgumentException without any
   */
  public Temperature fit() {
    if (calibration.count() == 0) {
      throw new IllegalArgumentException("no predictions to fit a temperature to");
    }
    double[] odds = new double[CLASSES];
    for (int i = 0; i < CLASSES; i++) {
      odds[i] = odds(i);
    }
    return Temperature.fit(odds, right, wrong);
  }

  /** Their calibration after scaling. */
  public Calibration calibration(Temperature temperature) {
    Calibration scaled = new Calibration();
    addTo(scaled, temperature);
    return scaled;
  }

  /** Adds other predictions to these. */
  void addAll(Probabilities others) {
    calibration.addAll(others.calibration);
    for (int i = 0; i < CLASSES; i++) {
      right[i] += others.right[i];
      wrong[i] += others.wrong[i];
    }
  }

  /** Adds them, scaled, to a calibration. */
  void addTo(Calibration scaled, Temperature temperature) {
    for (int i = 0; i < CLASSES; i++) {
      if (right[i] + wrong[i] > 0) {
        double probability = temperature.apply(Temperature.sigmoid(odds(i)));
        scaled.add(probability, right[i] + wrong[i], right[i]);
      }
    }
  }

  /** Returns the middle of a class. */
  private static double odds(int place) {
    return ((place + 0.5) / CLASSES * 2 - 1) * MOST_ODDS;
  }
}
