package io.github.rnnotator.corenlp;

import io.github.rnnotator.tagger.BundledModel;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * What the properties of a pipeline say for one annotator.
 *
 * @param name the annotator's, which all its settings begin with
 * @param model the model file or the name of a bundled model; null for the English one
 * @param heads what a head is for ({@code xpos}, {@code upos}, {@code ner}) to its name in the
 *     model, as far as the properties say so; an empty name for a head that is not wanted
 * @param types a type of entities in the model to the one that CoreNLP is to see
 * @param buildEntityMentions whether to join tokens to mentions
 */
record Settings(
    String name,
    @Nullable Path model,
    Map<String, String> heads,
    Map<String, String> types,
    boolean buildEntityMentions) {
  private static final String MODEL = "model";
  private static final String MODEL_DIR = "modelDir";
  private static final String HEADS = "heads.";
  private static final String TYPES = "types";
  private static final String BUILD_ENTITY_MENTIONS = "buildEntityMentions";

  /** What tags may be for, in the order of a CoreNLP pipeline. */
  private static final List<String> USES =
      List.of(TokenAnnotations.XPOS, TokenAnnotations.UPOS, TokenAnnotations.NER);

  private static final List<String> KNOWN =
      Stream.concat(
              Stream.of(MODEL, MODEL_DIR, TYPES, BUILD_ENTITY_MENTIONS),
              USES.stream().map(HEADS::concat))
          .toList();

  /**
   * The settings of one annotator; the model file is checked against the folders that are allowed.
   *
   * @param properties those that begin with the annotator's name and a dot, without these
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  static Settings of(String name, Map<String, String> properties) {
    for (String key : properties.keySet()) {
      if (!KNOWN.contains(key)) {
        throw new IllegalArgumentException(
            "unknown property " + name + "." + key + "; after '" + name + ".' may stand " + KNOWN);
      }
    }
    Map<String, String> heads = new LinkedHashMap<>();
    for (String use : USES) {
      String head = properties.get(HEADS + use);
      if (head != null) {
        heads.put(use, head.strip());
      }
    }
    String model = properties.getOrDefault(MODEL, "").strip();
    return new Settings(
        name,
        model.isEmpty() ? null : model(name, model, properties.get(MODEL_DIR)),
        heads,
        types(name + "." + TYPES, properties.getOrDefault(TYPES, "")),
        yes(
            name + "." + BUILD_ENTITY_MENTIONS,
            properties.getOrDefault(BUILD_ENTITY_MENTIONS, "true")));
  }

  /** A bundled model may be asked for by anybody. */
  private static Path model(String name, String model, @Nullable String folders) {
    return BundledModel.named(model).isPresent()
        ? Path.of(model)
        : ModelFolders.of(name + "." + MODEL, name + "." + MODEL_DIR, folders).check(model);
  }

  private static Map<String, String> types(String key, String value) {
    Map<String, String> types = new LinkedHashMap<>();
    for (String pair : value.split(",")) {
      int equals = pair.indexOf('=');
      if (equals > 0) {
        types.put(pair.substring(0, equals).strip(), pair.substring(equals + 1).strip());
      } else if (!pair.isBlank()) {
        throw new IllegalArgumentException(
            key + " holds '" + pair.strip() + "', expected pairs like PER=PERSON, LOC=LOCATION");
      }
    }
    return types;
  }

  private static boolean yes(String key, String value) {
    return switch (value.strip()) {
      case "true" -> true;
      case "false" -> false;
      default ->
          throw new IllegalArgumentException(key + " is '" + value + "', expected true or false");
    };
  }

  /**
   * What the heads of a model are for.
   *
   * @param present the names of the model's heads
   * @return the use of a head to its name, at least one
   * @throws IllegalArgumentException if the properties name a head that is not there, or if there
   *     is none to use
   */
  Map<String, String> heads(Set<String> present) {
    Map<String, String> uses = new LinkedHashMap<>();
    for (String use : USES) {
      String head = heads.getOrDefault(use, present.contains(use) ? use : "");
      if (!head.isEmpty()) {
        if (!present.contains(head)) {
          throw new IllegalArgumentException(
              name
                  + "."
                  + HEADS
                  + use
                  + " is "
                  + head
                  + ", but the model has the heads "
                  + present);
        }
        uses.put(use, head);
      }
    }
    if (uses.isEmpty()) {
      throw new IllegalArgumentException(
          "the model has the heads "
              + present
              + " and none of "
              + USES
              + " to use; say which is which, as in "
              + name
              + "."
              + HEADS
              + "ner = "
              + present.iterator().next());
    }
    return uses;
  }
}
