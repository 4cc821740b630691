package io.github.rnnotator.tagger;

import io.github.rnnotator.text.LemmaScript;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * The parts of which the labels of a head consist, so that labels with a part in common can share
 * weights. They are numbered in the order of the labels, so that labels added later do not change
 * them.
 *
 * <pre>
 *   features    Number=Sing|Person=3    Number=Sing, Person=3
 *   tags        NNG+JX                  NNG, JX; NNG at the beginning, NNG before JX, JX at the
 *                                       end; two morphemes
 *   scripts     l0;;-+y                 l0, ;, -, +y, and which of them are neighbours, as above
 * </pre>
 *
 * @param ofLabels the parts of each label
 * @param names the name of each part: {@code Number=Sing}
 */
public record LabelParts(int[][] ofLabels, List<String> names) {
  private static final String NO_FEATURES = "_";

  /** The neighbour of the first and of the last part of a label. */
  private static final String END = "";

  /**
   * Splits the labels of a head.
   *
   * @param kind what the labels are: features, scripts of lemmas, or else tags of morphemes
   */
  public static LabelParts of(HeadConfig.Kind kind, List<String> labels) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    int[][] ofLabels = new int[labels.size()][];
    for (int i = 0; i < ofLabels.length; i++) {
      ofLabels[i] =
          split(kind, labels.get(i)).stream()
              .mapToInt(part -> ids.computeIfAbsent(part, name -> ids.size()))
              .toArray();
    }
    return new LabelParts(ofLabels, List.copyOf(ids.keySet()));
  }

  private static Set<String> split(HeadConfig.Kind kind, String label) {
    return switch (kind) {
      case FEATS ->
          label.equals(NO_FEATURES) ? Set.of() : new LinkedHashSet<>(List.of(label.split("\\|")));
      case LEMMA -> withNeighbours(LemmaScript.parse(label).parts());
      default -> {
        List<String> morphemes = List.of(label.split("\\+"));
        Set<String> parts = withNeighbours(morphemes);
        parts.add("#" + morphemes.size());
        yield parts;
      }
    };
  }

  /** Returns parts that have an order, and each two that follow each other. */
  private static Set<String> withNeighbours(List<String> ordered) {
    Set<String> parts = new LinkedHashSet<>(ordered);
    List<String> whole = new ArrayList<>(ordered);
    whole.add(END);
    String before = END;
    for (String part : whole) {
      parts.add(before + "\t" + part);
      before = part;
    }
    return parts;
  }

  /** Returns how many logits they need: a layer has at least one. */
  public int count() {
    return Math.max(1, names.size());
  }
}
