package io.github.rnnotator.tagger;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The values of which features consist: {@code Number=Sing|Person=3} has two. They are numbered in
 * the order of the labels, so that labels added later do not change them.
 *
 * @param ofLabels the values of each label
 * @param names the name of each value: {@code Number=Sing}
 */
public record FeatureValues(int[][] ofLabels, List<String> names) {
  private static final String NONE = "_";

  /** Splits the labels of a head. */
  public static FeatureValues of(List<String> labels) {
    Map<String, Integer> ids = new LinkedHashMap<>();
    int[][] ofLabels = new int[labels.size()][];
    for (int i = 0; i < ofLabels.length; i++) {
      List<Integer> values = new ArrayList<>();
      if (!labels.get(i).equals(NONE)) {
        for (String value : labels.get(i).split("\\|")) {
          values.add(ids.computeIfAbsent(value, name -> ids.size()));
        }
      }
      ofLabels[i] = values.stream().mapToInt(Integer::intValue).toArray();
    }
    return new FeatureValues(ofLabels, List.copyOf(ids.keySet()));
  }

  /** Returns how many logits they need: a layer has at least one. */
  public int count() {
    return Math.max(1, names.size());
  }
}
