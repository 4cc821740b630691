package io.github.rnnotator.embed;

import java.util.Locale;

/** Normalizes spellings for word lookup. */
final class WordForms {
  private WordForms() {}

  /** Converts to lower case, independent of the default locale. */
  static String lower(String form) {
    return form.toLowerCase(Locale.ROOT);
  }

  /** Replaces every digit 1 to 9 by 0. */
  static String zeros(String form) {
    StringBuilder zeros = null;
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      if (c >= '1' && c <= '9') {
        if (zeros == null) {
          zeros = new StringBuilder(form);
        }
        zeros.setCharAt(i, '0');
      }
    }
    return zeros == null ? form : zeros.toString();
  }
}
