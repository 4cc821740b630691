package io.github.rnnotator.embed;

import io.github.rnnotator.text.Sentence;

/**
 * The words and characters of a training corpus.
 *
 * @param words normalized words
 * @param characters single code points
 */
public record Vocabularies(Vocabulary words, Vocabulary characters) {
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
          form.codePoints().forEach(c -> characters.add(Character.toString(c)));
        }
      }
    }
    return new Vocabularies(
        words.toVocabulary(config.words() == null ? 1 : config.words().minCount()),
        // A character that stands once teaches nothing, and leaves one to be unknown.
        characters.toVocabulary(2));
  }
}
