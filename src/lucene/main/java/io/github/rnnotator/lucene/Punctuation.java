package io.github.rnnotator.lucene;

/**
 * Says which words are punctuation, by the characters that Lucene's Korean tokenizer takes for it.
 */
final class Punctuation {
  /** The Korean middle dot, which Unicode calls a letter. */
  private static final char ARAEA = '\u318d';

  private Punctuation() {}

  /**
   * Whether a word consists of punctuation, symbols, white space and control characters. Emoji are
   * words, as with Lucene's {@code StandardTokenizer}.
   */
  static boolean isPunctuation(String word) {
    return word.chars().allMatch(c -> isPunctuation((char) c));
  }

  /** Surrogates are not, so that the symbols after U+FFFF, such as emoji, are words. */
  private static boolean isPunctuation(char c) {
    return switch (Character.getType(c)) {
      case Character.SPACE_SEPARATOR,
          Character.LINE_SEPARATOR,
          Character.PARAGRAPH_SEPARATOR,
          Character.CONTROL,
          Character.FORMAT,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.CONNECTOR_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL ->
          true;
      default -> c == ARAEA;
    };
  }
}
