package io.github.rnnotator.embed;

/** What a word looks like: the part of its spelling that says something about its tag. */
public enum WordShape {
  /** Small letters only: {@code house}; also letters of scripts without case. */
  LOWER,
  /** One great letter first, then small ones: {@code House}. */
  CAPITALIZED,
  /** A single great letter: {@code I}. */
  SINGLE_UPPER,
  /** Great letters only: {@code NATO}. */
  UPPER,
  /** Great and small letters otherwise: {@code eBay}. */
  MIXED,
  /** Digits only: {@code 1984}. */
  DIGITS,
  /** Digits with punctuation: {@code 3.14}, {@code 12/05}. */
  NUMBER,
  /** Letters and digits: {@code B2B}. */
  ALPHANUMERIC,
  /** Letters and punctuation: {@code U.S.}, {@code n't}. */
  LETTERS_PUNCTUATION,
  /** No letter and no digit: {@code --}. */
  PUNCTUATION;

  private static final WordShape[] VALUES = values();

  /** How many shapes there are. */
  public static int size() {
    return VALUES.length;
  }

  /** The shape of a word. */
  public static WordShape of(String form) {
    int upper = 0;
    int lower = 0;
    int digits = 0;
    int others = 0;
    boolean firstUpper = false;
    for (int i = 0; i < form.length(); ) {
      int c = form.codePointAt(i);
      if (Character.isUpperCase(c) || Character.isTitleCase(c)) {
        upper++;
        firstUpper |= i == 0;
      } else if (Character.isLetter(c)) {
        lower++;
      } else if (Character.isDigit(c)) {
        digits++;
      } else {
        others++;
      }
      i += Character.charCount(c);
    }
    int letters = upper + lower;
    if (letters == 0) {
      return digits == 0 ? PUNCTUATION : others == 0 ? DIGITS : NUMBER;
    }
    if (digits > 0) {
      return ALPHANUMERIC;
    }
    if (others > 0) {
      return LETTERS_PUNCTUATION;
    }
    if (upper == 0) {
      return LOWER;
    }
    if (lower == 0) {
      return upper == 1 ? SINGLE_UPPER : UPPER;
    }
    return firstUpper && upper == 1 ? CAPITALIZED : MIXED;
  }
}
