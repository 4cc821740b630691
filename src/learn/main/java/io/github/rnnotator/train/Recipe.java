package io.github.rnnotator.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.CorpusLabels;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.train.source.CrossViewConfig;
import io.github.rnnotator.train.source.SourceConfig;
import io.github.rnnotator.train.source.SourceReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What to train and how: a training configuration, which users write as a YAML file.
 *
 * <pre>{@code
 * Recipe recipe = Recipe.read(Path.of("pos.yaml"));
 * Split data = Split.holdOut(recipe.corpus(Path.of("train.conllu")));
 * TaggerModel model = Training.of(recipe, data).run().model();
 * }</pre>
 *
 * @param tagger the tagger's architecture
 * @param training its training settings
 * @param segment the segmenter to train with it, or null for none
 * @param pretrained the layers to begin with, or null for fresh ones
 * @param auxiliary heads that only help to train the others, and are not in the model: such as tags
 *     of another corpus, by other rules
 */
public record Recipe(
    TaggerConfig tagger,
    TrainingConfig training,
    @Nullable SegmentConfig segment,
    @Nullable PretrainedLayers pretrained,
    List<String> auxiliary) {
  private static final ObjectMapper YAML =
      ConfigJson.mapper(
          new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION),
          TrainingConfig.defaults(),
          CrossViewConfig.defaults(),
          SourceConfig.defaults(),
          SegmentConfig.defaults());

  private static final RecipeReader<Recipe> READER =
      new RecipeReader<>(YAML, Recipe.class, "input, embed, encoder and heads");

  /** Copies the list and checks that its heads exist, and that others remain. */
  public Recipe {
    auxiliary = List.copyOf(auxiliary);
    if (!tagger.heads().keySet().containsAll(auxiliary)
        || auxiliary.containsAll(tagger.heads().keySet())) {
      throw new IllegalArgumentException(
          "auxiliary is "
              + auxiliary
              + ", expected some, but not all, of the heads "
              + tagger.heads().keySet());
    }
    checkAgreement(tagger, auxiliary);
    if (!tagger.embed().columns().isEmpty()) {
      if (segment != null) {
        throw new IllegalArgumentException(
            "the configuration has segment and embed.columns, but raw text has no columns; remove"
                + " one");
      }
      if (training.crossView().hasText()) {
        throw new IllegalArgumentException(
            "the configuration has train.cross_view with raw text and embed.columns, but raw text"
                + " has no columns; remove one");
      }
    }
  }

  /** A head of the model can't rely on one that only helps to train it. */
  private static void checkAgreement(TaggerConfig tagger, List<String> auxiliary) {
    tagger
        .heads()
        .forEach(
            (name, head) -> {
              if (!auxiliary.contains(name)) {
                if (head.morphemes() != null) {
                  requireInModel(head.morphemes(), name + ".morphemes", auxiliary);
                }
                head.agree().forEach(other -> requireInModel(other, name + ".agree", auxiliary));
                if (Boolean.TRUE.equals(head.dictionary())) {
                  String tags = CorpusLabels.dictionaryTags(tagger);
                  requireInModel(tags, name + ".dictionary", auxiliary);
                }
              }
            });
  }

  private static void requireInModel(String head, String key, List<String> auxiliary) {
    if (auxiliary.contains(head)) {
      throw new IllegalArgumentException(
          "auxiliary has "
              + head
              + ", which heads."
              + key
              + " needs also for tagging; leave it out of one of them");
    }
  }

  /** The keys of the file. */
  private record Keys(
      @Nullable InputConfig input,
      @Nullable EmbedConfig embed,
      int group,
      @Nullable EncoderLayer context,
      @Nullable List<EncoderLayer> encoder,
      @Nullable Map<String, HeadConfig> heads,
      @Nullable TrainingConfig train,
      @Nullable SegmentConfig segment,
      @Nullable PretrainedLayers pretrained,
      @Nullable List<String> auxiliary,
      // For rnnotator pretrain, which may share the file.
      @Nullable JsonNode pretrain) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Recipe of(Keys keys) {
    InputConfig input = keys.input();
    if (input == null || keys.embed() == null || keys.encoder() == null || keys.heads() == null) {
      throw new IllegalArgumentException(
          "a configuration needs input, embed, encoder and heads (embed and encoder can be those of a"
              + " model: train --from)");
    }
    for (String head : keys.heads().keySet()) {
      if (!input.heads().containsKey(head)) {
        throw new IllegalArgumentException(
            "head '" + head + "' has no column in input.heads " + input.heads());
      }
    }
    requireCrf(keys.heads(), keys.train());
    return new Recipe(
        new TaggerConfig(
            input, keys.embed(), keys.group(), keys.context(), keys.encoder(), keys.heads()),
        keys.train() == null ? TrainingConfig.defaults() : keys.train(),
        keys.segment(),
        keys.pretrained(),
        keys.auxiliary() == null ? List.of() : keys.auxiliary());
  }

  private static void requireCrf(Map<String, HeadConfig> heads, @Nullable TrainingConfig training) {
    boolean partly =
        training != null && training.sources().stream().anyMatch(s -> s.annotates() != null);
    heads.forEach(
        (name, head) -> {
          if (partly && head.scheme() != null && head.kind() != HeadConfig.Kind.CRF) {
            throw new IllegalArgumentException(
                "train.sources has annotates, from which only heads of kind: crf can learn, not '"
                    + name
                    + "'");
          }
        });
  }

  /**
   * Reads a configuration.
   *
   * @throws InputException if it is not valid; the message names file, line and key
   */
  public static Recipe read(Path file) throws IOException {
    return read(file, Map.of());
  }

  /** Returns the file of pretrained layers, or null for none. */
  public @Nullable Path pretrainedFile() {
    return pretrained == null ? null : Path.of(pretrained.from());
  }

  /** Returns a copy with another seed. */
  public Recipe withSeed(long seed) {
    return new Recipe(tagger, training.seed(seed), segment, pretrained, auxiliary);
  }

  /**
   * Returns the recipe without its auxiliary heads, for a model that it made before, and without
   * the sources that have no other heads.
   */
  public Recipe withoutAuxiliary() {
    Map<String, HeadConfig> heads = new LinkedHashMap<>(tagger.heads());
    Map<String, String> columns = new LinkedHashMap<>(tagger.input().heads());
    heads.keySet().removeAll(auxiliary);
    columns.keySet().removeAll(auxiliary);
    List<SourceConfig> sources = new ArrayList<>();
    for (SourceConfig source : training.sources()) {
      SourceConfig rest = source.without(auxiliary);
      if (rest.heads() == null || !rest.heads().isEmpty()) {
        sources.add(rest);
      }
    }
    return new Recipe(
        tagger.heads(heads).input(tagger.input().heads(columns)),
        training.sources(sources),
        segment,
        pretrained,
        List.of());
  }

  /** Returns the recipe without some heads, with which others no longer agree. */
  public Recipe without(Set<String> left) {
    Map<String, HeadConfig> heads = new LinkedHashMap<>(tagger.heads());
    Map<String, String> columns = new LinkedHashMap<>(tagger.input().heads());
    heads.keySet().removeAll(left);
    columns.keySet().removeAll(left);
    heads.replaceAll(
        (name, head) ->
            head.agree(head.agree().stream().filter(other -> !left.contains(other)).toList()));
    TaggerConfig rest = tagger.heads(heads).input(tagger.input().heads(columns));
    return new Recipe(rest, training, segment, pretrained, auxiliary);
  }

  /**
   * Reads a file with gold tags in the format of this configuration.
   *
   * @throws InputException if the configuration names no format that exists
   */
  public GoldCorpus corpus(Path file) throws IOException {
    return GoldCorpus.read(Formats.of(tagger.input(), tagger.embed()), file, tagger.heads());
  }

  /**
   * Reads the sources of {@code train.sources}.
   *
   * @param train training data in the format of {@code input}, the first of the sources, or null
   * @param dev its dev data, or null
   * @throws InputException if a source is not as the configuration says
   */
  public Split sources(@Nullable Path train, @Nullable Path dev) throws IOException {
    if (train == null && dev != null) {
      throw new InputException(
          "--dev is the dev data of --train; give the dev data of a source in train.sources");
    }
    List<SourceConfig> sources = new ArrayList<>();
    if (train != null) {
      sources.add(SourceConfig.of(train, dev));
    }
    sources.addAll(training.sources());
    return new SourceReader(tagger, sources).read();
  }

  /**
   * Reads a configuration.
   *
   * @param settings values to override, by dotted key ({@code train.rate}), in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public static Recipe read(Path file, Map<String, String> settings) throws IOException {
    return READER.read(file, settings);
  }

  /**
   * Reads a configuration for a model that is trained further. Of {@code input}, {@code embed},
   * {@code encoder} (with {@code context}) and {@code heads}, those that it lacks are the model's,
   * and so are the language, and the scheme, parts, rank and (if those heads are there) the
   * agreement of heads that keep their name.
   *
   * @param settings values to override, by dotted key ({@code train.rate}), in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public static Recipe read(Path file, TaggerConfig model, Map<String, String> settings)
      throws IOException {
    return READER.read(file, tree -> complete(tree, YAML.valueToTree(model)), settings);
  }

  private static void complete(ObjectNode tree, ObjectNode model) {
    if (!tree.has("encoder")) {
      inherit(tree, model, "encoder", "context");
    }
    inherit(tree, model, "input", "embed", "heads");
    if (tree.get("input") instanceof ObjectNode input) {
      inherit(input, (ObjectNode) model.get("input"), "language");
    }
    if (tree.get("heads") instanceof ObjectNode heads) {
      for (Map.Entry<String, JsonNode> own : model.get("heads").properties()) {
        if (heads.get(own.getKey()) instanceof ObjectNode head
            && own.getValue().path("kind").asText().equalsIgnoreCase(head.path("kind").asText())) {
          inherit(head, (ObjectNode) own.getValue(), "scheme", "parts", "rank");
          if (names(heads).containsAll(texts(own.getValue().path("agree")))) {
            inherit(head, (ObjectNode) own.getValue(), "agree");
          }
        }
      }
    }
  }

  private static Set<String> names(ObjectNode node) {
    return node.properties().stream().map(Map.Entry::getKey).collect(Collectors.toSet());
  }

  private static List<String> texts(JsonNode array) {
    List<String> texts = new ArrayList<>();
    array.forEach(text -> texts.add(text.asText()));
    return texts;
  }

  /** Adds what a node lacks. */
  private static void inherit(ObjectNode node, ObjectNode model, String... keys) {
    for (String key : keys) {
      if (!node.has(key) && model.hasNonNull(key)) {
        node.set(key, model.get(key));
      }
    }
  }

  /**
   * Returns the configuration of a model with the default training.
   *
   * @param settings values to be replaced, as in {@link #read}
   * @throws SettingException if one of the settings is not valid
   */
  public static Recipe of(TaggerConfig tagger, Map<String, String> settings) throws IOException {
    ObjectNode tree = YAML.valueToTree(tagger);
    tree.putObject("train");
    return READER.of(tree, settings);
  }
}
