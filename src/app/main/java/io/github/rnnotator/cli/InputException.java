package io.github.rnnotator.cli;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/** A user error; the message is one sentence with place, cause and remedy. */
final class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(OneLine.of(message));
  }
}
