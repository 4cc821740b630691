package io.github.rnnotator.text;

/**
 * Where a sentence was read. Formats implement it with the lines of the file, so that a sentence
 * can be written back with other tags and everything else unchanged. Immutable.
 */
public interface Origin {
  /** The origin of a sentence that was not read from a file. */
  Origin NONE = at("", 0);

  /**
   * Creates the origin of a sentence in a text.
   *
   * @param file the file's name; empty if not read from a file
   * @param line the line on which the sentence begins, from 1; 0 if unknown
   */
  static Origin at(String file, int line) {
    return new Place(file, line);
  }

  /** The file's name; empty if not read from a file. */
  String file();

  /** The line of the first token, from 1; 0 if unknown. */
  int line();

  /**
   * The line of a token, from 1; 0 if unknown.
   *
   * @param token the token's index, from 0; the number of tokens for the line after the last
   */
  int line(int token);
}
