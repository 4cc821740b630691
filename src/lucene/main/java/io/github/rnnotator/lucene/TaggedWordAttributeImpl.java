package io.github.rnnotator.lucene;

import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedToken;
import io.github.rnnotator.text.Token;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.lucene.util.AttributeImpl;
import org.apache.lucene.util.AttributeReflector;
import org.jspecify.annotations.Nullable;

/**
 * The implementation of {@link TaggedWordAttribute}, which Lucene finds by its name. Two are equal
 * if they hold the same word of the same sentence.
 */
public final class TaggedWordAttributeImpl extends AttributeImpl implements TaggedWordAttribute {
  private @Nullable TaggedToken word;
  private Map<String, TagScheme> schemes = Map.of();
  private boolean discardsPunctuation;

  /** Creates an empty attribute; called by Lucene. */
  public TaggedWordAttributeImpl() {}

  @Override
  public void setWord(
      TaggedToken word, Map<String, TagScheme> schemes, boolean discardsPunctuation) {
    this.word = word;
    this.schemes = schemes;
    this.discardsPunctuation = discardsPunctuation;
  }

  @Override
  public @Nullable TaggedToken word() {
    return word;
  }

  @Override
  public Map<String, TagScheme> schemes() {
    return schemes;
  }

  @Override
  public List<Token> wordsTo(int end) {
    if (word == null) {
      return List.of();
    }
    return word.sentence().sentence().tokens().subList(word.index(), end).stream()
        .filter(token -> !discardsPunctuation || !Punctuation.isPunctuation(token.form()))
        .toList();
  }

  @Override
  public void clear() {
    word = null;
    schemes = Map.of();
    discardsPunctuation = false;
  }

  @Override
  public void copyTo(AttributeImpl target) {
    TaggedWordAttributeImpl other = (TaggedWordAttributeImpl) target;
    other.word = word;
    other.schemes = schemes;
    other.discardsPunctuation = discardsPunctuation;
  }

  /** Shows the tags of the word, by head. */
  @Override
  public void reflectWith(AttributeReflector reflector) {
    Map<String, String> tags = new LinkedHashMap<>();
    if (word != null) {
      for (String head : word.sentence().tags().keySet()) {
        tags.put(head, word.tag(head));
      }
    }
    reflector.reflect(TaggedWordAttribute.class, "tags", tags);
  }

  @Override
  @SuppressWarnings("ReferenceEquality") // Comparing sentences token by token would be slow.
  public boolean equals(@Nullable Object other) {
    return other instanceof TaggedWordAttributeImpl that
        && (word == null || that.word == null
            ? word == that.word
            : word.sentence() == that.word.sentence() && word.index() == that.word.index());
  }

  @Override
  public int hashCode() {
    return word == null ? 0 : 31 * System.identityHashCode(word.sentence()) + word.index();
  }
}
