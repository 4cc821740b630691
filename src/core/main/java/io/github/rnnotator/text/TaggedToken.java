package io.github.rnnotator.text;

import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * A token of a tagged sentence: its form, its offsets, and its tag of each head. Immutable.
 *
 * <pre>{@code
 * for (TaggedToken token : document.tokens())
 *   System.out.println(token.form() + " " + token.tag("upos"));
 * }</pre>
 *
 * @param sentence the sentence
 * @param index which of its tokens, from 0
 */
public record TaggedToken(TaggedSentence sentence, int index) {
  /** Checks that the sentence has such a token. */
  public TaggedToken {
    Objects.checkIndex(index, sentence.size());
  }

  /** The token without its tags. */
  public Token token() {
    return sentence.sentence().tokens().get(index);
  }

  /** The token as written, or the word of a multiword token. */
  public String form() {
    return token().form();
  }

  /** Offset of its first character in the document, in UTF-16 units, from 0. */
  public int begin() {
    return token().begin();
  }

  /** Offset after its last character, in UTF-16 units. */
  public int end() {
    return token().end();
  }

  /**
   * Its tag of one head; {@link TagSequence#MISSING} if a corpus gives it none.
   *
   * @param head the head's name, such as {@code upos}
   * @throws IllegalArgumentException if the sentence has no such head; the message names those it
   *     has
   */
  public String tag(String head) {
    return sentence.tags(head).tag(index);
  }

  /**
   * The probability of its tag of one head, in 0..1, or null if unknown (gold tags).
   *
   * @throws IllegalArgumentException if the sentence has no such head
   */
  public @Nullable Float probability(String head) {
    TagSequence tags = sentence.tags(head);
    return tags.hasProbabilities() ? tags.probabilities().get(index) : null;
  }

  /** The form and the tags, for reading. */
  @Override
  public String toString() {
    StringBuilder line = new StringBuilder(form());
    sentence.tags().forEach((head, tags) -> line.append(' ').append(tags.tag(index)));
    return line.toString();
  }
}
