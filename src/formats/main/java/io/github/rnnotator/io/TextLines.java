package io.github.rnnotator.io;

import io.github.rnnotator.formats.CorpusFormat;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.Optional;

/**
 * Reads one text per line, blank lines too. UTF-8, compressed or not, like {@link CorpusFormat}.
 * For one thread.
 */
public final class TextLines implements Closeable {
  private final LineReader lines;

  /**
   * One line.
   *
   * @param number from 1
   * @param text without its line end
   */
  public record Line(int number, String text) {}

  /**
   * Reads from a stream; closing the reader closes the stream.
   *
   * @param source the name for messages
   */
  public TextLines(InputStream in, String source) {
    this.lines = new LineReader(in, source);
  }

  /**
   * Reads from a file.
   *
   * @throws CorpusException if the file does not exist
   */
  public static TextLines open(Path file) throws IOException {
    return new TextLines(CorpusInput.open(file), file.toString());
  }

  /**
   * Returns the next line, or empty at the end.
   *
   * @throws CorpusException if it is not UTF-8 or too long; it names file and line
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
