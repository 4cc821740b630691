package io.github.rnnotator.vectors;

import io.github.rnnotator.io.CorpusException;
import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads word vectors one by one from a file, in constant memory; the numbers of a word only on
 * request. For one thread.
 */
public interface VectorReader extends Closeable {
  /** The length of each vector. */
  int dim();

  /**
   * Advances to the next word.
   *
   * @return the word, or null after the last
   * @throws CorpusException if the file is malformed; it names file and line
   * @throws IOException if the file can't be read
   */
  @Nullable String next() throws IOException;

  /**
   * Skipped entries and wrong header figures so far, one line each without the file's name; empty
   * for a well-formed file.
   */
  default List<String> notes() {
    return List.of();
  }

  /**
   * Reads the vector of the word last returned.
   *
   * @param out receives {@link #dim} finite numbers. Modified.
   * @throws CorpusException if a number is missing or malformed; it names file and line
   */
  void vector(float[] out) throws IOException;
}
