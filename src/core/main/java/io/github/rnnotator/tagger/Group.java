package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;

/**
 * Consecutive sentences with gold tags that the network reads together, see {@link SentenceGroups};
 * or one whole text with gold labels.
 *
 * @param sentences at least one
 */
public record Group(List<TaggedSentence> sentences) {
  /** Copies the sentences. */
  public Group {
    sentences = List.copyOf(sentences);
  }

  /** Returns the number of tokens, without separators. */
  public int tokens() {
    return sentences.stream().mapToInt(TaggedSentence::size).sum();
  }

  /** Returns the sentences without their tags. */
  public List<Sentence> untagged() {
    return sentences.stream().map(TaggedSentence::sentence).toList();
  }
}
