package io.github.rnnotator.train;

import java.io.IOException;

/** Thrown, before any allocation, when training a network needs more memory than this JVM has. */
public final class NetworkTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Copies of each weight in addition to one per shard: three models, two moments, an average, and
   * one packed for products.
   */
  private static final int COPIES = 7;

  NetworkTooLargeException(String message) {
    super(message);
  }

  /**
   * Checks that the memory suffices to train a network.
   *
   * @param weights the number of its weights
   * @param shards see {@link TrainingConfig#shards}
   * @param memory the available bytes
   * @throws NetworkTooLargeException if it does not
   */
  public static void check(long weights, int shards, long memory) throws NetworkTooLargeException {
    String size = weights == Long.MAX_VALUE ? "more than 2^63" : String.format("%,d", weights);
    if (weights > Integer.MAX_VALUE) {
      throw new NetworkTooLargeException(
          "the network has "
              + size
              + " weights, expected at most 2^31 - 1; make embed.words.dim, hidden or"
              + " embed.words.min_count another");
    }
    long needed = weights * Float.BYTES * (COPIES + shards);
    if (needed > memory) {
      throw new NetworkTooLargeException(
          "the network has "
              + size
              + " weights; training it takes "
              + needed / 1_000_000
              + " MB, this Java has "
              + memory / 1_000_000
              + " MB: give it more (-Xmx), or make embed.words.dim, hidden or train.shards"
              + " smaller");
    }
  }
}
