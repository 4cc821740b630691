package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import java.io.IOException;

/** A reader that can continue after a malformed sentence. */
sealed interface RecoveringReader extends SentenceReader permits ColumnsReader, ConlluReader {
  /** A sentence with more tokens is an error: it is malformed and would fill the memory. */
  int LONGEST = 1 << 19;

  /** Checks that a sentence is not too long. */
  static void check(int rows, LineReader lines) throws CorpusException {
    if (rows > LONGEST) {
      throw lines.error(
          "a sentence of more than " + LONGEST + " tokens; are the blank lines missing?");
    }
  }

  /** Skips to the next blank line after an error. */
  static void skipSentence(LineReader lines) throws IOException {
    while (!lines.isBetweenSentences() && !lines.isBroken()) {
      try {
        lines.next();
      } catch (CorpusException e) {
        // Part of the skipped sentence.
        continue;
      }
    }
  }

  /** Whether a row with all columns was read, for messages. */
  boolean anyRow();
}
