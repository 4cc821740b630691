package io.github.rnnotator.text;

import java.util.Objects;

/**
 * A line of a file.
 *
 * @param file the file's name; may be empty
 * @param line from 1; 0 if unknown
 */
record Place(String file, int line) implements Origin {
  Place {
    Objects.requireNonNull(file, "file");
  }

  @Override
  public int line(int token) {
    return line;
  }
}
