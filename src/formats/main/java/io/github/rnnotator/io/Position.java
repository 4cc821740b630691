package io.github.rnnotator.io;

/**
 * A position in a file from which reading can resume. Immutable.
 *
 * @param bytes the number of bytes before it, decompressed
 * @param lines the number of lines that begin before it
 * @param passages the number of passages already read of the record that begins here
 * @param units the number of UTF-16 units of the document before it
 * @param codePoints the number of code points of the document before it
 * @param document the name of the document that continues here
 * @param rows whether a row of columns was read before it
 * @param carriageReturns whether lines end at a carriage return alone, which only the start of a
 *     file tells
 */
public record Position(
    long bytes,
    int lines,
    int passages,
    long units,
    long codePoints,
    String document,
    boolean rows,
    boolean carriageReturns) {
  /** The start of a file. */
  public static final Position START = new Position(0, 0, 0, 0, 0, "", false, false);
}
