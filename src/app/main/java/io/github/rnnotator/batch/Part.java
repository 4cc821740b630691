package io.github.rnnotator.batch;

import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import java.util.List;

/**
 * A section of a file, written separately. The boundaries of parts depend on the file only.
 *
 * @param file the file
 * @param begins whether it is the first part of its file
 * @param ends whether it is the last part of its file
 * @param broken whether the file ends here because the rest can't be read
 * @param passages the passages read
 * @param failures the records that could not be read
 * @param after the position of the next part
 * @param bytes bytes of the stored file read so far
 */
record Part(
    InputFile file,
    boolean begins,
    boolean ends,
    boolean broken,
    List<Document> passages,
    List<Failure> failures,
    Position after,
    long bytes) {
  Part with(List<Document> other) {
    return with(other, failures);
  }

  Part with(List<Document> other, List<Failure> failed) {
    return new Part(file, begins, ends, broken, other, failed, after, bytes);
  }
}
