package io.github.rnnotator.text;

/**
 * Makes untrusted text safe to print on a terminal: each character that could move the cursor,
 * change colours, change the writing direction or forge a line becomes a visible escape such as
 * {@code \u005cu001b}. All other characters are unchanged.
 */
public final class VisibleText {
  private VisibleText() {}

  /**
   * Escapes control characters, U+2028, U+2029, bidirectional embeddings, overrides and isolates,
   * and unpaired surrogates. Tabs, line feeds and pairs of carriage return and line feed are kept.
   */
  public static String of(String text) {
    StringBuilder visible = new StringBuilder(text.length());
    for (int i = 0; i < text.length(); ) {
      int c = text.codePointAt(i);
      i += Character.charCount(c);
      boolean breaksLine = c == '\n' || (c == '\r' && i < text.length() && text.charAt(i) == '\n');
      append(c, breaksLine || c == '\t', visible);
    }
    return visible.toString();
  }

  /** Appends the character, or its escape unless it is to be kept. */
  static void append(int c, boolean kept, StringBuilder to) {
    if (kept || !isHidden(c)) {
      to.appendCodePoint(c);
      return;
    }
    switch (c) {
      case '\t' -> to.append("\\t");
      case '\n' -> to.append("\\n");
      case '\r' -> to.append("\\r");
      default -> to.append(String.format("\\u%04x", c));
    }
  }

  private static boolean isHidden(int c) {
    return switch (Character.getType(c)) {
      case Character.CONTROL,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.SURROGATE ->
          true;
      default -> (c >= 0x202a && c <= 0x202e) || (c >= 0x2066 && c <= 0x2069);
    };
  }
}
