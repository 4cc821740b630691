package io.github.rnnotator.embed;

/** The shape of a word: case, digits and punctuation. */
public enum WordShape {
  /** Lower-case letters only: {@code house}; also scripts without case. */
  LOWER,
  /** An upper-case letter, then lower-case ones: {@code House}. */
  CAPITALIZED,
  /** A single upper-case letter: {@code I}. */
  SINGLE_UPPER,
  /** Upper-case letters only: {@code NATO}. */
  UPPER,
  /** Any other mix of upper and lower case: {@code eBay}. */
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

  /** The number of shapes. */
  public static int size() {
    return VALUES.length;
  }

  /** Returns the shape of a word. */
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
