package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.util.Optional;

/** Reads one sentence after the other from a file, in constant memory. For one thread. */
public interface SentenceReader extends Closeable {
  /**
   * The next sentence, or empty at the end.
   *
   * @throws CorpusException if the file breaks its format; it names file and line
   * @throws IOException if the file can't be read
   */
  Optional<CorpusSentence> read() throws IOException;
}
