package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.TaggedSentence;
import java.io.Closeable;
import java.io.IOException;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/** Reads the sentences of a file in order, in constant memory. For one thread. */
public interface SentenceReader extends Closeable {
  /**
   * Returns the next sentence, or empty at the end.
   *
   * @throws CorpusException if the file violates its format; it names file and line
   * @throws IOException if the file can't be read
   */
  Optional<TaggedSentence> read() throws IOException;

  /** Returns a reader of these sentences. */
  static SentenceReader of(List<TaggedSentence> sentences) {
    Iterator<TaggedSentence> left = sentences.iterator();
    return new SentenceReader() {
      @Override
      public Optional<TaggedSentence> read() {
        return left.hasNext() ? Optional.of(left.next()) : Optional.empty();
      }

      @Override
      public void close() {}
    };
  }
}
