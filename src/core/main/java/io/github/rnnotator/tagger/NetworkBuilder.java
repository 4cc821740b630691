package io.github.rnnotator.tagger;

import io.github.rnnotator.embed.TokenEncoder;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.Dropout;
import io.github.rnnotator.nn.GlobalAveragePooling;
import io.github.rnnotator.nn.GlobalContext;
import io.github.rnnotator.nn.GlobalMaxPooling;
import io.github.rnnotator.nn.LastStates;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.nn.head.CrfHead;
import io.github.rnnotator.nn.head.CrossView;
import io.github.rnnotator.nn.head.Head;
import io.github.rnnotator.nn.head.LanguageModel;
import io.github.rnnotator.nn.head.PooledHead;
import io.github.rnnotator.nn.head.SoftmaxHead;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Builds the layers of a configuration. Weights are drawn from the bottom up, so that one seed
 * gives one network.
 *
 * @param random draws the initial weights
 */
record NetworkBuilder(
    TaggerConfig config,
    Vocabularies vocabularies,
    Map<String, Labels> labels,
    TrainingOptions options,
    RandomGenerator random) {
  /** The number of words that the language model distinguishes; it merges all rarer ones. */
  private static final int LANGUAGE_MODEL_WORDS = 5000;

  Network build() {
    TokenEncoder embed =
        new TokenEncoder(
            config.embed(),
            vocabularies,
            options.characterDropout(),
            options.wordDropout(),
            random);
    Sequential firstLayer = layers(embed.outputDim(), firstLayer());
    Sequential remainingLayers = layers(firstLayer.outputDim(), remainingLayers());
    Map<String, Head> heads = new LinkedHashMap<>();
    config
        .heads()
        .forEach((name, head) -> heads.put(name, head(name, head, remainingLayers.outputDim())));
    return new Network(
        embed,
        firstLayer,
        remainingLayers,
        heads,
        labels,
        config.morphemes(),
        options.languageModel() == 0 ? null : languageModel(),
        options.crossView() == 0 ? Map.of() : crossViews());
  }

  /** The specifications of both parts name their layers themselves. */
  private Sequential layers(int inputDim, List<LayerSpec> specs) {
    return Sequential.build("", inputDim, specs, random);
  }

  private List<LayerSpec> firstLayer() {
    List<LayerSpec> specs = new ArrayList<>();
    specs.add(config.context() == null ? dropout() : withContext(config.context()));
    if (!config.encoder().isEmpty()) {
      specs.add(layer(0));
      specs.add(dropout());
    }
    return specs;
  }

  private List<LayerSpec> remainingLayers() {
    List<LayerSpec> specs = new ArrayList<>();
    for (int i = 1; i < config.encoder().size(); i++) {
      specs.add(layer(i));
      specs.add(dropout());
    }
    return specs;
  }

  private LayerSpec dropout() {
    return new Dropout(options.dropout()).variational(true);
  }

  /** Returns layer {@code i} of the configuration, named by its index there. */
  private LayerSpec layer(int i) {
    return named("encoder." + i, config.encoder().get(i).spec(options.recurrentDropout()));
  }

  private LayerSpec withContext(EncoderLayer context) {
    LayerSpec encoder = stack(List.of(context.spec(options.recurrentDropout()), dropout()));
    return stack(List.of(dropout(), named("context", new GlobalContext(encoder))));
  }

  private static LayerSpec named(String name, LayerSpec spec) {
    return (ignored, dim, random) -> spec.build(name, dim, random);
  }

  private static LayerSpec stack(List<LayerSpec> specs) {
    return (name, dim, random) -> Sequential.build(name + ".", dim, specs, random);
  }

  private Head head(String name, HeadConfig head, int dim) {
    return switch (head.kind()) {
      case SOFTMAX, FEATS, LEMMA -> softmax(name, head, dim);
      case CRF ->
          CrfHead.build("heads." + name, dim, labels(name).constraints(), head.margin(), random);
      case DOCUMENT ->
          new PooledHead(pooling(head).build(name, dim, random), softmax(name, head, dim));
    };
  }

  private Head softmax(String name, HeadConfig head, int dim) {
    Labels labels = labels(name);
    if (!head.sharesParts()) {
      return (head.rank() == 0
              ? SoftmaxHead.build("heads." + name, dim, labels.size(), 0, random)
              : SoftmaxHead.factored("heads." + name, dim, head.rank(), labels.size(), random))
          .smoothing(head.smoothing());
    }
    LabelParts parts = LabelParts.of(head.kind(), labels.names());
    return SoftmaxHead.shared(
            "heads." + name, dim, head.rank(), parts.ofLabels(), parts.count(), random)
        .smoothing(head.smoothing());
  }

  private LayerSpec pooling(HeadConfig head) {
    return switch (Objects.requireNonNull(head.pooling())) {
      // The columns of the top layer's forward direction come first.
      case LAST -> new LastStates(config.encoder().get(config.encoder().size() - 1).hidden());
      case MAX -> new GlobalMaxPooling();
      case MEAN -> new GlobalAveragePooling();
    };
  }

  private Labels labels(String head) {
    return Objects.requireNonNull(labels.get(head), () -> "no labels for head " + head);
  }

  /** Builds the views of all heads but those of lemmas, whose labels depend on the form. */
  private Map<String, CrossView> crossViews() {
    if (config.labelsTexts() || !isPlainBidirectional(config)) {
      throw new IllegalArgumentException(
          "train.cross_view is set, but it needs heads of tokens and a first layer of the encoder"
              + " that is bidirectional and neither residual nor dense");
    }
    Map<String, CrossView> views = new LinkedHashMap<>();
    int hidden = config.encoder().get(0).hidden();
    config
        .heads()
        .forEach(
            (name, head) -> {
              if (head.kind() != HeadConfig.Kind.LEMMA) {
                views.put(
                    name,
                    CrossView.build("cross_view." + name, hidden, labels(name).size(), random));
              }
            });
    return views;
  }

  private LanguageModel languageModel() {
    if (!canModelLanguage(config)) {
      throw new IllegalArgumentException(
          "train.language_model is set, but it needs embed.words and a first layer of the encoder"
              + " that is bidirectional and neither residual nor dense");
    }
    int words = Math.min(LANGUAGE_MODEL_WORDS, vocabularies.words().size());
    return LanguageModel.build("language_model", config.encoder().get(0).hidden(), words, random);
  }

  private static boolean canModelLanguage(TaggerConfig config) {
    return config.embed().words() != null && isPlainBidirectional(config);
  }

  /** Whether the states of the first layer are those of its two directions. */
  private static boolean isPlainBidirectional(TaggerConfig config) {
    if (config.encoder().isEmpty()) {
      return false;
    }
    EncoderLayer first = config.encoder().get(0);
    return first.bidirectional() != null && !first.residual() && !first.dense();
  }
}
