package io.github.rnnotator.serve;

import java.util.Map;

/** Thrown to refuse a request, with an HTTP status and one sentence. */
final class Refusal extends Exception {
  private static final long serialVersionUID = 1L;

  private final int status;
  private final transient Map<String, String> headers;

  Refusal(int status, String message) {
    this(status, message, Map.of());
  }

  Refusal(int status, String message, Map<String, String> headers) {
    super(message);
    this.status = status;
    this.headers = headers;
  }

  /** Returns a JSON object with the sentence as {@code error}. */
  Answer answer() {
    return Answer.error(status, String.valueOf(getMessage()), headers);
  }
}
