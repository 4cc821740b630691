package io.github.rnnotator.pretrain;

import io.github.rnnotator.eval.Score;

/**
 * The perplexity of held-out words, {@code exp(-mean log p(w))}: as if each were chosen from so
 * many equally probable words. Words beyond the predicted ones count as one word.
 *
 * @param value at least 1; lower is better
 */
public record Perplexity(double value) implements Score {
  /**
   * Returns the perplexity of words.
   *
   * @param logLikelihood the sum of their log probabilities, in nats
   * @param words their number
   */
  static Perplexity of(double logLikelihood, long words) {
    return new Perplexity(Math.exp(-logLikelihood / Math.max(1, words)));
  }

  @Override
  public String label() {
    return "perplexity";
  }

  @Override
  public double rank() {
    return -value;
  }
}
