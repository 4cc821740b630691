package io.github.rnnotator.lucene;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.SurfaceToken;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * How names become terms: {@code person:barack obama}. Immutable.
 *
 * @param head the head that finds them, such as {@code ner}
 * @param types type in the model to the prefix of the term ({@code PER} to {@code person}); names
 *     of other types are left out. Empty for all types, with the usual ones spelled out and the
 *     others in lower case.
 * @param lowerCase whether the name is in lower case
 */
public record NameTerms(String head, Map<String, String> types, boolean lowerCase) {
  /** The separator of type and name. */
  public static final char SEPARATOR = ':';

  private static final Map<String, String> USUAL =
      Map.of("PER", "person", "LOC", "location", "ORG", "organization");

  /** Copies the map. */
  public NameTerms {
    Objects.requireNonNull(head, "the head is null");
    Objects.requireNonNull(types, "the types are null");
    types = Map.copyOf(types);
  }

  /** The names of the head {@code ner}, of all types and in lower case. */
  public static NameTerms defaults() {
    return new NameTerms("ner", Map.of(), true);
  }

  /** Returns the same for another head. */
  public NameTerms head(String other) {
    return new NameTerms(other, types, lowerCase);
  }

  /** Returns the same with these types only, and these prefixes. */
  public NameTerms types(Map<String, String> other) {
    return new NameTerms(head, other, lowerCase);
  }

  /** Returns the same with names in lower case, or as written. */
  public NameTerms lowerCase(boolean other) {
    return new NameTerms(head, types, other);
  }

  /** Returns the prefix of a type, or null if its names are left out. */
  @Nullable String prefix(String type) {
    return types.isEmpty()
        ? USUAL.getOrDefault(type, type.toLowerCase(Locale.ROOT))
        : types.get(type);
  }

  /** Returns the name without particles, with one blank where the text has white space. */
  String name(Sentence sentence, Mention mention) {
    Span span = mention.span();
    StringBuilder name = new StringBuilder();
    int end = -1;
    for (SurfaceToken part : sentence.surfaceParts()) {
      if (part.words().begin() < span.end() && span.begin() < part.words().end()) {
        name.append(end >= 0 && end < part.begin() ? " " : "").append(part.form());
        end = part.end();
      }
    }
    name.setLength(name.length() - mention.tail(sentence).length());
    return lowerCase ? name.toString().toLowerCase(Locale.ROOT) : name.toString();
  }
}
