package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads the passages of a file in order, in constant memory. For one thread. */
public interface DocumentReader extends Closeable {
  /**
   * Returns the next passage, or empty at the end.
   *
   * @throws CorpusException if a record is malformed; it names file and line. If {@link #goesOn} is
   *     true, the next call continues after the record.
   * @throws IOException if the file can't be read
   */
  Optional<Document> read() throws IOException;

  /** Whether the next passage, or the end, can be returned without waiting for input. */
  default boolean isReady() {
    return true;
  }

  /** Whether reading can continue after a malformed record. */
  boolean goesOn();

  /** The position of the next passage: a reader opened there reads the same passages. */
  Position position();
}
