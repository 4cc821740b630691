package io.github.rnnotator.corpus;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;

/** Decodes the mentions of a sentence to be written. */
final class Mentions {
  private Mentions() {}

  /**
   * The mentions of one head.
   *
   * @throws CorpusException if the head's tags are not tags of the scheme
   */
  static List<Mention> of(TaggedSentence sentence, String head, TagScheme scheme)
      throws CorpusException {
    try {
      return scheme.mentions(sentence.tags(head).tags());
    } catch (IllegalArgumentException e) {
      throw Utf8Output.refusal(
          sentence, "has no mentions for head '" + head + "': " + e.getMessage());
    }
  }
}
