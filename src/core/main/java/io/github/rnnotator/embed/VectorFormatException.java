package io.github.rnnotator.embed;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/**
 * Thrown if bytes are not a valid table of word vectors. The message gives the reason; the caller
 * adds the file.
 */
public final class VectorFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Creates an exception that describes the problem. */
  public VectorFormatException(String problem) {
    super(OneLine.of(problem));
  }
}
