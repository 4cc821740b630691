package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.train.PairRecipe;
import io.github.rnnotator.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** Training configurations, for tests of other packages. */
public final class ConfigReading {
  /** The exception for an invalid one. */
  public static final Class<? extends Exception> REFUSAL = InputException.class;

  private ConfigReading() {}

  /** Reads a configuration from a file with these bytes. */
  public static void read(byte[] bytes) throws IOException {
    Path file = Files.createTempFile("config", ".yaml");
    try {
      Files.write(file, bytes);
      if (PairRecipe.isFor(file)) {
        PairRecipe.read(file, Map.of());
      } else {
        Recipe.read(file, Map.of("train.seed", "7"));
      }
    } finally {
      Files.delete(file);
    }
  }
}
