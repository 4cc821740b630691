package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Map;

/** Decodes the mentions of a sentence to be written. */
public final class Mentions {
  private Mentions() {}

  /**
   * The mentions of one head.
   *
   * @throws CorpusException if the head's tags are not tags of the scheme
   */
  public static List<Mention> of(TaggedSentence sentence, String head, TagScheme scheme)
      throws CorpusException {
    try {
      return sentence.mentions(head, scheme);
    } catch (IllegalArgumentException e) {
      throw Utf8Output.refusal(
          sentence, "has no mentions for head '" + head + "': " + e.getMessage());
    }
  }

  /** The number of mentions of a document in all heads with a scheme. */
  public static long count(Document document, Map<String, TagScheme> schemes) {
    long mentions = 0;
    for (TaggedSentence sentence : document.sentences()) {
      mentions += count(sentence, schemes);
    }
    return mentions;
  }

  /** The number of mentions of a sentence in all heads with a scheme whose tags are legal. */
  public static long count(TaggedSentence sentence, Map<String, TagScheme> schemes) {
    long mentions = 0;
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      TagScheme scheme = schemes.get(head.getKey());
      if (scheme != null && head.getValue().tags().stream().allMatch(scheme::isTag)) {
        mentions += scheme.mentions(head.getValue().tags()).size();
      }
    }
    return mentions;
  }
}
