package io.github.rnnotator.cli;

import java.io.Console;
import java.io.OutputStream;
import java.util.OptionalInt;

/** Whether a person is watching. */
final class Terminal {
  private Terminal() {}

  /** The launcher says so; without it, Java's console is the best guess. */
  static boolean isWatched() {
    String said = System.getProperty("rnnotator.terminal");
    return said == null ? hasConsole() : Boolean.parseBoolean(said);
  }

  /** Whether standard output goes to a terminal; without the launcher, Java's console tells. */
  static boolean isShown() {
    return columns().isPresent()
        || (System.getProperty("rnnotator.terminal") == null && hasConsole());
  }

  /** Since JDK 22 there may be a console where input and output are piped. */
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

  /** The stream for data on standard output: as it is, but on a terminal without what steers it. */
  static OutputStream shown(OutputStream out) {
    return isShown() ? new VisibleStream(out) : out;
  }

  /**
   * How many columns the terminal has that standard output goes to, 0 where it does not say; empty
   * where it goes to a file or another program. Only the launcher knows.
   */
  static OptionalInt columns() {
    Integer columns = Integer.getInteger("rnnotator.columns");
    return columns == null ? OptionalInt.empty() : OptionalInt.of(columns);
  }
}
