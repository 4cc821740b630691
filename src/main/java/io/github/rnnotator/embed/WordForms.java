package io.github.rnnotator.embed;

import java.util.Locale;

/** Spellings that stand for several: what words are looked up by. */
final class WordForms {
  private WordForms() {}

  /** In lower case, whatever the machine's language. */
  static String lower(String form) {
    return form.toLowerCase(Locale.ROOT);
  }

  /** With 0 for every digit 1 to 9. */
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
