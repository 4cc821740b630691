package io.github.rnnotator.tagger;

import io.github.rnnotator.text.TaggedSentence;
import java.util.List;

/**
 * The groups of one training step, or of a part of one.
 *
 * @param groups at least one
 */
public record TrainingBatch(List<Group> groups) {
  /** Copies the groups. */
  public TrainingBatch {
    groups = List.copyOf(groups);
  }

  /** Returns the sentences of all groups. */
  public List<TaggedSentence> sentences() {
    return groups.stream().flatMap(group -> group.sentences().stream()).toList();
  }

  /** Returns the number of tokens, without separators. */
  public int tokens() {
    return groups.stream().mapToInt(Group::tokens).sum();
  }
}
