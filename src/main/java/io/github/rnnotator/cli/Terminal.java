package io.github.rnnotator.cli;

import java.util.OptionalInt;

/** Whether a person is watching. */
final class Terminal {
  private Terminal() {}

  /** The launcher says so; without it, Java's console is the best guess. */
  static boolean isWatched() {
    String said = System.getProperty("rnnotator.terminal");
    return said == null ? System.console() != null : Boolean.parseBoolean(said);
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
