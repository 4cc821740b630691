package io.github.rnnotator.corenlp;

import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The settings of one annotator in the properties of a pipeline.
 *
 * @param name the annotator's name, the prefix of all its settings
 * @param model the model file or the name of a bundled model; null for the English one
 * @param heads maps a use ({@code xpos}, {@code upos}, {@code feats}, {@code lemma}, {@code ner})
 *     to the name of a head of the model, if the properties set it; an empty name for a head not
 *     wanted
 * @param types maps an entity type of the model to that for CoreNLP
 * @param buildEntityMentions whether to join tokens to mentions
 */
record Settings(
    String name,
    @Nullable Path model,
    Map<String, String> heads,
    Map<String, String> types,
    boolean buildEntityMentions) {
  private static final String HEADS = "heads.";
  private static final String TYPES = "types";
  private static final String BUILD_ENTITY_MENTIONS = "buildEntityMentions";

  /** The uses of tags, in the order of a CoreNLP pipeline. */
  private static final List<String> USES =
      List.of(
          TokenAnnotations.XPOS,
          TokenAnnotations.UPOS,
          TokenAnnotations.FEATS,
          TokenAnnotations.LEMMA,
          TokenAnnotations.NER);

  private static final List<String> KNOWN =
      Stream.concat(
              Stream.of(
                  AnnotatorProperties.MODEL,
                  AnnotatorProperties.MODEL_DIR,
                  TYPES,
                  BUILD_ENTITY_MENTIONS),
              USES.stream().map(HEADS::concat))
          .toList();

  /**
   * Reads the settings of one annotator; the model file is checked against the allowed folders.
   *
   * @throws IllegalArgumentException if one is unknown or wrong
   */
  static Settings of(AnnotatorProperties properties) {
    properties.requireKnown(KNOWN);
    Map<String, String> heads = new LinkedHashMap<>();
    for (String use : USES) {
      String head = properties.values().get(HEADS + use);
      if (head != null) {
        heads.put(use, head.strip());
      }
    }
    return new Settings(
        properties.name(),
        properties.model(),
        heads,
        types(properties.key(TYPES), properties.get(TYPES, "")),
        yes(properties.key(BUILD_ENTITY_MENTIONS), properties.get(BUILD_ENTITY_MENTIONS, "true")));
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
   * Returns the uses of the heads of a model.
   *
   * @param present the names of the model's heads
   * @return maps a use to the name of a head, at least one
   * @throws IllegalArgumentException if the properties name a missing head, or if no head can be
   *     used
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
              + "; name the heads to use, as in "
              + name
              + "."
              + HEADS
              + "ner = "
              + present.iterator().next());
    }
    return uses;
  }
}
