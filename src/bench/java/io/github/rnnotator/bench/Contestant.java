package io.github.rnnotator.bench;

/** One program that does the work that is compared. Used by one thread. */
interface Contestant extends AutoCloseable {
  /** As it stands in the table. */
  String name();

  /** Does the work once. */
  void run();

  /** What the last run gave, so that all can be seen to have done the same work. */
  float[] output();

  @Override
  default void close() {}
}
