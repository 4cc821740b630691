package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** Loads models by file name or by the name of a bundled model. */
final class Models {
  private Models() {}

  /** Loads the model of that name, or the bundled English one for null. */
  static TaggerModel load(@Nullable Path file) throws IOException {
    return inspect(file).model();
  }

  /**
   * Loads a model that tags tokens.
   *
   * @throws InputException if it labels whole texts
   */
  static TaggerModel loadTagger(@Nullable Path file) throws IOException {
    return checked(file, TaggerModel::requireTokens);
  }

  /**
   * Loads a model that tags the tokens of raw text.
   *
   * @throws InputException if it labels whole texts, or reads columns that raw text lacks
   */
  static TaggerModel loadTextTagger(@Nullable Path file) throws IOException {
    return checked(file, TaggerModel::requireTags);
  }

  /**
   * Checks that a model reads nothing but the tokens of a text.
   *
   * @throws InputException if it reads other columns of a file
   */
  static void requireNoColumns(TaggerModel model) throws InputException {
    try {
      model.requireNoColumns();
    } catch (IllegalArgumentException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  /**
   * Loads a model that labels whole texts.
   *
   * @throws InputException if it tags tokens
   */
  static TaggerModel loadClassifier(Path file) throws IOException {
    return checked(file, TaggerModel::requireLabels);
  }

  private static TaggerModel checked(@Nullable Path file, Consumer<TaggerModel> check)
      throws IOException {
    TaggerModel model = load(file);
    try {
      check.accept(model);
      return model;
    } catch (IllegalArgumentException e) {
      throw new InputException((file == null ? "" : file + ": ") + e.getMessage());
    }
  }

  static ModelFile.Contents inspect(@Nullable Path file) throws IOException {
    return BundledModel.readNamed(name(file));
  }

  /** Opens the model of that name, or the bundled English one for null. */
  static InputStream open(@Nullable Path file) throws IOException {
    Path name = name(file);
    Optional<BundledModel> bundled = BundledModel.named(name.toString());
    return bundled.isPresent() ? bundled.get().open() : Files.newInputStream(name);
  }

  private static Path name(@Nullable Path file) {
    return file == null ? Path.of(BundledModel.DEFAULT) : file;
  }
}
