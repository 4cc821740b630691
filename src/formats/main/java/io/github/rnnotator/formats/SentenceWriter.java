package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;

/**
 * Writes sentences in a format. For one thread. Closing it flushes the buffer and leaves the stream
 * open for its owner to close.
 */
public interface SentenceWriter extends Closeable {
  /**
   * Writes one sentence.
   *
   * @throws CorpusException if the format can't represent this sentence, such as a form with a tab
   *     in columns; nothing of the sentence is written
   * @throws IOException if the stream can't be written
   */
  void write(TaggedSentence sentence) throws IOException;
}
