package io.github.rnnotator.batch;

import java.util.function.LongSupplier;

/**
 * How finely a run is cut.
 *
 * @param part how much text a part has, in UTF-16 units
 * @param files how many whole files may wait for a checkpoint
 * @param nanoTime the clock that tells when a checkpoint is due
 */
record Pace(int part, int files, LongSupplier nanoTime) {
  /** Parts of about 0.1 s of work. */
  static final Pace DEFAULT = new Pace(1 << 16, 256, System::nanoTime);
}
