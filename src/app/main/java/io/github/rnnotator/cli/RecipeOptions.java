package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PretrainedVectors;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.pretrain.PretrainRecipe;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.train.PairRecipe;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SettingException;
import io.github.rnnotator.train.TrainingConfig;
import io.github.rnnotator.train.source.SourceConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that trains. */
final class RecipeOptions {
  @Option(
      names = {"-c", "--config"},
      paramLabel = "CONFIG.yaml",
      description = "The network and how to train it.")
  private @Nullable Path config;

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Replaces a value of the configuration: --set train.rate=0.002")
  private Map<String, String> settings = new LinkedHashMap<>();

  @Option(names = "--seed", paramLabel = "N", description = "Replaces train.seed.")
  private @Nullable Long seed;

  @Option(
      names = "--threads",
      paramLabel = "N",
      description = "Threads; the result does not depend on it. Default: all cores.")
  private int threads = Runtime.getRuntime().availableProcessors();

  /** Reads the configuration and applies the options to it. */
  Recipe read() throws IOException {
    requireThreads();
    requireConfig();
    Recipe recipe = read(() -> Recipe.read(Objects.requireNonNull(config), settings));
    requireEpochs(recipe.training());
    return recipe;
  }

  private interface Reading {
    Recipe read() throws IOException;
  }

  private Recipe read(Reading reading) throws IOException {
    try {
      Recipe recipe = reading.read();
      return seed == null ? recipe : recipe.withSeed(seed);
    } catch (SettingException e) {
      throw refused(e);
    }
  }

  /** Whether the configuration is for pairs. */
  boolean isForPairs() {
    return config != null && PairRecipe.isFor(config);
  }

  /** Reads a configuration for pairs and applies the options to it. */
  PairRecipe readPairs() throws IOException {
    requireThreads();
    try {
      PairRecipe recipe = PairRecipe.read(Objects.requireNonNull(config), settings);
      requireEpochs(recipe.training());
      return seed == null ? recipe : recipe.withSeed(seed);
    } catch (SettingException e) {
      throw refused(e);
    }
  }

  /** Reads a configuration for pretraining and applies the options to it. */
  PretrainRecipe readPretraining() throws IOException {
    requireThreads();
    requireConfig();
    try {
      PretrainRecipe recipe = PretrainRecipe.read(Objects.requireNonNull(config), settings);
      return seed == null ? recipe : recipe.withSeed(seed);
    } catch (SettingException e) {
      throw refused(e);
    }
  }

  private void requireConfig() {
    if (config == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--config=CONFIG.yaml'");
    }
  }

  /**
   * Reads the same for a run that begins with a model, which may have no epochs. Sections that the
   * file lacks are the model's; without a file, all are, with the defaults of {@code train}.
   */
  Recipe read(TaggerConfig own) throws IOException {
    requireThreads();
    return read(
        () -> config == null ? Recipe.of(own, settings) : Recipe.read(config, own, settings));
  }

  private static void requireEpochs(TrainingConfig training) throws InputException {
    if (training.epochs() == 0) {
      throw new InputException(
          "train.epochs is 0, so nothing would be learned; set it to at least 1, or begin with a"
              + " model (train --from)");
    }
  }

  private void requireThreads() throws InputException {
    if (threads < 1) {
      throw new InputException("--threads is " + threads + ", expected at least 1");
    }
  }

  private static InputException refused(SettingException e) {
    String setting = e.setting().isEmpty() ? "" : " " + e.setting();
    return new InputException("--set" + setting + ": " + e.problem());
  }

  /** Reads the word vectors that a recipe requests, and reports their coverage. */
  PretrainedVectors vectors(Recipe recipe, Split data, PrintWriter err) throws IOException {
    EmbedConfig.Words words = recipe.tagger().embed().words();
    String name = words == null || recipe.pretrained() != null ? null : words.vectors();
    try (WordCount count = name == null ? null : new WordCount(name)) {
      return PretrainedVectors.read(
          recipe.tagger(),
          recipe.pretrainedFile(),
          data.train().sentences(),
          count == null ? read -> {} : count,
          err::println);
    }
  }

  /**
   * Returns the files that a recipe is read from.
   *
   * @param isFirst whether vectors are read, which a model to begin with has already
   */
  FileRoles inputs(Recipe recipe, boolean isFirst) {
    EmbedConfig.Words words = recipe.tagger().embed().words();
    boolean hasOthers = !isFirst || recipe.pretrained() != null;
    FileRoles files =
        new FileRoles()
            .reads(config)
            .reads(recipe.pretrainedFile())
            .reads(words == null || hasOthers ? null : words.vectors());
    for (SourceConfig source : recipe.training().sources()) {
      files.reads(source.path()).reads(source.devPath());
    }
    return files;
  }

  @Nullable Path config() {
    return config;
  }

  Map<String, String> settings() {
    return Collections.unmodifiableMap(settings);
  }

  int threads() {
    return threads;
  }

  /** Prints the kind of operations and the number of threads. */
  void announce(PrintWriter err) {
    err.println("ops " + Ops.best().name() + ", " + threads + " threads");
  }
}
