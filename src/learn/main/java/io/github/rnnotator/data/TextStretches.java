package io.github.rnnotator.data;

import io.github.rnnotator.io.TextLines;
import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Reads a text file without labels stretch by stretch: a document, or a part of a long one of about
 * {@value #WORDS} words. A paragraph per line, a blank line between documents; compressed or not.
 * For one thread.
 */
public final class TextStretches implements Closeable {
  private static final int WORDS = 1000;

  private final TextLines lines;

  /** Opens a file. */
  public TextStretches(Path file) throws IOException {
    this.lines = TextLines.open(file);
  }

  /**
   * Counts the words of a file, which reads all of it.
   *
   * @throws InputException if it has no words
   */
  public static long words(Path file) throws IOException {
    long words = 0;
    try (TextStretches stretches = new TextStretches(file)) {
      for (Stretch next = stretches.next(); next != null; next = stretches.next()) {
        words += next.words();
      }
    }
    if (words == 0) {
      throw new InputException(file + ": no text, expected a paragraph per line");
    }
    return words;
  }

  /**
   * Consecutive paragraphs.
   *
   * @param text a paragraph per line, at least one character
   * @param words the number of words, which are what is between blanks
   */
  public record Stretch(String text, int words) {}

  /** Returns the next stretch, or null at the end. */
  public @Nullable Stretch next() throws IOException {
    StringBuilder text = new StringBuilder();
    int words = 0;
    while (words < WORDS) {
      Optional<TextLines.Line> line = lines.read();
      if (line.isEmpty()) {
        break;
      }
      int own = words(line.get().text());
      if (own == 0) {
        if (words > 0) {
          break;
        }
        continue;
      }
      if (words > 0) {
        text.append('\n');
      }
      text.append(line.get().text());
      words += own;
    }
    return words == 0 ? null : new Stretch(text.toString(), words);
  }

  private static int words(String line) {
    int words = 0;
    boolean within = false;
    for (int i = 0; i < line.length(); i++) {
      boolean blank = Character.isWhitespace(line.charAt(i));
      words += !blank && !within ? 1 : 0;
      within = !blank;
    }
    return words;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
