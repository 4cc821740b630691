package io.github.rnnotator.tagger;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/**
 * Thrown when a file is not a model or is broken. The message names the file, the entry and the
 * reason.
 */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** Names the file, the entry within it (may be empty) and the problem. */
  public ModelFormatException(String file, String entry, String problem) {
    // A broken file may contain any name, but a message is one line.
    super(OneLine.of(file + (entry.isEmpty() ? "" : "!" + entry) + ": " + problem));
  }
}
