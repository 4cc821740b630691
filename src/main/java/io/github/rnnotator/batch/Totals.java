package io.github.rnnotator.batch;

/**
 * What was done so far. Immutable.
 *
 * @param files files that are finished, with those that were set aside
 * @param failedFiles files that have no output
 * @param documents documents
 * @param sentences sentences
 * @param tokens tokens
 * @param failures lines of {@code _failed.jsonl}
 * @param bytes bytes of finished files, as they are stored
 * @param seconds time spent, over all runs, as far as it was saved
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
