package io.github.rnnotator.train;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.dataformat.yaml.YAMLFactory;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.eval.pairs.PairMeasure;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.transducer.DecoderConfig;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.SymbolVectors;
import io.github.rnnotator.tagger.transducer.TransducerConfig;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.train.source.CrossViewConfig;
import io.github.rnnotator.train.source.SourceConfig;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * What transducer to train and how: a configuration with {@code input: {format: pairs}}.
 *
 * @param transducer the architecture
 * @param training its training settings; those for taggers alone must be 0
 * @param measure the dev score that selects the epoch to keep
 */
public record PairRecipe(
    TransducerConfig transducer, TrainingConfig training, PairMeasure measure) {
  private static final RecipeReader<PairRecipe> READER =
      new RecipeReader<>(
          TransducerFile.mapper(
              new YAMLFactory().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION),
              TrainingConfig.defaults(),
              CrossViewConfig.defaults(),
              SourceConfig.defaults()),
          PairRecipe.class,
          "input, encoder and decoder");

  /** The keys of the file. */
  private record Keys(
      @Nullable PairFormat input,
      @Nullable SymbolVectors embed,
      @Nullable List<EncoderLayer> encoder,
      @Nullable DecoderConfig decoder,
      @Nullable SearchConfig search,
      @Nullable PairMeasure measure,
      @Nullable TrainingConfig train) {}

  /** Checks that the training has no settings for taggers. */
  public PairRecipe {
    if (training.recurrentDropout() > 0
        || training.replaceMentions() > 0
        || training.varyCase() > 0
        || training.languageModel() > 0) {
      throw new IllegalArgumentException(
          "train.recurrent_dropout, train.replace_mentions, train.vary_case and"
              + " train.language_model are for taggers, expected 0 with pairs");
    }
    if (training.crossView().hasText()) {
      throw new IllegalArgumentException("train.cross_view is for taggers, not for pairs");
    }
    if (!training.sources().isEmpty()) {
      throw new IllegalArgumentException("train.sources is for taggers, not for pairs");
    }
  }

  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static PairRecipe of(Keys keys) {
    if (keys.input() == null || keys.encoder() == null || keys.decoder() == null) {
      throw new IllegalArgumentException(
          "a configuration for pairs needs input, encoder and decoder");
    }
    return new PairRecipe(
        new TransducerConfig(
            keys.input(),
            keys.embed() == null ? SymbolVectors.defaults() : keys.embed(),
            keys.encoder(),
            keys.decoder(),
            keys.search() == null ? SearchConfig.defaults() : keys.search()),
        keys.train() == null ? TrainingConfig.defaults() : keys.train(),
        keys.measure() == null ? PairMeasure.EXACT : keys.measure());
  }

  /** Whether a configuration is for pairs; false if it can't be read. */
  public static boolean isFor(Path file) {
    return RecipeReader.format(file).equals(PairFormat.PAIRS);
  }

  /**
   * Reads a configuration.
   *
   * @param settings values to override, by dotted key ({@code train.rate}), in YAML
   * @throws InputException if it is not a valid configuration
   * @throws SettingException if one of the settings is not valid
   */
  public static PairRecipe read(Path file, Map<String, String> settings) throws IOException {
    return READER.read(file, settings);
  }

  /** Returns a copy with another seed. */
  public PairRecipe withSeed(long seed) {
    return new PairRecipe(transducer, training.seed(seed), measure);
  }
}
