package io.github.rnnotator.text;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * One tag per token of a sentence, with probabilities where known. Immutable.
 *
 * <p>A token may lack its tag: then {@link #MISSING} is in its place. Such a token teaches nothing
 * and is not scored. No file holds this value: a reader makes it of {@code _} where {@code _} marks
 * a missing tag, and a writer writes {@code _} for it.
 *
 * @param tags a tag for each token, or {@link #MISSING}
 * @param probabilities a probability in 0..1 a token, or none at all where they are not known (gold
 *     tags)
 */
public record TagSequence(List<String> tags, List<Float> probabilities) {
  /** In place of the tag of a token that has none. No tag is empty. */
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

  /** No tag for any of so many tokens. */
  public static TagSequence missing(int size) {
    return of(Collections.nCopies(size, MISSING));
  }

  /** Whether this is what is in place of a tag that is missing. */
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
}
