package io.github.rnnotator.text;

/**
 * Text as it may occur in a message or a log, whoever wrote it: one line without control
 * characters, which could move a terminal's cursor or forge lines of a log, and not too long.
 */
public final class OneLine {
  /** In UTF-16 units. */
  private static final int LONGEST = 2000;

  private static final String OMITTED = " ... ";

  private OneLine() {}

  /**
   * The text with a visible escape for each character that {@link VisibleText} escapes, and for
   * tabs and line breaks. One that is too long keeps its beginning and its end.
   */
  public static String of(String text) {
    // What is longer than this is longer still with its escapes.
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

  /** The index, or the next one where it would part the halves of a surrogate pair. */
  private static int boundary(String line, int index) {
    return Character.isLowSurrogate(line.charAt(index)) ? index + 1 : index;
  }
}
