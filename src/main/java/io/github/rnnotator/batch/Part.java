package io.github.rnnotator.batch;

import io.github.rnnotator.corpus.Passage;
import io.github.rnnotator.corpus.Position;
import java.util.List;

/**
 * A stretch of a file, which is written by itself. Where a file is cut into parts depends on the
 * file alone.
 *
 * @param file the file
 * @param begins whether it is the first of its file
 * @param ends whether it is the last of its file
 * @param broken whether the file ends because it can't be read any further
 * @param passages what was read
 * @param failures what could not be read
 * @param after where the next part begins
 * @param bytes how many bytes of the file, as it is stored, were read so far
 */
record Part(
    InputFile file,
    boolean begins,
    boolean ends,
    boolean broken,
    List<Passage> passages,
    List<Failure> failures,
    Position after,
    long bytes) {
  Part with(List<Passage> other) {
    return with(other, failures);
  }

  Part with(List<Passage> other, List<Failure> failed) {
    return new Part(file, begins, ends, broken, other, failed, after, bytes);
  }
}
