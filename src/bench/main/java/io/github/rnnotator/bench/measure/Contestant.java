package io.github.rnnotator.bench.measure;

/** One of the compared programs. Not thread-safe. */
public interface Contestant extends AutoCloseable {
  /** The name in the table. */
  String name();

  /** Does the work once. */
  void run();

  @Override
  default void close() {}
}
