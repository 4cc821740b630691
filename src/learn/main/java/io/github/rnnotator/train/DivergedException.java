package io.github.rnnotator.train;

/**
 * Thrown when a weight, gradient or loss is NaN or infinite. The message says where and when, and
 * what may help.
 */
public final class DivergedException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  DivergedException(String what, int epoch, long step) {
    super(
        what
            + " is no longer a number in epoch "
            + epoch
            + ", at step "
            + step
            + "; lower train.rate or set train.clip");
  }
}
