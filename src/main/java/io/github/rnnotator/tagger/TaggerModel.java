package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A trained tagger as data: its configuration, words, labels, weights and model card. Immutable
 * once trained, and safe to share between threads.
 *
 * @param config its shape
 * @param vocabularies its words and characters
 * @param labels the labels of each head
 * @param network its weights
 * @param card what a person should know of it, in Markdown: data, licence, scores, date, command
 */
public record TaggerModel(
    TaggerConfig config,
    Vocabularies vocabularies,
    Map<String, Labels> labels,
    Network network,
    String card) {
  /** Copies the labels, keeping their order. */
  public TaggerModel {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * How many weights a model has, counted without making them.
   *
   * @throws ArithmeticException if they are more than a {@code long} can count
   */
  public static long weights(
      TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    return WeightCount.of(config, vocabularies, labels);
  }

  /** A model with fresh weights and no card; the same seed gives the same weights. */
  public static TaggerModel create(
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      Network.Regularization dropout,
      long seed) {
    return new TaggerModel(
        config, vocabularies, labels, new Network(config, vocabularies, labels, dropout, seed), "");
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if the file is broken or no model
   */
  public static TaggerModel load(Path file) throws IOException {
    return ModelFile.read(file);
  }

  /** The same model with another card. */
  public TaggerModel withCard(String card) {
    return new TaggerModel(config, vocabularies, labels, network, card);
  }

  /** The scheme of each head with chunk tags, as in the files that it was trained on. */
  public Map<String, TagScheme> schemes() {
    Map<String, TagScheme> schemes = new LinkedHashMap<>();
    labels.forEach(
        (head, l) -> {
          if (l.outside() != null) {
            schemes.put(head, l.outside());
          }
        });
    return schemes;
  }

  /** For each head its tags, or the types of its mentions where they are chunk tags. */
  public Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    labels.forEach((head, l) -> kinds.put(head, l.kinds()));
    return kinds;
  }

  /** Whether this word stood in the training data often enough to have a vector of its own. */
  public boolean knows(String form) {
    return config.embed().words() != null
        && vocabularies.words().contains(config.embed().words().normalize(form));
  }

  /**
   * Checks that the model gives tags to tokens.
   *
   * @throws IllegalArgumentException if it gives labels to whole texts
   */
  public void requireTags() {
    if (config.labelsTexts()) {
      throw new IllegalArgumentException(
          "the model tags no tokens, but gives a whole text one label (head "
              + String.join(", ", labels.keySet())
              + "); use rnnotator classify");
    }
  }

  /**
   * Checks that the model gives labels to whole texts.
   *
   * @throws IllegalArgumentException if it gives tags to tokens
   */
  public void requireLabels() {
    if (!config.labelsTexts()) {
      throw new IllegalArgumentException(
          "the model gives no labels to whole texts, but tags to tokens (head "
              + String.join(", ", labels.keySet())
              + "); use rnnotator tag");
    }
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }
}
