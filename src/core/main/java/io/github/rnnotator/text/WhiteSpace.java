package io.github.rnnotator.text;

/**
 * Defines white space for text, tokens, alignment and scoring. File formats define their own
 * separators (a tab between cells, a line feed after a line).
 *
 * <p>White space is what {@link Character#isWhitespace(int)} or {@link Character#isSpaceChar(int)}
 * accepts, every control character, the zero-width space U+200B, which marks a boundary between
 * words, and the byte order mark U+FEFF, which occurs where files were joined. Joiners, direction
 * marks and soft hyphens are not white space: they are part of a word ({@link LookupForm}).
 */
public final class WhiteSpace {
  private static final char ZERO_WIDTH_SPACE = '\u200B';
  private static final char BYTE_ORDER_MARK = '\uFEFF';

  private WhiteSpace() {}

  /**
   * Whether a character is white space.
   *
   * @param c a code point, or a UTF-16 unit: no surrogate is white space, and neither is any
   *     character beyond U+FFFF
   */
  public static boolean is(int c) {
    if (c > ' ' && c < '\u007F') {
      return false;
    }
    return Character.isWhitespace(c)
        || Character.isSpaceChar(c)
        || Character.isISOControl(c)
        || c == ZERO_WIDTH_SPACE
        || c == BYTE_ORDER_MARK;
  }

  /** Whether a text is empty or all white space. */
  public static boolean isBlank(CharSequence text) {
    return text.chars().allMatch(WhiteSpace::is);
  }

  /** Replaces every white-space character by a space, which keeps offsets. */
  public static String toSpaces(String text) {
    StringBuilder spaced = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); i++) {
      spaced.append(is(text.charAt(i)) ? ' ' : text.charAt(i));
    }
    return spaced.toString();
  }
}
