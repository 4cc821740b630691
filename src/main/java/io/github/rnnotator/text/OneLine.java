package io.github.rnnotator.text;

/**
 * Text as it may stand in a message or a log, whoever wrote it: one line without control
 * characters, which could move a terminal's cursor or forge lines of a log, and not too long.
 */
public final class OneLine {
  /** In UTF-16 units. */
  private static final int LONGEST = 2000;

  private static final int HIDDEN = '?';

  private OneLine() {}

  /**
   * The text with {@code ?} for each control character, line break, character that turns the
   * direction of writing, and half of a surrogate pair. One that is too long keeps its beginning
   * and its end.
   */
  public static String of(String text) {
    StringBuilder line = new StringBuilder(Math.min(text.length(), LONGEST));
    if (text.length() <= LONGEST) {
      append(text, line);
    } else {
      append(text.substring(0, LONGEST / 2), line);
      line.append(" ... ");
      append(text.substring(text.length() - LONGEST / 4), line);
    }
    return line.toString();
  }

  private static void append(String text, StringBuilder line) {
    text.codePoints().forEach(c -> line.appendCodePoint(isShown(c) ? c : HIDDEN));
  }

  private static boolean isShown(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          false;
      default -> !turnsDirection(c);
    };
  }

  /** The embeddings, overrides and isolates of Unicode's bidirectional algorithm. */
  private static boolean turnsDirection(int c) {
    return (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
  }
}
