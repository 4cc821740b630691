package io.github.rnnotator.tagger;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/** A file is not a model, or a broken one. The message names the file, the entry and the reason. */
public final class ModelFormatException extends IOException {
  private static final long serialVersionUID = 1L;

  /** With the file, the entry within it (may be empty) and what is wrong. */
  public ModelFormatException(String file, String entry, String problem) {
    // A broken file may hold any name, but a message is one line.
    super(OneLine.of(file + (entry.isEmpty() ? "" : "!" + entry) + ": " + problem));
  }
}
