package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.head.CrossView;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.LanguageModel;
import io.github.rnnotator.nn.head.PooledHead;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.SplittableRandom;
import org.jspecify.annotations.Nullable;

/**
 * The layers of a tagger with their weights: token vectors, recurrent layers, heads. {@link
 * TrainingLoss} trains them and {@link Predictor} runs them. The weights may be read by any number
 * of threads while they do not change.
 *
 * @param embed encodes tokens as vectors
 * @param firstLayer the encoder up to its first recurrent layer and the dropout after it; at
 *     inference its projection depends on single words
 * @param remainingLayers the rest of the encoder
 * @param heads the head of each name, in order
 * @param labels the labels of each head
 * @param morphemes of heads of lemmas, the head whose tags have a part for each morpheme
 * @param languageModel the auxiliary objective of {@code firstLayer}, in training only
 * @param crossViews those of each head on text without labels, in training only; none without
 *     cross-view training
 */
public record Network(
    TokenEncoder embed,
    Sequential firstLayer,
    Sequential remainingLayers,
    Map<String, Head> heads,
    Map<String, Labels> labels,
    Map<String, String> morphemes,
    @Nullable LanguageModel languageModel,
    Map<String, CrossView> crossViews) {
  /** Copies the maps, keeping their order. */
  public Network {
    crossViews = Collections.unmodifiableMap(new LinkedHashMap<>(crossViews));
    heads = Collections.unmodifiableMap(new LinkedHashMap<>(heads));
    labels = Collections.unmodifiableMap(new LinkedHashMap<>(labels));
    morphemes = Map.copyOf(morphemes);
  }

  /** Creates a network with fresh weights; the same seed gives the same weights. */
  public static Network create(
      TaggerConfig config,
      Vocabularies vocabularies,
      Map<String, Labels> labels,
      TrainingOptions options,
      long seed) {
    return new NetworkBuilder(config, vocabularies, labels, options, new SplittableRandom(seed))
        .build();
  }

  /** Creates a network whose weights are all to be read from a file. */
  static Network blank(TaggerConfig config, Vocabularies vocabularies, Map<String, Labels> labels) {
    return new NetworkBuilder(
            config, vocabularies, labels, TrainingOptions.NONE, Initializers.BLANK)
        .build();
  }

  /** Whether the heads label whole texts; if not, they tag tokens. */
  boolean labelsTexts() {
    return heads.values().stream().allMatch(PooledHead.class::isInstance);
  }

  /** Returns the labels of a head. */
  Labels labels(String head) {
    return Objects.requireNonNull(labels.get(head), () -> "no labels for head " + head);
  }

  /** Returns the weights of the tagger, in a fixed order. */
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(embed.parameters());
    all.addAll(firstLayer.parameters());
    all.addAll(remainingLayers.parameters());
    heads.values().forEach(head -> all.addAll(head.parameters()));
    return all;
  }

  /** Returns the weights that training updates: {@link #parameters} and those for training only. */
  public List<Parameter> trainedParameters() {
    List<Parameter> all = new ArrayList<>(parameters());
    if (languageModel != null) {
      all.addAll(languageModel.parameters());
    }
    crossViews.values().forEach(views -> all.addAll(views.parameters()));
    return all;
  }
}
