package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads one passage after the other from a file, in constant memory. For one thread. */
public interface PassageReader extends Closeable {
  /**
   * The next passage, or empty at the end.
   *
   * @throws CorpusException if a record breaks the format; it names file and line. Where {@link
   *     #goesOn} is true, the next call goes on behind the record.
   * @throws IOException if the file can't be read
   */
  Optional<Passage> read() throws IOException;

  /** Whether there may be something to be read behind the record that broke the format. */
  boolean goesOn();

  /** Where the next passage begins: a reader that is opened there reads the same from there on. */
  Position position();
}
