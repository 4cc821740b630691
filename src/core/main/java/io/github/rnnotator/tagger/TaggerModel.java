package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.text.LemmaDictionary;
import io.github.rnnotator.text.TagScheme;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A trained tagger as data: its configuration, words, labels, weights and model card. Immutable
 * once trained, and safe to share between threads.
 *
 * @param config its configuration
 * @param vocabularies its words and characters
 * @param labels the labels of each head
 * @param network its weights
 * @param segmenter finds sentences and words in raw text, or null if the model has none
 * @param card the model card, in Markdown: data, licence, scores, date, command
 */
public record TaggerModel(
    TaggerConfig config,
    Vocabularies vocabularies,
    Map<String, Labels> labels,
    Network network,
    @Nullable SegmenterModel segmenter,
    String card) {
  /** Copies the labels, keeping their order. */
  public TaggerModel {
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
  }

  /**
   * Counts the weights of a model without allocating them.
   *
   * @throws ArithmeticException if the count overflows a {@code long}
   */
  public static long weights(
      TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    return WeightCount.of(config, vocabularies, labels);
  }

  /** Creates a model with fresh weights and no card; the same seed gives the same weights. */
  public static TaggerModel create(
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      TrainingOptions options,
      long seed) {
    return new TaggerModel(
        config,
        vocabularies,
        labels,
        Network.create(config, vocabularies, labels, options, seed),
        null,
        "");
  }

  /**
   * Returns a model without some of its heads; the others tag as before, but no longer agree with
   * these.
   *
   * @throws IllegalArgumentException if the model lacks one of them, no head is left, or a head
   *     that is left needs one: lemmas may need parts of speech, for the dictionary or the number
   *     of morphemes
   */
  public TaggerModel without(Set<String> heads) {
    for (String head : heads) {
      if (!labels.containsKey(head)) {
        throw new IllegalArgumentException("no head '" + head + "', only " + labels.keySet());
      }
    }
    labels.forEach(
        (head, l) -> {
          LemmaDictionary dictionary = l.dictionary();
          if (dictionary != null && !heads.contains(head) && heads.contains(dictionary.tags())) {
            throw new IllegalArgumentException(
                "the dictionary of head %s has lemmas by form and %s; keep the head %s, or leave %s out, too"
                    .formatted(head, dictionary.tags(), dictionary.tags(), head));
          }
        });
    Map<String, HeadConfig> kept = new LinkedHashMap<>(config.heads());
    Map<String, String> columns = new LinkedHashMap<>(config.input().heads());
    Map<String, Labels> theirs = new LinkedHashMap<>(labels);
    for (Map<String, ?> byHead : List.of(kept, columns, theirs)) {
      byHead.keySet().removeAll(heads);
    }
    kept.forEach(
        (name, head) -> {
          if (!Collections.disjoint(head.agree(), heads)) {
            kept.put(name, head.agree(List.of()));
            theirs.computeIfPresent(name, (same, l) -> l.withCombinations(null));
          }
        });
    TaggerConfig rest = config.heads(kept).input(config.input().heads(columns));
    return withWeights(create(rest, vocabularies, theirs, TrainingOptions.NONE, 1));
  }

  /**
   * Returns a smaller model with the pretrained vectors of fewer words; words of the training data
   * with vectors of their own keep them.
   *
   * @param keep how many of the first, most frequent words keep theirs
   * @throws IllegalArgumentException if the model has no pretrained vectors
   */
  public TaggerModel withVectors(int keep) {
    WordVectors vectors = vocabularies.vectors();
    if (vectors == null) {
      throw new IllegalArgumentException("the model has no pretrained vectors");
    }
    WordVectors.Builder kept = new WordVectors.Builder(vectors.dim(), vectors.type());
    float[] vector = new float[vectors.dim()];
    for (int row = 0; row < Math.min(keep, vectors.size()); row++) {
      vectors.copy(row, vector, 0);
      kept.add(vectors.word(row), vector);
    }
    Vocabularies fewer = vocabularies.with(kept.build());
    return withWeights(create(config, fewer, labels, TrainingOptions.NONE, 1));
  }

  /** Gives a model of the same or fewer parts the weights, the segmenter and the card of this. */
  private TaggerModel withWeights(TaggerModel copy) {
    Map<String, Parameter> own = byName();
    for (Parameter target : copy.parameters()) {
      FMatrixRMaj source = Objects.requireNonNull(own.get(target.name())).value();
      System.arraycopy(source.data, 0, target.value().data, 0, target.size());
    }
    return copy.withSegmenter(segmenter).withCard(card);
  }

  private Map<String, Parameter> byName() {
    Map<String, Parameter> all = new LinkedHashMap<>();
    parameters().forEach(parameter -> all.put(parameter.name(), parameter));
    return all;
  }

  /**
   * Reads a model file.
   *
   * @throws ModelFormatException if the file is broken or no model
   */
  public static TaggerModel load(Path file) throws IOException {
    return ModelFile.read(file);
  }

  /** Returns the same model with another card. */
  public TaggerModel withCard(String card) {
    return new TaggerModel(config, vocabularies, labels, network, segmenter, card);
  }

  /** Returns the same model with another segmenter, or without one if null. */
  public TaggerModel withSegmenter(@Nullable SegmenterModel segmenter) {
    return new TaggerModel(config, vocabularies, labels, network, segmenter, card);
  }

  /** Returns the scheme of each head with chunk tags, as in its training files. */
  public Map<String, TagScheme> schemes() {
    Map<String, TagScheme> schemes = new LinkedHashMap<>();
    labels.forEach(
        (head, l) -> {
          if (l.fileScheme() != null) {
            schemes.put(head, l.fileScheme());
          }
        });
    return schemes;
  }

  /** Returns the tags of each head, or the types of its mentions if they are chunk tags. */
  public Map<String, List<String>> kinds() {
    Map<String, List<String>> kinds = new LinkedHashMap<>();
    labels.forEach((head, l) -> kinds.put(head, l.kinds()));
    return kinds;
  }

  /** Whether this word was frequent enough in the training data to have a vector of its own. */
  public boolean knows(String form) {
    return config.embed().words() != null
        && vocabularies.words().contains(config.embed().words().normalize(form));
  }

  /**
   * Checks that the model tags the tokens of any text.
   *
   * @throws IllegalArgumentException if it labels whole texts, or reads columns of a file
   */
  public void requireTags() {
    requireTokens();
    requireNoColumns();
  }

  /** The other columns of a file that the model reads ({@code embed.columns}), in order. */
  public List<String> columns() {
    return List.copyOf(config.embed().columns().keySet());
  }

  /**
   * Checks that the model reads nothing of a text but its tokens.
   *
   * @throws IllegalArgumentException if it reads other columns of a file as well
   */
  public void requireNoColumns() {
    if (!columns().isEmpty()) {
      throw new IllegalArgumentException(
          "the model reads the columns "
              + columns()
              + " of each token (embed.columns), which raw text lacks; tag CoNLL-U or a file of"
              + " columns with rnnotator tag");
    }
  }

  /**
   * Checks that the model tags tokens.
   *
   * @throws IllegalArgumentException if it labels whole texts
   */
  public void requireTokens() {
    if (config.labelsTexts()) {
      throw new IllegalArgumentException(
          "the model tags no tokens, but gives a whole text one label (head "
              + String.join(", ", labels.keySet())
              + "); use rnnotator classify");
    }
  }

  /**
   * Checks that the model labels whole texts.
   *
   * @throws IllegalArgumentException if it tags tokens
   */
  public void requireLabels() {
    if (!config.labelsTexts()) {
      throw new IllegalArgumentException(
          "the model gives no labels to whole texts, but tags to tokens (head "
              + String.join(", ", labels.keySet())
              + "); use rnnotator tag");
    }
  }

  /** Returns the weights, in a fixed order. */
  public List<Parameter> parameters() {
    return network.parameters();
  }
}
