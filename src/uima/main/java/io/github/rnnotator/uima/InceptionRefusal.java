package io.github.rnnotator.uima;

/** Thrown to refuse a request of INCEpTION, with an HTTP status and one sentence. */
final class InceptionRefusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;

  InceptionRefusal(int status, String message) {
    super(message);
    this.status = status;
  }

  int status() {
    return status;
  }
}
