package io.github.rnnotator.batch;

/**
 * The totals of a run so far. Immutable.
 *
 * @param files finished files, including those set aside
 * @param failedFiles files without output
 * @param documents documents
 * @param sentences sentences
 * @param tokens tokens
 * @param failures lines of {@code _failed.jsonl}
 * @param bytes bytes of finished files, as stored
 * @param seconds time spent in all processes, as of the last checkpoint
 */
public record Totals(
    long files,
    long failedFiles,
    long documents,
    long sentences,
    long tokens,
    long failures,
    long bytes,
    double seconds) {
  static final Totals NONE = new Totals(0, 0, 0, 0, 0, 0, 0, 0);

  Totals plus(Totals other) {
    return new Totals(
        files + other.files,
        failedFiles + other.failedFiles,
        documents + other.documents,
        sentences + other.sentences,
        tokens + other.tokens,
        failures + other.failures,
        bytes + other.bytes,
        seconds + other.seconds);
  }
}
