package io.github.rnnotator.cli;

import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models by file name, and the bundled one. */
final class Models {
  private static final String BUNDLED = "/io/github/rnnotator/models/en-pos.rnn";

  private Models() {}

  /** The model in a file, or the bundled one for null. */
  static TaggerModel load(@Nullable Path file) throws IOException {
    return inspect(file).model();
  }

  static ModelFile.Contents inspect(@Nullable Path file) throws IOException {
    if (file != null) {
      return ModelFile.inspect(file);
    }
    try (InputStream in = Models.class.getResourceAsStream(BUNDLED)) {
      if (in == null) {
        throw new ModelFormatException(
            BUNDLED, "", "the bundled model is missing from this build; name one with -m");
      }
      return ModelFile.read(new BufferedInputStream(in), BUNDLED);
    }
  }
}
