package io.github.rnnotator.lucene;

import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedToken;
import java.util.Map;
import org.apache.lucene.util.Attribute;
import org.jspecify.annotations.Nullable;

/**
 * The tagged word of the current token. {@link RnnotatorTokenizer} sets it, filters read it; it is
 * empty on tokens that a filter has added, such as names.
 */
public interface TaggedWordAttribute extends Attribute {
  /**
   * Sets the word.
   *
   * @param word the word, with offsets in the text that is indexed
   * @param schemes head name to the scheme of its tags, of heads with chunk tags
   */
  void setWord(TaggedToken word, Map<String, TagScheme> schemes);

  /** Returns the word, or null if the token is not a word of the text. */
  @Nullable TaggedToken word();

  /** Returns head name to the scheme of its tags, of heads with chunk tags. */
  Map<String, TagScheme> schemes();

  /**
   * Returns the tag that a head gives to the word, or null if the token is not a word of the text.
   *
   * @param head the head's name, such as {@code upos}
   * @throws IllegalArgumentException if the model has no such head
   */
  default @Nullable String tag(String head) {
    TaggedToken word = word();
    return word == null ? null : word.tag(head);
  }
}
