package io.github.rnnotator.cli.console;

import java.io.Console;
import java.io.OutputStream;
import java.util.OptionalInt;

/** Detects terminals. */
public final class Terminal {
  private Terminal() {}

  /** Set by the launcher; without it, Java's console is the best guess. */
  public static boolean isWatched() {
    String said = System.getProperty("rnnotator.terminal");
    return said == null ? hasConsole() : Boolean.parseBoolean(said);
  }

  /**
   * Returns whether standard output is a terminal; without the launcher, guessed from Java's
   * console.
   */
  public static boolean isShown() {
    return columns().isPresent()
        || (System.getProperty("rnnotator.terminal") == null && hasConsole());
  }

  /** Since JDK 22 there may be a console even if input and output are piped. */
  private static boolean hasConsole() {
    Console console = System.console();
    if (console == null) {
      return false;
    }
    try {
      return (Boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (ReflectiveOperationException e) {
      return true;
    }
  }

  /** Returns the stream for data on standard output; escapes control characters on a terminal. */
  public static OutputStream shown(OutputStream out) {
    return isShown() ? new VisibleStream(out) : out;
  }

  /**
   * Returns the width of the terminal on standard output, 0 if unknown; empty for a file or a pipe.
   * Set by the launcher.
   */
  public static OptionalInt columns() {
    Integer columns = Integer.getInteger("rnnotator.columns");
    return columns == null ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
