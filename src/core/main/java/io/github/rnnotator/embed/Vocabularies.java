package io.github.rnnotator.embed;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The words and characters of a training corpus, and pretrained word vectors.
 *
 * @param words normalized words
 * @param characters single code points
 * @param vectors pretrained vectors, or null for none
 * @param columns the values of each other column that is read, in order
 */
public record Vocabularies(
    Vocabulary words,
    Vocabulary characters,
    @Nullable WordVectors vectors,
    Map<String, Vocabulary> columns) {
  /** Copies the map, keeping its order. */
  public Vocabularies {
    columns = Collections.unmodifiableMap(new LinkedHashMap<>(columns));
  }

  /** Creates vocabularies without other columns. */
  public Vocabularies(Vocabulary words, Vocabulary characters, @Nullable WordVectors vectors) {
    this(words, characters, vectors, Map.of());
  }

  /** Creates vocabularies without pretrained vectors. */
  public Vocabularies(Vocabulary words, Vocabulary characters) {
    this(words, characters, null);
  }

  /** Returns a copy with these pretrained vectors. */
  public Vocabularies with(@Nullable WordVectors vectors) {
    return new Vocabularies(words, characters, vectors, columns);
  }

  /** Returns the values of a column; none if it is not read. */
  public Vocabulary column(String name) {
    return columns.getOrDefault(name, new Vocabulary(List.of()));
  }

  /** Returns a copy with the entries of {@code more} appended; keeps these pretrained vectors. */
  public Vocabularies extended(Vocabularies more) {
    Map<String, Vocabulary> values = new LinkedHashMap<>(columns);
    more.columns.forEach((name, own) -> values.merge(name, own, Vocabulary::extended));
    return new Vocabularies(
        words.extended(more.words), characters.extended(more.characters), vectors, values);
  }

  /** Counts the words, characters and values of other columns of these sentences. */
  public static Vocabularies of(Iterable<Sentence> sentences, EmbedConfig config) {
    Vocabulary.Counter words = new Vocabulary.Counter();
    Vocabulary.Counter characters = new Vocabulary.Counter();
    List<String> names = List.copyOf(config.columns().keySet());
    List<Vocabulary.Counter> values = names.stream().map(n -> new Vocabulary.Counter()).toList();
    for (Sentence sentence : sentences) {
      for (String form : sentence.forms()) {
        if (config.words() != null) {
          words.add(config.words().normalize(form));
        }
        if (config.characters() != null) {
          LookupForm.of(form).codePoints().forEach(c -> characters.add(Character.toString(c)));
        }
      }
      for (Token token : sentence.tokens()) {
        // Group separators have no column values.
        for (int i = 0; i < token.inputs().size(); i++) {
          values.get(i).add(token.inputs().get(i));
        }
      }
    }
    Map<String, Vocabulary> columns = new LinkedHashMap<>();
    for (int i = 0; i < names.size(); i++) {
      columns.put(names.get(i), values.get(i).toVocabulary(1));
    }
    return new Vocabularies(
        words.toVocabulary(config.words() == null ? 1 : config.words().minCount()),
        // Dropping singletons gives the unknown character training examples.
        characters.toVocabulary(2),
        null,
        columns);
  }
}
