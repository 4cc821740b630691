package io.github.rnnotator.corpus;

import java.io.IOException;

/** A reader that can go on behind a broken sentence. */
sealed interface RecoveringReader extends SentenceReader permits ColumnsReader, ConlluReader {
  /** A sentence with more tokens is an error: it is none, and would fill the memory. */
  int LONGEST = 1 << 19;

  /** Checks that a sentence is not too long. */
  static void check(int rows, LineReader lines) throws CorpusException {
    if (rows > LONGEST) {
      throw lines.error(
          "a sentence of more than " + LONGEST + " tokens; are the blank lines missing?");
    }
  }

  /** After an error: goes to the next blank line. */
  void skipSentence() throws IOException;

  /** Whether a row was read that had all its columns; messages say so. */
  boolean anyRow();
}
