package io.github.rnnotator.cli;

/** Whether a person is watching. */
final class Terminal {
  private Terminal() {}

  /** The launcher says so; without it, Java's console is the best guess. */
  static boolean isWatched() {
    String said = System.getProperty("rnnotator.terminal");
    return said == null ? System.console() != null : Boolean.parseBoolean(said);
  }
}
