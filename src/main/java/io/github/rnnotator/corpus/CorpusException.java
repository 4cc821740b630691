package io.github.rnnotator.corpus;

import io.github.rnnotator.text.OneLine;
import java.io.IOException;

/**
 * Input that a corpus reader can't understand, or a sentence that a format can't hold. The message
 * is one line: {@code FILE:LINE:COLUMN: what was found, what was expected}.
 */
public final class CorpusException extends IOException {
  private static final long serialVersionUID = 1L;

  private final String source;
  private final int line;
  private final int column;
  private final String problem;

  /**
   * An error at a place.
   *
   * @param source the file's name
   * @param line the line, from 1; 0 where the error belongs to no line
   * @param column the character in the line, from 1; 0 where the error is the whole line's
   * @param problem what was found and expected, and how to mend it
   */
  public CorpusException(String source, int line, int column, String problem) {
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

  /** The line, from 1; 0 where the error belongs to no line. */
  public int line() {
    return line;
  }

  /** The character in the line, from 1; 0 where the error is the whole line's. */
  public int column() {
    return column;
  }

  /** What was found and expected: the message without the place. */
  public String problem() {
    return problem;
  }
}
