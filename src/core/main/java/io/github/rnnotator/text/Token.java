package io.github.rnnotator.text;

import java.util.Objects;

/**
 * A token: its form and its offsets in the source text.
 *
 * @param form the token as written; never empty
 * @param begin offset of its first character in the document, in UTF-16 units, from 0
 * @param end offset after its last character, in UTF-16 units
 */
public record Token(String form, int begin, int end) {
  /** Checks that the form is not empty and that the offsets are in order. */
  public Token {
    Objects.requireNonNull(form, "form");
    if (form.isEmpty()) {
      throw new IllegalArgumentException("a token's form must not be empty");
    }
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "token '" + form + "': offsets " + begin + " to " + end + " are not in order");
    }
  }
}
