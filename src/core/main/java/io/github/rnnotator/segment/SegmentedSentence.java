package io.github.rnnotator.segment;

import io.github.rnnotator.text.Sentence;
import java.util.List;

/**
 * A sentence of raw text with the probabilities of its boundaries. Immutable.
 *
 * @param sentence its words with their offsets in the text
 * @param end the probability that it ends where it does; 1 where the text says so, and where rules
 *     decide
 * @param tokenEnds the probability of the end of each word's token, in {@code (0, 1]}; the words of
 *     a multiword token share it
 */
public record SegmentedSentence(Sentence sentence, float end, List<Float> tokenEnds) {
  /** Checks that there is one probability for each word. */
  public SegmentedSentence {
    tokenEnds = List.copyOf(tokenEnds);
    if (tokenEnds.size() != sentence.size()) {
      throw new IllegalArgumentException(
          tokenEnds.size() + " probabilities for " + sentence.size() + " words");
    }
  }
}
