package io.github.rnnotator.train;

import java.io.IOException;

/** A network whose training needs more memory than this Java has, found before any is taken. */
public final class NetworkTooLargeException extends IOException {
  private static final long serialVersionUID = 1L;

  /**
   * Copies of each weight besides one for each shard: three models, two moments, an average, and
   * one laid out for products.
   */
  private static final int COPIES = 7;

  NetworkTooLargeException(String message) {
    super(message);
  }

  /**
   * Checks that a network can be trained here.
   *
   * @param weights how many it has
   * @param shards see {@link TrainingConfig#shards}
   * @param memory the bytes that there are
   * @throws NetworkTooLargeException if it can't
   */
  static void check(long weights, int shards, long memory) throws NetworkTooLargeException {
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
