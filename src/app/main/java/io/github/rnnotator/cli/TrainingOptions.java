package io.github.rnnotator.cli;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.kernel.Kernels;
import io.github.rnnotator.tagger.TaggerConfig;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** Options of every command that trains. */
final class TrainingOptions {
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
  ConfigFile read() throws IOException {
    if (threads < 1) {
      throw new InputException("--threads is " + threads + ", expected at least 1");
    }
    if (config == null) {
      throw new ParameterException(
          spec.commandLine(), "Missing required option: '--config=CONFIG.yaml'");
    }
    return seeded(ConfigFile.read(config, settings));
  }

  /** The same; without a file, that of the model with the defaults of {@code train}. */
  ConfigFile read(TaggerConfig own) throws IOException {
    return config == null ? seeded(ConfigFile.of(own, settings)) : read();
  }

  private ConfigFile seeded(ConfigFile file) {
    return seed == null ? file : new ConfigFile(file.tagger(), file.training().withSeed(seed));
  }

  /** The files that a configuration refers to. */
  FileRoles inputs(ConfigFile file) {
    EmbedConfig.Words words = file.tagger().embed().words();
    return new FileRoles().reads(config).reads(words == null ? null : words.vectors());
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

  /** Prints the kernel and the number of threads. */
  void announce(PrintWriter err) {
    err.println("kernel " + Kernels.best().name() + ", " + threads + " threads");
  }
}
