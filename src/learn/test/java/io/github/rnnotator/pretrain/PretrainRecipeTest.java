package io.github.rnnotator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.train.Recipe;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.assertj.core.api.Assertions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tagger and its pretraining share a configuration. */
class PretrainRecipeTest {
  @TempDir Path folder;

  private interface Reading {
    void of(Path file) throws IOException;
  }

  /** The keys that the refusal of an unknown one names. */
  private String known(Reading reading) throws IOException {
    Path file = Files.writeString(folder.resolve("config.yaml"), "zzzzzz: 1\n");
    InputException refused =
        Assertions.catchThrowableOfType(InputException.class, () -> reading.of(file));
    return String.valueOf(refused.getMessage()).replaceFirst(".*known here: ", "");
  }

  @Test
  void everyKeyOfATaggerIsOneOfPretraining() throws IOException {
    assertThat(known(file -> PretrainRecipe.read(file, Map.of())))
        .contains("embed")
        .isEqualTo(known(Recipe::read));
  }
}
