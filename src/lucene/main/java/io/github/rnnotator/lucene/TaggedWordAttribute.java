package io.github.rnnotator.lucene;

import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedToken;
import io.github.rnnotator.text.Token;
import java.util.List;
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
   * @param discardsPunctuation whether words of punctuation alone are not in the stream
   */
  void setWord(TaggedToken word, Map<String, TagScheme> schemes, boolean discardsPunctuation);

  /** Returns the word, or null if the token is not a word of the text. */
  @Nullable TaggedToken word();

  /** Returns head name to the scheme of its tags, of heads with chunk tags. */
  Map<String, TagScheme> schemes();

  /**
   * Returns the words of the sentence from this one to another that have a position in the stream:
   * all, or all except punctuation. Empty if the token is not a word of the text.
   *
   * @param end the index in the sentence after the last of them
   */
  List<Token> wordsTo(int end);

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
