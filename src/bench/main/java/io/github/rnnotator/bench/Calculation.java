package io.github.rnnotator.bench;

import io.github.rnnotator.bench.measure.Contestant;

/** A contestant that computes numbers. */
interface Calculation extends Contestant {
  /** The output of the last run, to check that all contestants do the same work. */
  float[] output();
}
