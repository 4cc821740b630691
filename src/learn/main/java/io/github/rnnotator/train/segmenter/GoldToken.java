package io.github.rnnotator.train.segmenter;

/**
 * A token of a gold text.
 *
 * @param form as written
 * @param multiword whether it stands for several words
 * @param gap what follows it
 */
record GoldToken(String form, boolean multiword, Gap gap) {
  /** Creates a token of one word, with a space after it. */
  static GoldToken of(String form) {
    return new GoldToken(form, false, Gap.SPACE);
  }

  /** Creates a token of one word that the next one touches. */
  static GoldToken touching(String form) {
    return new GoldToken(form, false, Gap.NONE);
  }

  /** Returns a copy with something else after it. */
  GoldToken with(Gap other) {
    return new GoldToken(form, multiword, other);
  }

  /** Returns a copy with another form. */
  GoldToken with(String other) {
    return new GoldToken(other, multiword, gap);
  }

  /** Whether it begins with an upper-case letter. */
  boolean isCapitalized() {
    return Character.isUpperCase(form.codePointAt(0));
  }

  /** Whether only its first letter is in upper case, and others follow. */
  boolean isCapitalizedOnly() {
    return isCapitalized()
        && form.length() > 1
        && form.codePoints().skip(1).noneMatch(Character::isUpperCase);
  }

  /** Whether it begins with a letter that has an upper and a lower case. */
  boolean hasCase() {
    int first = form.codePointAt(0);
    return Character.toUpperCase(first) != Character.toLowerCase(first);
  }

  /** Whether it begins with a letter. */
  boolean isWord() {
    return Character.isLetter(form.codePointAt(0));
  }
}
