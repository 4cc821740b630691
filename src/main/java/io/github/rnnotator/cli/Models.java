package io.github.rnnotator.cli;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Models by file name, and the bundled one. */
final class Models {
  private Models() {}

  /** The model in a file, or the bundled one for null. */
  static TaggerModel load(@Nullable Path file) throws IOException {
    return inspect(file).model();
  }

  static ModelFile.Contents inspect(@Nullable Path file) throws IOException {
    return file == null ? BundledModel.read() : ModelFile.inspect(file);
  }
}
