package io.github.rnnotator.pretrain;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.tagger.ConfigJson;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.pretrained.PretrainedConfig;
import io.github.rnnotator.train.RecipeReader;
import io.github.rnnotator.train.SettingException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * What layers to pretrain and how. It may be the recipe of a tagger, of which heads and training
 * are ignored, with a section {@code pretrain}.
 *
 * @param config the layers
 * @param words how the vocabulary of the text is made: the file of vectors with which it begins,
 *     the number of words to keep, and the count that they need
 * @param training the settings of pretraining
 */
public record PretrainRecipe(
    PretrainedConfig config, EmbedConfig.Words words, PretrainingConfig training) {
  private static final RecipeReader<PretrainRecipe> READER =
      new RecipeReader<>(
          ConfigJson.mapper(
              new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION),
              PretrainingConfig.defaults()),
          PretrainRecipe.class,
          "input, embed and encoder");

  /** The keys of the file; those of the tagger that is trained later may have any value. */
  private record Keys(
      @Nullable InputConfig input,
      @Nullable EmbedConfig embed,
      int group,
      @Nullable EncoderLayer context,
      @Nullable List<EncoderLayer> encoder,
      @Nullable JsonNode heads,
      @Nullable JsonNode train,
      @Nullable JsonNode segment,
      @Nullable JsonNode pretrained,
      @Nullable JsonNode auxiliary,
      @Nullable PretrainingConfig pretrain) {}

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static PretrainRecipe of(Keys keys) {
    if (keys.embed() == null || keys.encoder() == null || keys.encoder().isEmpty()) {
      throw new IllegalArgumentException(
          "a configuration for pretraining needs embed, and an encoder with a layer");
    }
    if (keys.context() != null) {
      throw new IllegalArgumentException(
          "context is set, which reads the words that pretraining predicts; leave it out");
    }
    InputConfig input = keys.input() == null ? InputConfig.defaults() : keys.input();
    PretrainedConfig config =
        new PretrainedConfig(input.language(), keys.embed(), keys.group(), keys.encoder().get(0));
    return new PretrainRecipe(
        config,
        Objects.requireNonNull(keys.embed().words()),
        keys.pretrain() == null ? PretrainingConfig.defaults() : keys.pretrain());
  }

  /**
   * Reads a configuration.
   *
   * @param settings values to override, by dotted key ({@code pretrain.rate}), in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public static PretrainRecipe read(Path file, Map<String, String> settings) throws IOException {
    return READER.read(file, settings);
  }

  /** Returns a copy with another seed. */
  public PretrainRecipe withSeed(long seed) {
    return new PretrainRecipe(config, words, training.seed(seed));
  }
}
