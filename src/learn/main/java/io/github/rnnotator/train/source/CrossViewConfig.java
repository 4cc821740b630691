package io.github.rnnotator.train.source;

import java.util.List;

/**
 * Text without labels from which a network learns by cross-view training, {@code train.cross_view}
 * (see {@link io.github.rnnotator.nn.head.CrossView}).
 *
 * @param files text with a paragraph per line and a blank line between documents, compressed or
 *     not, relative to the working directory
 * @param words how many words of them are used, spread evenly; 0 for all. They are all in memory.
 * @param share the number of sentences without labels that an epoch shows per sentence with labels,
 *     more than 0
 * @param weight the weight of the loss, relative to that of each head, more than 0
 */
public record CrossViewConfig(List<String> files, int words, float share, float weight) {
  private static final int WORDS = 1_000_000;

  /** Larger values are mistakes. */
  private static final float MOST = 100;

  /** Checks the ranges. */
  public CrossViewConfig {
    files = List.copyOf(files);
    if (words < 0) {
      throw new IllegalArgumentException(
          "train.cross_view.words is " + words + ", expected 0 or more");
    }
    range("share", share);
    range("weight", weight);
  }

  private static void range(String key, float value) {
    if (!(value > 0 && value <= MOST)) {
      throw new IllegalArgumentException(
          "train.cross_view."
              + key
              + " is "
              + value
              + ", expected more than 0 and at most "
              + (int) MOST);
    }
  }

  /** Returns the defaults: no files, a million words, share 1, weight 1. */
  public static CrossViewConfig defaults() {
    return new CrossViewConfig(List.of(), WORDS, 1, 1);
  }

  /** Whether there is text to learn from. */
  public boolean hasText() {
    return !files.isEmpty();
  }
}
