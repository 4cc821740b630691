package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;

/**
 * Writes one sentence after the other in a format. For one thread. Closing it writes out what is
 * buffered and leaves the stream open, which belongs to whoever opened it.
 */
public interface SentenceWriter extends Closeable {
  /**
   * Writes one sentence.
   *
   * @throws CorpusException if the format can't hold this sentence, such as a form with a tab in
   *     columns; nothing of the sentence is then written
   * @throws IOException if the stream can't be written
   */
  void write(CorpusSentence sentence) throws IOException;
}
