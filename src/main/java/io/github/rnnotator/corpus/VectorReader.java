package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Reads one word vector after the other from a file, in constant memory; the numbers of a word only
 * if they are asked for. For one thread.
 */
public interface VectorReader extends Closeable {
  /** The length of each vector. */
  int dim();

  /**
   * Goes to the next word.
   *
   * @return the word, or null after the last
   * @throws CorpusException if the file breaks its format; it names file and line
   * @throws IOException if the file can't be read
   */
  @Nullable String next() throws IOException;

  /**
   * What was left out so far and what the file says of itself that is not so, one line each without
   * the file's name; none where the file is as its format has it.
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
