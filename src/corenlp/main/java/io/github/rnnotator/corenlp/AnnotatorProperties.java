package io.github.rnnotator.corenlp;

import io.github.rnnotator.tagger.BundledModel;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The properties of one annotator in those of a pipeline. Immutable.
 *
 * @param name the annotator's name, the prefix of all its properties
 * @param values the properties, without the prefix
 */
record AnnotatorProperties(String name, Map<String, String> values) {
  static final String MODEL = "model";
  static final String MODEL_DIR = "modelDir";

  AnnotatorProperties {
    values = Map.copyOf(values);
  }

  /** Returns the properties that begin with a name and a dot. */
  static AnnotatorProperties of(String name, Properties pipeline) {
    Objects.requireNonNull(name, "the annotator's name is null");
    Objects.requireNonNull(pipeline, "the pipeline's properties are null");
    Map<String, String> values = new TreeMap<>();
    String prefix = name + ".";
    for (String key : pipeline.stringPropertyNames()) {
      if (key.startsWith(prefix)) {
        values.put(key.substring(prefix.length()), pipeline.getProperty(key));
      }
    }
    return new AnnotatorProperties(name, values);
  }

  /** Returns the whole name of a property, for messages. */
  String key(String property) {
    return name + "." + property;
  }

  /** Returns a property, or a default. */
  String get(String property, String orElse) {
    return values.getOrDefault(property, orElse);
  }

  /**
   * Checks that all properties are known.
   *
   * @throws IllegalArgumentException if one is not
   */
  void requireKnown(List<String> known) {
    for (String property : new TreeMap<>(values).keySet()) {
      if (!known.contains(property)) {
        throw new IllegalArgumentException(
            "unknown property " + key(property) + "; expected '" + name + ".' and one of " + known);
      }
    }
  }

  /**
   * Returns the model file or the name of a bundled model, which is allowed for everyone; null if
   * it is not set.
   *
   * @throws IllegalArgumentException if the file is in no allowed folder
   */
  @Nullable Path model() {
    String model = get(MODEL, "").strip();
    if (model.isEmpty()) {
      return null;
    }
    return BundledModel.named(model).isPresent()
        ? Path.of(model)
        : ModelFolders.of(key(MODEL), key(MODEL_DIR), values.get(MODEL_DIR)).check(model);
  }

  /**
   * Reads a model.
   *
   * @param model as from {@link #model()}; null for the English one
   * @throws UncheckedIOException if it can't be read
   */
  static TaggerModel read(@Nullable Path model) {
    try {
      return BundledModel.readNamed(model == null ? Path.of(BundledModel.DEFAULT) : model).model();
    } catch (IOException e) {
      throw new UncheckedIOException(e.getMessage(), e);
    }
  }
}
