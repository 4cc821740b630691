package io.github.rnnotator.text;

import java.util.List;
import java.util.Objects;

/**
 * A token: its form and its offsets in the source text. A word of a {@link MultiwordToken} has a
 * form of its own, and the offsets of its part of that token or, if it is not a part, of the whole.
 *
 * @param form the token as written, or the word of a multiword token; never empty
 * @param begin offset of its first character in the document, in UTF-16 units, from 0
 * @param end offset after its last character, in UTF-16 units
 * @param inputs the values of other columns of its file that a model reads in addition to the form,
 *     such as a part of speech, in the order of the model's {@code embed.columns}; usually none
 */
public record Token(String form, int begin, int end, List<String> inputs) {
  /** Copies the list, and checks that the form is not empty and that the offsets are in order. */
  public Token {
    inputs = List.copyOf(inputs);
    Objects.requireNonNull(form, "form");
    if (form.isEmpty()) {
      throw new IllegalArgumentException("a token's form must not be empty");
    }
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "token '" + form + "': offsets " + begin + " to " + end + " are not in order");
    }
  }

  /** A token of which only the form is known. */
  public Token(String form, int begin, int end) {
    this(form, begin, end, List.of());
  }

  /** Returns a copy with these values of other columns. */
  public Token withInputs(List<String> inputs) {
    return new Token(form, begin, end, inputs);
  }
}
