package io.github.rnnotator.hostile;

import java.io.IOException;
import java.util.List;

/**
 * A reader that must take any bytes at all: it reads them, or refuses them as it says it does.
 *
 * @param name its name for {@code scripts/fuzz} and for the folder of its kept cases
 * @param refusals the exceptions that the reader documents
 * @param reader reads all, and checks what it got
 */
record Target(String name, List<Class<? extends Exception>> refusals, Reader reader) {
  /** Longer messages fill a terminal and a log. */
  private static final int LONGEST_MESSAGE = 4096;

  /** Reads bytes of a stranger's. */
  interface Reader {
    /** Reads all of them. */
    void read(byte[] bytes) throws IOException;
  }

  /**
   * Reads an input.
   *
   * @throws AssertionError if the reader fails otherwise than documented, or with a message that is
   *     not one line
   */
  void accept(byte[] bytes) {
    try {
      reader.read(bytes);
    } catch (Exception e) {
      if (!refusals.contains(e.getClass())) {
        throw new AssertionError(name + " threw what it does not document", e);
      }
      requireOneLine(String.valueOf(e.getMessage()), e);
    }
  }

  private void requireOneLine(String message, Exception cause) {
    boolean printable =
        message
            .codePoints()
            .noneMatch(c -> Character.isISOControl(c) || c == 0x2028 || c == 0x2029);
    if (message.isBlank() || !printable || message.length() > LONGEST_MESSAGE) {
      throw new AssertionError(name + ": a message that is not one line of text", cause);
    }
  }
}
