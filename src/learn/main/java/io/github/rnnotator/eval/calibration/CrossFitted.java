package io.github.rnnotator.eval.calibration;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Predictions of every other sentence, so that a temperature can be tested on held-out ones. Not
 * thread-safe.
 */
public final class CrossFitted {
  private final Probabilities odd = new Probabilities();
  private final Probabilities even = new Probabilities();

  /** Creates an object without predictions. */
  public CrossFitted() {}

  /** Returns the predictions to which those of a sentence are added. */
  public Probabilities half(int sentence) {
    return sentence % 2 == 0 ? even : odd;
  }

  private long count() {
    return odd.calibration().count() + even.calibration().count();
  }

  private Probabilities all() {
    Probabilities all = new Probabilities();
    all.addAll(odd);
    all.addAll(even);
    return all;
  }

  /**
   * Fits a temperature.
   *
   * @param fitted the predictions it is fitted on, or null to fit each half on the other
   * @return empty without predictions
   */
  public Optional<FittedCalibration> fit(@Nullable CrossFitted fitted) {
    if (count() == 0) {
      return Optional.empty();
    }
    Probabilities all = all();
    if (fitted != null && fitted.count() > 0) {
      Temperature temperature = fitted.all().fit();
      return Optional.of(
          new FittedCalibration(all.calibration(), temperature, all.calibration(temperature)));
    }
    Temperature temperature = all.fit();
    if (odd.calibration().count() == 0 || even.calibration().count() == 0) {
      return Optional.of(
          new FittedCalibration(all.calibration(), temperature, all.calibration(temperature)));
    }
    Calibration scaled = new Calibration();
    odd.addTo(scaled, even.fit());
    even.addTo(scaled, odd.fit());
    return Optional.of(new FittedCalibration(all.calibration(), temperature, scaled));
  }
}
