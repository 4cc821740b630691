package io.github.rnnotator.pipeline;

/** What separates tokens: white space of any kind, and characters that show nothing. */
final class Blank {
  private static final char ZERO_WIDTH_SPACE = '\u200B';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private Blank() {}

  /**
   * Whether a UTF-16 unit is blank. The zero-width joiners are not: emoji and Persian words need
   * them.
   */
  static boolean is(char c) {
    if (c > ' ' && c < '\u007F') {
      return false;
    }
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || c == ZERO_WIDTH_SPACE
        || c == BYTE_ORDER_MARK;
  }

  /** The text with a space for every blank, so that offsets stay and a model sees one kind. */
  static String toSpaces(String text) {
    StringBuilder spaced = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      spaced.append(is(text.charAt(i)) ? ' ' : text.charAt(i));
    }
    return spaced.toString();
  }
}
