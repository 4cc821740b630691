package io.github.rnnotator.eval.calibration;

/**
 * Calibration of one kind of prediction.
 *
 * @param raw the calibration before scaling
 * @param temperature the temperature fitted to all predictions of the other sentences, or of these
 * @param scaled the calibration after scaling by a temperature fitted on other sentences
 */
public record FittedCalibration(Calibration raw, Temperature temperature, Calibration scaled) {}
