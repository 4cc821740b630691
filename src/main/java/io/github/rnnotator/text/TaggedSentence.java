package io.github.rnnotator.text;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * A sentence with its tags: one sequence of tags for each head ({@code upos}, {@code ner}, ...), as
 * read from a corpus or as given by a tagger. Immutable.
 *
 * @param sentence the tokens
 * @param tags head name to the tags of that head, in the order of the heads; each as long as the
 *     sentence
 */
public record TaggedSentence(Sentence sentence, Map<String, TagSequence> tags) {
  /**
   * Copies the map, keeping its order, and checks that each sequence is as long as the sentence.
   */
  public TaggedSentence {
    tags = Collections.unmodifiableMap(new LinkedHashMap<>(tags));
    for (Map.Entry<String, TagSequence> entry : tags.entrySet()) {
      if (entry.getValue().size() != sentence.size()) {
        throw new IllegalArgumentException(
            "head '"
                + entry.getKey()
                + "' has "
                + entry.getValue().size()
                + " tags for "
                + sentence.size()
                + " tokens");
      }
    }
  }

  /** A sentence without tags. */
  public static TaggedSentence untagged(Sentence sentence) {
    return new TaggedSentence(sentence, Map.of());
  }

  /** The number of tokens. */
  public int size() {
    return sentence.size();
  }

  /**
   * The tags of one head.
   *
   * @throws IllegalArgumentException if the sentence has no such head
   */
  public TagSequence tags(String head) {
    TagSequence sequence = tags.get(head);
    if (sequence == null) {
      throw new IllegalArgumentException("no tags for head '" + head + "', only " + tags.keySet());
    }
    return sequence;
  }
}
