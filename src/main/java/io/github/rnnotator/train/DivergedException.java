package io.github.rnnotator.train;

/** A run whose loss is no longer a number. The message says when, and what may help. */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(int epoch, long step) {
    super(
        "the loss is no longer a number in epoch "
            + epoch
            + ", at step "
            + step
            + "; lower train.rate or set train.clip");
  }
}
