package io.github.rnnotator.tagger;

import java.io.BufferedInputStream;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.net.URL;
import java.net.URLConnection;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.MissingResourceException;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * A model on the class path or the module path. Its artifact, such as {@code
 * io.github.rnnotator:rnnotator-model-en}, holds the file {@code
 * META-INF/rnnotator/models/NAME.rnn} and its name in a line of {@code
 * META-INF/rnnotator/models.list}, and so may any other jar. On the module path, a module must
 * require that of the model ({@code io.github.rnnotator.model.en}). The card of a model says what
 * it was trained on.
 *
 * @param name the name that users give, such as {@code en-fast}
 * @param file the model's file
 */
public record BundledModel(String name, URL file) {
  /** The name of the model that is used where none is given: English. */
  public static final String DEFAULT = "en";

  private static final String FOLDER = "META-INF/rnnotator/models/";
  private static final String LIST = "META-INF/rnnotator/models.list";
  private static final Pattern NAME = Pattern.compile("[a-z0-9][a-z0-9-]*");

  /** The models with an artifact of this project. */
  private static final Set<String> PUBLISHED = Set.of("en", "en-fast", "ko");

  /** Returns the model of that name, if there is one. */
  public static Optional<BundledModel> named(String name) {
    if (!NAME.matcher(name).matches()) {
      return Optional.empty();
    }
    return loaders().stream()
        .map(loader -> loader.getResource(FOLDER + name + ".rnn"))
        .filter(Objects::nonNull)
        .findFirst()
        .map(file -> new BundledModel(name, file));
  }

  /** Returns all models, sorted by name. */
  public static List<BundledModel> all() throws IOException {
    TreeMap<String, BundledModel> models = new TreeMap<>();
    for (ClassLoader loader : loaders()) {
      for (URL list : Collections.list(loader.getResources(LIST))) {
        for (String name : lines(list)) {
          named(name).ifPresent(model -> models.putIfAbsent(name, model));
        }
      }
    }
    return new ArrayList<>(models.values());
  }

  /**
   * Returns the segmenter of a language: that of the first model of the language, by name, which
   * has one. Reads it again with each call.
   *
   * @param language an ISO 639 code or BCP 47 tag, such as {@code en}
   */
  public static Optional<SegmenterModel> segmenter(String language) throws IOException {
    String code = code(language);
    for (BundledModel model : all()) {
      try (InputStream in = new BufferedInputStream(model.open())) {
        SegmenterModel segmenter =
            new ModelReader(model.name(), false).segmenter(in, own -> code(own).equals(code));
        if (segmenter != null) {
          return Optional.of(segmenter);
        }
      }
    }
    return Optional.empty();
  }

  /** The code of three letters, if there is one: that of {@code en} and {@code eng} is the same. */
  private static String code(String language) {
    Locale locale = Locale.forLanguageTag(language);
    try {
      return locale.getISO3Language();
    } catch (MissingResourceException e) {
      return locale.getLanguage();
    }
  }

  /** Returns all names, for messages: {@code en, en-fast, ko}. */
  public static String names() throws IOException {
    return all().stream().map(BundledModel::name).collect(Collectors.joining(", "));
  }

  /**
   * The class loader of the running application, which in a server or on Spark sees the jars of the
   * user, then our own.
   */
  private static Collection<ClassLoader> loaders() {
    Set<ClassLoader> loaders = new LinkedHashSet<>();
    loaders.add(Thread.currentThread().getContextClassLoader());
    loaders.add(BundledModel.class.getClassLoader());
    loaders.remove(null);
    return loaders;
  }

  private static List<String> lines(URL file) throws IOException {
    try (BufferedReader lines =
        new BufferedReader(new InputStreamReader(open(file), StandardCharsets.UTF_8))) {
      return lines.lines().map(String::strip).filter(line -> !line.isEmpty()).toList();
    }
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
      requireArtifact(name.toString());
      throw new ModelFormatException(
          name.toString(), "", "no such file, and no bundled model has that name: " + names());
    }
    return ModelFile.inspect(name);
  }

  /**
   * Checks that the name is not of a published model whose artifact is missing.
   *
   * @throws ModelFormatException if it is
   */
  static void requireArtifact(String name) throws ModelFormatException {
    if (PUBLISHED.contains(name)) {
      throw new ModelFormatException(
          name,
          "",
          "the bundled model is not on the class path; add io.github.rnnotator:rnnotator-model-"
              + name
              + " (on the module path, require io.github.rnnotator.model."
              + name.replace('-', '.')
              + "), or name a model file");
    }
  }

  /** Reads the model. */
  public ModelFile.Contents read() throws IOException {
    try (InputStream in = open()) {
      return ModelFile.read(new BufferedInputStream(in), name);
    }
  }

  /** Opens the model's file. */
  public InputStream open() throws IOException {
    return open(file);
  }

  private static InputStream open(URL file) throws IOException {
    URLConnection connection = file.openConnection();
    // A cached jar would stay open, and a server could not replace it.
    connection.setUseCaches(false);
    return connection.getInputStream();
  }
}
