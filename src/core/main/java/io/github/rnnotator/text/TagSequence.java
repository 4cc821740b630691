package io.github.rnnotator.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One tag per token of a sentence, with probabilities where known. Immutable.
 *
 * <p>A token may lack its tag: then {@link #MISSING} is in its place. Such a token is neither
 * learned from nor scored. {@code MISSING} is not written to files: readers convert {@code _} to it
 * where that marks a missing tag, and writers write {@code _}.
 *
 * @param tags a tag for each token, or {@link #MISSING}
 * @param probabilities one probability in 0..1 per token, or an empty list if unknown (gold tags)
 */
public record TagSequence(List<String> tags, List<Float> probabilities) {
  /** The value of a missing tag. */
  public static final String MISSING = "";

  /** Copies both lists and checks their sizes. */
  public TagSequence {
    tags = List.copyOf(tags);
    probabilities = List.copyOf(probabilities);
    if (!probabilities.isEmpty() && probabilities.size() != tags.size()) {
      throw new IllegalArgumentException(
          probabilities.size() + " probabilities for " + tags.size() + " tags");
    }
  }

  /** Tags without probabilities. */
  public static TagSequence of(List<String> tags) {
    return new TagSequence(tags, List.of());
  }

  /** Tags without probabilities. */
  public static TagSequence of(String... tags) {
    return of(Arrays.asList(tags));
  }

  /** A sequence of {@code size} missing tags. */
  public static TagSequence missing(int size) {
    return of(Collections.nCopies(size, MISSING));
  }

  /** Whether this is {@link #MISSING}. */
  public static boolean isMissing(String tag) {
    return tag.isEmpty();
  }

  /** Whether token {@code i}, from 0, has a tag. */
  public boolean has(int i) {
    return !isMissing(tags.get(i));
  }

  /** How many tokens have a tag. */
  public int labelled() {
    return (int) tags.stream().filter(tag -> !isMissing(tag)).count();
  }

  /** The number of tags. */
  public int size() {
    return tags.size();
  }

  /** The tag of token {@code i}, from 0. */
  public String tag(int i) {
    return tags.get(i);
  }

  /** Whether each tag has a probability. */
  public boolean hasProbabilities() {
    return !probabilities.isEmpty();
  }

  /**
   * The lowest probability of the tags of these tokens, which is how sure a mention of them is;
   * null if unknown.
   */
  public @Nullable Float lowestProbability(Span span) {
    return hasProbabilities()
        ? Collections.min(probabilities.subList(span.begin(), span.end()))
        : null;
  }
}
