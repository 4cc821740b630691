package io.github.rnnotator.embed;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import org.jspecify.annotations.Nullable;

/**
 * The words and characters of a training corpus, and pretrained word vectors.
 *
 * @param words normalized words
 * @param characters single code points
 * @param vectors pretrained vectors, or null for none
 */
public record Vocabularies(Vocabulary words, Vocabulary characters, @Nullable WordVectors vectors) {
  /** Creates vocabularies without pretrained vectors. */
  public Vocabularies(Vocabulary words, Vocabulary characters) {
    this(words, characters, null);
  }

  /** Returns a copy with these pretrained vectors. */
  public Vocabularies with(@Nullable WordVectors vectors) {
    return new Vocabularies(words, characters, vectors);
  }

  /** The same with the words and characters of others after its own; the vectors are its own. */
  public Vocabularies extended(Vocabularies more) {
    return new Vocabularies(
        words.extended(more.words), characters.extended(more.characters), vectors);
  }

  /** Counts the words and characters of these sentences. */
  public static Vocabularies of(Iterable<Sentence> sentences, EmbedConfig config) {
    Vocabulary.Counter words = new Vocabulary.Counter();
    Vocabulary.Counter characters = new Vocabulary.Counter();
    for (Sentence sentence : sentences) {
      for (String form : sentence.forms()) {
        if (config.words() != null) {
          words.add(config.words().normalize(form));
        }
        if (config.characters() != null) {
          LookupForm.of(form).codePoints().forEach(c -> characters.add(Character.toString(c)));
        }
      }
    }
    return new Vocabularies(
        words.toVocabulary(config.words() == null ? 1 : config.words().minCount()),
        // Dropping singletons gives the unknown character training examples.
        characters.toVocabulary(2));
  }
}
