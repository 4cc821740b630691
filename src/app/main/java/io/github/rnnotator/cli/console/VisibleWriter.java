package io.github.rnnotator.cli.console;

import io.github.rnnotator.text.VisibleText;
import java.io.IOException;
import java.io.Writer;

/**
 * Escapes terminal control characters in messages and reports, which may quote untrusted models,
 * files and arguments ({@link VisibleText}).
 */
public final class VisibleWriter extends Writer {
  private final Writer out;

  /** A carriage return or a high surrogate, whose meaning depends on the next char. */
  private String open = "";

  public VisibleWriter(Writer out) {
    this.out = out;
  }

  @Override
  public void write(char[] chars, int from, int length) throws IOException {
    synchronized (lock) {
      String text = open + new String(chars, from, length);
      int end = text.length();
      if (end > 0 && isOpen(text.charAt(end - 1))) {
        end--;
      }
      open = text.substring(end);
      out.write(VisibleText.of(text.substring(0, end)));
    }
  }

  private static boolean isOpen(char last) {
    return last == '\r' || Character.isHighSurrogate(last);
  }

  @Override
  public void flush() throws IOException {
    out.flush();
  }

  @Override
  public void close() throws IOException {
    synchronized (lock) {
      out.write(VisibleText.of(open));
      open = "";
      out.close();
    }
  }
}
