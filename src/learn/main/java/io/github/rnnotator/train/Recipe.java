package io.github.rnnotator.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonLocation;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.exc.InputCoercionException;
import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.exc.InvalidFormatException;
import com.fasterxml.jackson.databind.exc.MismatchedInputException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.exc.ValueInstantiationException;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rnnotator.data.Formats;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.text.Nearest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
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
 */
public record Recipe(
    TaggerConfig tagger, TrainingConfig training, @Nullable SegmentConfig segment) {
  private static final ObjectMapper YAML =
      ConfigJson.mapper(
          new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION),
          TrainingConfig.defaults(),
          SegmentConfig.defaults());

  /** In bytes. */
  private static final int LARGEST = 1 << 20;

  /** The keys of the file. */
  private record Keys(
      @Nullable InputConfig input,
      @Nullable EmbedConfig embed,
      int group,
      @Nullable EncoderLayer context,
      @Nullable List<EncoderLayer> encoder,
      @Nullable Map<String, HeadConfig> heads,
      @Nullable TrainingConfig train,
      @Nullable SegmentConfig segment) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Recipe of(Keys keys) {
    InputConfig input = keys.input();
    if (input == null || keys.embed() == null || keys.encoder() == null || keys.heads() == null) {
      throw new IllegalArgumentException("a configuration needs input, embed, encoder and heads");
    }
    for (String head : keys.heads().keySet()) {
      if (!input.heads().containsKey(head)) {
        throw new IllegalArgumentException(
            "head '" + head + "' has no column in input.heads " + input.heads());
      }
    }
    return new Recipe(
        new TaggerConfig(
            input, keys.embed(), keys.group(), keys.context(), keys.encoder(), keys.heads()),
        keys.train() == null ? TrainingConfig.defaults() : keys.train(),
        keys.segment());
  }

  /**
   * Reads a configuration.
   *
   * @throws InputException if it is not valid; the message names file, line and key
   */
  public static Recipe read(Path file) throws IOException {
    return read(file, Map.of());
  }

  /** Returns a copy with another seed. */
  public Recipe withSeed(long seed) {
    return new Recipe(tagger, training.seed(seed), segment);
  }

  /**
   * Reads a file with gold tags in the format of this configuration.
   *
   * @throws InputException if the configuration names no format that exists
   */
  public GoldCorpus corpus(Path file) throws IOException {
    return GoldCorpus.read(Formats.of(tagger.input()), file, tagger.heads());
  }

  /**
   * Reads a configuration.
   *
   * @param settings values to override, by dotted key ({@code train.rate}), in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public static Recipe read(Path file, Map<String, String> settings) throws IOException {
    String text;
    if (Files.isDirectory(file)) {
      throw new InputException(file + ": a folder, expected a file");
    }
    if (Files.size(file) > LARGEST) {
      throw new InputException(
          file + ": more than " + (LARGEST >> 20) + " MiB, which is not a configuration");
    }
    try {
      text = Files.readString(file, StandardCharsets.UTF_8);
    } catch (java.nio.charset.CharacterCodingException e) {
      throw new InputException(file + ": not UTF-8");
    }
    try {
      JsonNode tree = YAML.readTree(text);
      if (tree == null || !tree.isObject()) {
        throw new InputException(
            file + ": empty, expected a configuration with input, embed, encoder and heads");
      }
      // Parse the text first, since errors then have line numbers.
      Recipe config = YAML.readValue(text, Recipe.class);
      if (settings.isEmpty()) {
        return config;
      }
      for (Map.Entry<String, String> setting : settings.entrySet()) {
        set((ObjectNode) tree, setting.getKey(), value(setting));
      }
      try {
        return YAML.treeToValue(tree, Recipe.class);
      } catch (JsonProcessingException e) {
        throw new SettingException("", problem(e));
      }
    } catch (JsonProcessingException e) {
      throw new InputException(file + place(e.getLocation()) + ": " + problem(e));
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
    for (Map.Entry<String, String> setting : settings.entrySet()) {
      set(tree, setting.getKey(), value(setting));
    }
    try {
      return YAML.treeToValue(tree, Recipe.class);
    } catch (JsonProcessingException e) {
      throw new SettingException("", problem(e));
    }
  }

  private static JsonNode value(Map.Entry<String, String> setting) throws SettingException {
    try {
      return YAML.readTree(setting.getValue());
    } catch (JsonProcessingException e) {
      throw new SettingException(
          setting.getKey() + "=" + setting.getValue(),
          firstLine(e.getOriginalMessage()) + ", expected a value in YAML");
    }
  }

  private static void set(ObjectNode tree, String key, JsonNode value) throws SettingException {
    ObjectNode node = tree;
    String[] parts = key.split("\\.");
    for (int i = 0; i < parts.length - 1; i++) {
      JsonNode child = node.path(parts[i]);
      if (child.isMissingNode() || child.isNull()) {
        child = node.putObject(parts[i]);
      }
      if (!(child instanceof ObjectNode object)) {
        throw new SettingException(key, parts[i] + " has no keys");
      }
      node = object;
    }
    node.set(parts[parts.length - 1], value);
  }

  private static String place(@Nullable JsonLocation location) {
    return location == null || location.getLineNr() < 1
        ? ""
        : ":" + location.getLineNr() + ":" + location.getColumnNr();
  }

  private static String problem(JsonProcessingException e) {
    if (e instanceof UnrecognizedPropertyException unknown) {
      Collection<Object> known =
          Objects.requireNonNullElse(unknown.getKnownPropertyIds(), List.of());
      return "unknown key '"
          + unknown.getPropertyName()
          + "'"
          + nearest(unknown.getPropertyName(), known)
          + "; known here: "
          + known.stream().map(String::valueOf).sorted().collect(Collectors.joining(", "));
    }
    if (e instanceof InvalidFormatException invalid) {
      Class<?> type = invalid.getTargetType();
      Object[] constants = type.isEnum() ? type.getEnumConstants() : new Object[0];
      String expected =
          constants.length == 0
              ? type.getSimpleName()
              : java.util.Arrays.stream(constants)
                  .map(c -> c.toString().toLowerCase(Locale.ROOT))
                  .collect(Collectors.joining(", "));
      return path(invalid) + " is '" + invalid.getValue() + "', expected " + expected;
    }
    if (e instanceof ValueInstantiationException invalid && invalid.getCause() != null) {
      return String.valueOf(invalid.getCause().getMessage());
    }
    if (e instanceof JsonMappingException mapping) {
      if (mapping.getCause() instanceof InputCoercionException number) {
        String type = number.getTargetType().getSimpleName();
        return path(mapping) + " is a number beyond any range, expected " + type;
      }
      if (mapping instanceof MismatchedInputException mismatch
          && mismatch.getTargetType() != null) {
        return path(mapping)
            + " is another kind of value, expected "
            + mismatch.getTargetType().getSimpleName();
      }
      return path(mapping) + ": " + firstLine(mapping.getOriginalMessage());
    }
    return "broken YAML: " + firstLine(e.getOriginalMessage());
  }

  private static String path(JsonMappingException e) {
    return e.getPath().stream()
        .map(r -> r.getFieldName() == null ? Integer.toString(r.getIndex()) : r.getFieldName())
        .collect(Collectors.joining("."));
  }

  private static String firstLine(@Nullable String text) {
    return text == null ? "" : text.lines().findFirst().orElse("");
  }

  private static String nearest(String key, Collection<Object> known) {
    return Nearest.to(key, known.stream().map(String::valueOf).toList())
        .map(candidate -> ", did you mean '" + candidate + "'?")
        .orElse("");
  }
}
