/**
 * Probabilities and how often they are right: {@link
 * io.github.rnnotator.eval.calibration.Calibration} compares the two, {@link
 * io.github.rnnotator.eval.calibration.Temperature} rescales them.
 */
@NullMarked
package io.github.rnnotator.eval.calibration;

import org.jspecify.annotations.NullMarked;
