package io.github.rnnotator.tagger;

import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Optional;
import java.util.stream.Collectors;

/** The models that come with this library. Their cards say what they were trained on. */
public enum BundledModel {
  /** English: universal and Penn parts of speech and named entities (PER, LOC, ORG). */
  EN("en"),
  /** As above, with a smaller and faster network. */
  EN_FAST("en-fast"),
  /** Korean: universal parts of speech. */
  KO("ko");

  private final String id;

  BundledModel(String id) {
    this.id = id;
  }

  /** The name that users give, such as {@code en-fast}. */
  public String id() {
    return id;
  }

  /** Returns the model of that name, if there is one. */
  public static Optional<BundledModel> named(String name) {
    return Arrays.stream(values()).filter(model -> model.id.equals(name)).findFirst();
  }

  /** All names, for messages: {@code en, en-fast, ko}. */
  public static String names() {
    return Arrays.stream(values()).map(BundledModel::id).collect(Collectors.joining(", "));
  }

  /**
   * Reads a bundled model by its name, or else a model file.
   *
   * @throws ModelFormatException if neither exists, or the file is broken
   */
  public static ModelFile.Contents readNamed(Path name) throws IOException {
    Optional<BundledModel> bundled = named(name.toString());
    if (bundled.isPresent()) {
      return bundled.get().read();
    }
    if (!name.toString().contains(".") && Files.notExists(name)) {
      throw new ModelFormatException(
          name.toString(), "", "no such file, and no bundled model has that name: " + names());
    }
    return ModelFile.inspect(name);
  }

  /**
   * Reads the model.
   *
   * @throws ModelFormatException if the library was built without it
   */
  public ModelFile.Contents read() throws IOException {
    try (InputStream in = open()) {
      return ModelFile.read(new BufferedInputStream(in), resource());
    }
  }

  /**
   * Returns the model's file.
   *
   * @throws ModelFormatException if the library was built without it
   */
  public InputStream open() throws IOException {
    // By the loader: a class finds only the resources of its own module.
    InputStream in = BundledModel.class.getClassLoader().getResourceAsStream(resource());
    if (in == null) {
      throw new ModelFormatException(
          id, "", "the bundled model is missing from this build; name a model file");
    }
    return in;
  }

  private String resource() {
    return "META-INF/rnnotator/models/" + id + ".rnn";
  }
}
