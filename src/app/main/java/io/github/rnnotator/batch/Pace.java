package io.github.rnnotator.batch;

import java.util.function.LongSupplier;

/**
 * The granularity of a run.
 *
 * @param part the size of a part's text, in UTF-16 units
 * @param files the maximum number of complete files that wait for a checkpoint
 * @param nanoTime the clock for checkpoints
 */
record Pace(int part, int files, LongSupplier nanoTime) {
  /** Parts of about 0.1 s of work. */
  static final Pace DEFAULT = new Pace(1 << 16, 256, System::nanoTime);
}
