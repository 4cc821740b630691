package io.github.rnnotator.bench;

/** A contestant that computes numbers. */
interface Calculation extends Contestant {
  /** What the last run gave, so that all can be seen to have done the same work. */
  float[] output();
}
