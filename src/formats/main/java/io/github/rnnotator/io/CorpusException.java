package io.github.rnnotator.io;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/**
 * Thrown for malformed input, or a sentence that a format can't represent. The message is one line:
 * {@code FILE:LINE:COLUMN: what was found, what was expected}.
 */
public final class CorpusException extends IOException {
  private static final long serialVersionUID = 1L;

  /** What a file may be that was read in another layout. Programs know how their users name it. */
  public enum Suspicion {
    /** Nothing in particular. */
    NONE,
    /** A file of columns, read as CoNLL-U. */
    COLUMNS,
    /** A file of columns with other names. */
    OTHER_COLUMNS,
    /** CoNLL-U, read as columns. */
    CONLLU,
    /** Columns with comments. */
    COMMENTS
  }

  private final String source;
  private final int line;
  private final int column;
  private final String problem;
  private final Suspicion suspicion;

  /**
   * An error at a position.
   *
   * @param source the file's name
   * @param line the line, from 1; 0 for the whole file
   * @param column the character in the line, from 1; 0 for the whole line
   * @param problem what was found and expected, and how to fix it
   */
  public CorpusException(String source, int line, int column, String problem) {
    this(source, line, column, problem, Suspicion.NONE);
  }

  /**
   * An error at a position in a file that may have another layout.
   *
   * @param source the file's name
   * @param line the line, from 1; 0 for the whole file
   * @param column the character in the line, from 1; 0 for the whole line
   * @param problem what was found and expected
   * @param suspicion what the file may be
   */
  public CorpusException(String source, int line, int column, String problem, Suspicion suspicion) {
    super(
        OneLine.of(source)
            + (line > 0 ? ":" + line : "")
            + (column > 0 ? ":" + column : "")
            + ": "
            + OneLine.of(problem));
    this.source = source;
    this.line = line;
    this.column = column;
    this.problem = OneLine.of(problem);
    this.suspicion = suspicion;
  }

  /** An error of a whole line. */
  public CorpusException(String source, int line, String problem) {
    this(source, line, 0, problem);
  }

  /** An error of a whole file. */
  public CorpusException(String source, String problem) {
    this(source, 0, 0, problem);
  }

  /** The file's name. */
  public String source() {
    return source;
  }

  /** The line, from 1; 0 for the whole file. */
  public int line() {
    return line;
  }

  /** The character in the line, from 1; 0 for the whole line. */
  public int column() {
    return column;
  }

  /** The message without the position. */
  public String problem() {
    return problem;
  }

  /** What the file may be. */
  public Suspicion suspicion() {
    return suspicion;
  }
}
