package io.github.rnnotator.data.survey;

import io.github.rnnotator.text.TagScheme;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What a column of a file holds.
 *
 * @param name as a recipe names it: {@code form}, {@code upos}, {@code misc:NER}; {@code _} for one
 *     to be ignored
 * @param head the head that learns it, such as {@code ner}; empty if none can
 * @param role what it holds
 * @param scheme the tag scheme of {@link Role#CHUNKS}, else null
 * @param values how often each tag, type or value occurs, the most frequent first
 */
public record SurveyedColumn(
    String name, String head, Role role, @Nullable TagScheme scheme, Map<String, Integer> values) {
  /** What a column can hold. */
  public enum Role {
    /** Numbers of tokens, from 1 in each sentence. */
    NUMBERS,
    /** Forms. */
    FORMS,
    /** One tag per token. */
    TAGS,
    /** Names or chunks. */
    CHUNKS,
    /** Features of Universal Dependencies. */
    FEATURES,
    /** Lemmas. */
    LEMMAS,
    /** The same value everywhere, or too many to be tags. */
    OTHER
  }

  /** Whether a head can learn it. */
  public boolean isLearnable() {
    return !head.isEmpty();
  }
}
