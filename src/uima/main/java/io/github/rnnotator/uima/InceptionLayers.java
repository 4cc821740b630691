package io.github.rnnotator.uima;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The layers of INCEpTION that a model can predict: a head for each feature of a layer. Immutable.
 */
final class InceptionLayers {
  private static final String CORE = "de.tudarmstadt.ukp.dkpro.core.api.";

  /** The built-in features, with the heads that predict them, the first that a model has. */
  private static final Map<String, List<String>> BUILT_IN =
      Map.of(
          CORE + "lexmorph.type.pos.POS:PosValue",
          List.of("xpos", "upos"),
          CORE + "lexmorph.type.pos.POS:coarseValue",
          List.of("upos"),
          CORE + "lexmorph.type.morph.MorphologicalFeatures:value",
          List.of("feats"),
          CORE + "segmentation.type.Lemma:value",
          List.of("lemma"),
          CORE + "ner.type.NamedEntity:value",
          List.of("ner"),
          CORE + "syntax.type.chunk.Chunk:chunkValue",
          List.of("chunk"));

  private final Map<String, String> heads = new HashMap<>();
  private final Set<String> known;

  /**
   * Creates the table of a model.
   *
   * @param known the heads of the model
   * @param custom further features, {@code LAYER:FEATURE} to a head
   * @throws IllegalArgumentException if the model lacks a head of these
   */
  InceptionLayers(Set<String> known, Map<String, String> custom) {
    this.known = known;
    BUILT_IN.forEach(
        (feature, candidates) ->
            candidates.stream()
                .filter(known::contains)
                .findFirst()
                .ifPresent(head -> heads.put(feature, head)));
    custom.forEach(
        (feature, head) -> {
          if (!known.contains(head)) {
            throw new IllegalArgumentException(
                "no head '" + head + "' for " + feature + "; the model has " + known);
          }
          heads.put(feature, head);
        });
  }

  /** Returns the head that predicts a feature of a layer. */
  String head(String layer, String feature) throws InceptionRefusal {
    String head = heads.get(layer + ":" + feature);
    if (head == null) {
      throw new InceptionRefusal(
          400,
          "no head of the model predicts the feature "
              + feature
              + " of the layer "
              + layer
              + "; the model has "
              + known
              + ", name one with --layer "
              + layer
              + ":"
              + feature
              + "=HEAD");
    }
    return head;
  }
}
