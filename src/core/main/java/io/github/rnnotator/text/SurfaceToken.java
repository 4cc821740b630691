package io.github.rnnotator.text;

/**
 * A token as written: a multiword token, or a word outside of one. Immutable.
 *
 * @param form the token as written
 * @param words its words in the sentence
 * @param begin offset of its first character in the document, in UTF-16 units, from 0
 * @param end offset after its last character, in UTF-16 units
 * @see Sentence#surface()
 */
public record SurfaceToken(String form, Span words, int begin, int end) {
  /** Whether it is a multiword token, whose words have forms of their own. */
  public boolean isMultiword() {
    return words.size() > 1;
  }
}
