package io.github.rnnotator.eval;

import io.github.rnnotator.formats.SentenceReader;
import io.github.rnnotator.formats.SentenceSource;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a tagger could memorize: the words and mentions of its training data. Held in memory,
 * without the sentences. Not thread-safe.
 */
public final class TrainingData {
  private final Set<String> chunkHeads;
  private final Set<String> words = new HashSet<>();
  private final Map<String, Map<String, Set<String>>> typesOfMentions = new HashMap<>();

  /**
   * Creates an object without data.
   *
   * @param chunkHeads the heads whose tags are chunk tags, in any scheme
   */
  public TrainingData(Set<String> chunkHeads) {
    this.chunkHeads = Set.copyOf(chunkHeads);
  }

  /**
   * Reads a file.
   *
   * @param chunkHeads the heads whose tags are chunk tags, in any scheme
   * @throws CorpusException if a head's tags are not chunk tags
   */
  public static TrainingData read(SentenceSource format, Path file, Set<String> chunkHeads)
      throws IOException {
    TrainingData training = new TrainingData(chunkHeads);
    try (SentenceReader reader = format.open(file)) {
      for (Optional<TaggedSentence> next = reader.read(); next.isPresent(); next = reader.read()) {
        TaggedSentence sentence = next.get();
        try {
          training.add(sentence);
        } catch (IllegalArgumentException e) {
          throw new CorpusException(
              sentence.origin().file(), sentence.origin().line(), String.valueOf(e.getMessage()));
        }
      }
    }
    return training;
  }

  /**
   * Adds a sentence; a head that it lacks adds nothing.
   *
   * @throws IllegalArgumentException if a head's tags are not chunk tags
   */
  public void add(TaggedSentence sentence) {
    words.addAll(sentence.sentence().forms());
    chunkHeads.forEach(
        head -> {
          if (sentence.tags().containsKey(head)) {
            Map<String, Set<String>> types =
                typesOfMentions.computeIfAbsent(head, name -> new HashMap<>());
            for (Mention mention : Chunks.lenient(sentence.tags(head).tags())) {
              types
                  .computeIfAbsent(words(sentence, mention), key -> new HashSet<>())
                  .add(mention.type());
            }
          }
        });
  }

  /** Returns whether a form, as written, occurs in the data. */
  public boolean knows(String form) {
    return words.contains(form);
  }

  /** Returns whether the words of this mention were one of the head's mentions in the data. */
  Novelty novelty(String head, TaggedSentence sentence, Mention mention) {
    Set<String> types =
        typesOfMentions
            .getOrDefault(head, Map.of())
            .getOrDefault(words(sentence, mention), Set.of());
    if (types.contains(mention.type())) {
      return Novelty.SEEN;
    }
    return types.isEmpty() ? Novelty.UNSEEN : Novelty.OTHER_TYPE;
  }

  /** No format has tokens with a line feed. */
  private static String words(TaggedSentence sentence, Mention mention) {
    return String.join(
        "\n", sentence.sentence().forms().subList(mention.span().begin(), mention.span().end()));
  }
}
