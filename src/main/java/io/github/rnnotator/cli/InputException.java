package io.github.rnnotator.cli;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/** A mistake of the user's, told in one sentence with place, cause and mend. */
final class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  InputException(String message) {
    super(OneLine.of(message));
  }
}
