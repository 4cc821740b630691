package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Consecutive sentences with gold tags that the network reads together, see {@link SentenceGroups};
 * or one whole text with gold labels.
 *
 * @param sentences at least one
 * @param source the corpus that they are of
 */
public record Group(List<TaggedSentence> sentences, Source source) {
  /**
   * A corpus among those that a network learns from. Immutable.
   *
   * @param name distinguishes it from the others; empty if it is the only one
   * @param weight how often an epoch shows its sentences, more than 0
   * @param annotates the types of mentions that it annotates, sorted; null for all, none for text
   *     without labels. A token outside its mentions may be in a mention of any other type.
   */
  public record Source(String name, double weight, @Nullable Set<String> annotates) {
    /** The source of sentences that are all of one corpus. */
    public static final Source ONLY = new Source("", 1, null);

    /** Returns the source of text without labels. */
    public static Source unlabelled(double weight) {
      return new Source("unlabelled", weight, Set.of());
    }

    /** Whether it is text without labels, from which a network learns in other ways. */
    public boolean isUnlabelled() {
      return annotates != null && annotates.isEmpty();
    }

    /** Checks the weight and copies the types. */
    public Source {
      if (!(weight > 0 && weight < Double.POSITIVE_INFINITY)) {
        throw new IllegalArgumentException(
            "a source has weight " + weight + ", expected more than 0, and finite");
      }
      annotates = annotates == null ? null : Collections.unmodifiableSet(new TreeSet<>(annotates));
    }
  }

  /** Copies the sentences. */
  public Group {
    sentences = List.copyOf(sentences);
  }

  /** Creates a group of the only source. */
  public Group(List<TaggedSentence> sentences) {
    this(sentences, Source.ONLY);
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
