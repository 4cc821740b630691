package io.github.rnnotator.opennlp;

import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/**
 * Tags with one head, sentence by sentence, as OpenNLP does. Thread-safe; each thread has its own
 * last sentence.
 */
final class HeadTagger {
  private static final TagSequence NO_TAGS = TagSequence.of();

  private final Tagger tagger;
  private final String head;
  private final ThreadLocal<TagSequence> last = ThreadLocal.withInitial(() -> NO_TAGS);

  /**
   * Creates a tagger of one head.
   *
   * @throws IllegalArgumentException if the model has no such head, or labels whole texts
   */
  HeadTagger(Tagger tagger, String head) {
    Objects.requireNonNull(tagger, "the tagger is null");
    Objects.requireNonNull(head, "the head is null");
    tagger.model().requireTags();
    if (!tagger.model().labels().containsKey(head)) {
      throw new IllegalArgumentException(
          "the model has no head '" + head + "', only " + tagger.model().labels().keySet());
    }
    this.tagger = tagger;
    this.head = head;
  }

  Tagger tagger() {
    return tagger;
  }

  String head() {
    return head;
  }

  /** Tags each token of a sentence; one without tokens has no tags. */
  TagSequence tag(String[] tokens) {
    return tagged(tokens).map(sentence -> sentence.tags(head)).orElse(NO_TAGS);
  }

  /** Tags a sentence with all heads; empty if it has no tokens. */
  Optional<TaggedSentence> tagged(String[] tokens) {
    Optional<TaggedSentence> tagged =
        tokens.length == 0
            ? Optional.empty()
            : Optional.of(tagger.tag(List.of(OpenNlpTokens.sentence(tokens))).get(0));
    last.set(tagged.map(sentence -> sentence.tags(head)).orElse(NO_TAGS));
    return tagged;
  }

  /** Returns the probability of each tag of this thread's last sentence. */
  double[] lastProbabilities() {
    return last.get().probabilities().stream().mapToDouble(Float::doubleValue).toArray();
  }

  /** Forgets this thread's last sentence. */
  void clear() {
    last.remove();
  }
}
