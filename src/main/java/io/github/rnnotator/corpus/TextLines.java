package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads a text a line, blank lines too. UTF-8, packed or not, as {@link CorpusFormat} is. For one
 * thread.
 */
public final class TextLines implements Closeable {
  private final LineReader lines;

  /**
   * One line.
   *
   * @param number from 1
   * @param text without the line's end
   */
  public record Line(int number, String text) {}

  /**
   * Reads from a stream, which closing the reader closes.
   *
   * @param source the name for messages
   */
  public TextLines(InputStream in, String source) {
    this.lines = new LineReader(in, source);
  }

  /**
   * Reads from a file.
   *
   * @throws CorpusException if there is no such file
   */
  public static TextLines open(Path file) throws IOException {
    return new TextLines(CorpusInput.open(file), file.toString());
  }

  /**
   * The next line, or empty at the end.
   *
   * @throws CorpusException if it is no UTF-8 or longer than any text; it names file and line
   */
  public Optional<Line> read() throws IOException {
    String line = lines.next();
    return line == null ? Optional.empty() : Optional.of(new Line(lines.line(), line));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
