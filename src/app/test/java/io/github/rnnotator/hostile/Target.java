package io.github.rnnotator.hostile;

import java.io.IOException;
import java.util.List;

/**
 * A reader that must accept any bytes: it reads them, or refuses them as documented.
 *
 * @param name its name for {@code scripts/fuzz} and for the folder of its kept cases
 * @param refusals the exceptions that the reader documents
 * @param reader reads all, and checks the result
 */
record Target(String name, List<Class<? extends Exception>> refusals, Reader reader) {
  /** Longer messages would fill a terminal or a log. */
  private static final int LONGEST_MESSAGE = 4096;

  /** Reads untrusted bytes. */
  interface Reader {
    /** Reads all bytes. */
    void read(byte[] bytes) throws IOException;
  }

  /**
   * Reads an input.
   *
   * @throws AssertionError if the reader throws an undocumented exception, or its message is not
   *     one line
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
