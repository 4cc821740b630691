package io.github.rnnotator.corpus;

/**
 * A place in a file at which reading can go on, as if it had not stopped. Immutable.
 *
 * @param bytes how many bytes come before it, unpacked
 * @param lines how many lines begin before it
 * @param passages how many passages of the record that begins here were read already
 * @param units how many UTF-16 units of the document come before it
 * @param codePoints how many code points of the document come before it
 * @param document the name of the document that is gone on with
 * @param rows whether a row of columns was read before it
 */
public record Position(
    long bytes,
    int lines,
    int passages,
    long units,
    long codePoints,
    String document,
    boolean rows) {
  /** Where every file begins. */
  public static final Position START = new Position(0, 0, 0, 0, 0, "", false);
}
