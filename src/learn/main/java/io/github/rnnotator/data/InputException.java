package io.github.rnnotator.data;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/**
 * Thrown for data, configurations or options that can't be used. The message is one sentence with
 * place, cause and remedy.
 */
public final class InputException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an error with this message. */
  public InputException(String message) {
    super(OneLine.of(message));
  }
}
