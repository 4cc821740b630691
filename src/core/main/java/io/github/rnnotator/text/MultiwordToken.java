package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;

/**
 * A multiword token of Universal Dependencies: written as one token, it stands for several words of
 * its sentence. English {@code don't} stands for {@code do} and {@code n't}, Portuguese {@code da}
 * for {@code de} and {@code a}. Immutable.
 *
 * @param form the token as written; never empty
 * @param words its words in the sentence; at least two
 * @param begin offset of its first character in the document, in UTF-16 units, from 0
 * @param end offset after its last character, in UTF-16 units
 */
public record MultiwordToken(String form, Span words, int begin, int end) {
  /**
   * Checks that the form is not empty, that there are at least two words, and that the offsets are
   * in order.
   */
  public MultiwordToken {
    Objects.requireNonNull(form, "form");
    if (form.isEmpty()) {
      throw new IllegalArgumentException("a multiword token's form must not be empty");
    }
    if (words.size() < 2) {
      throw new IllegalArgumentException(
          "multiword token '" + form + "' has one word, expected at least two");
    }
    if (begin < 0 || end < begin) {
      throw new IllegalArgumentException(
          "multiword token '" + form + "': offsets " + begin + " to " + end + " are not in order");
    }
  }

  /**
   * Returns the words of a multiword token with their offsets. If the words are the parts of the
   * token as written, each has the offsets of its part; otherwise each has those of the token:
   *
   * <pre>
   *   don't at 2    do 2 to 4, n't 4 to 7
   *   da at 2       de 2 to 4, a 2 to 4
   * </pre>
   *
   * @param form the token as written
   * @param begin the offset of its first character
   * @param wordForms the forms of its words
   */
  public static List<Token> words(String form, int begin, List<String> wordForms) {
    boolean parts = String.join("", wordForms).equals(form);
    List<Token> words = new ArrayList<>();
    int at = begin;
    for (String word : wordForms) {
      words.add(
          parts
              ? new Token(word, at, at + word.length())
              : new Token(word, begin, begin + form.length()));
      at += word.length();
    }
    return words;
  }
}
