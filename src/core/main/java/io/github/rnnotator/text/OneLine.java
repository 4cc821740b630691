package io.github.rnnotator.text;

/**
 * Makes untrusted text safe for messages and logs: one line of limited length, without control
 * characters, which could move a terminal's cursor or forge log lines.
 */
public final class OneLine {
  /** In UTF-16 units. */
  private static final int LONGEST = 2000;

  private static final String OMITTED = " ... ";

  private OneLine() {}

  /**
   * Escapes each character that {@link VisibleText} escapes, and tabs and line breaks. Cuts the
   * middle out of a text that is too long.
   */
  public static String of(String text) {
    // Escapes only lengthen a text.
    String line =
        text.length() <= LONGEST
            ? escaped(text)
            : escaped(text.substring(0, LONGEST))
                + escaped(text.substring(text.length() - LONGEST));
    return line.length() <= LONGEST && text.length() <= LONGEST
        ? line
        : line.substring(0, boundary(line, LONGEST / 2))
            + OMITTED
            + line.substring(boundary(line, line.length() - LONGEST / 4));
  }

  private static String escaped(String text) {
    StringBuilder line = new StringBuilder(text.length());
    text.codePoints().forEach(c -> VisibleText.append(c, false, line));
    return line.toString();
  }

  /** The index, or the next one where it would split a surrogate pair. */
  private static int boundary(String line, int index) {
    return Character.isLowSurrogate(line.charAt(index)) ? index + 1 : index;
  }
}
