package io.github.rnnotator.embed;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/** Bytes that are no table of word vectors. The message says why; whoever reads knows the file. */
public final class VectorFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With what is wrong. */
  public VectorFormatException(String problem) {
    super(OneLine.of(problem));
  }
}
