package io.github.rnnotator.text;

import java.util.Arrays;
import java.util.List;

/**
 * One tag per token of a sentence, with probabilities where known. Immutable.
 *
 * @param tags one per token
 * @param probabilities one per token, in 0..1, or empty where not known (gold tags)
 */
public record TagSequence(List<String> tags, List<Float> probabilities) {
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
