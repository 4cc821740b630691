package io.github.rnnotator.bench;

/** One program that does the work that is compared. Used by one thread. */
interface Contestant extends AutoCloseable {
  /** As it stands in the table. */
  String name();

  /** Does the work once. */
  void run();

  @Override
  default void close() {}
}
