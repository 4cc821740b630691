package io.github.rnnotator.text;

import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Features of words, such as {@code Number=Sing|Person=3}, as the evaluation of the CoNLL 2018
 * shared task compares them (metric {@code UFeats}): only those of Universal Dependencies count, in
 * any order.
 */
public final class UniversalFeatures {
  private static final String NONE = "_";

  private static final Set<String> NAMES =
      Set.of(
          "PronType",
          "NumType",
          "Poss",
          "Reflex",
          "Foreign",
          "Abbr",
          "Gender",
          "Animacy",
          "Number",
          "Case",
          "Definite",
          "Degree",
          "VerbForm",
          "Mood",
          "Tense",
          "Aspect",
          "Voice",
          "Evident",
          "Polarity",
          "Person",
          "Polite");

  private UniversalFeatures() {}

  /** Returns the universal features of a word, sorted; {@code _} if it has none. */
  public static String of(String feats) {
    List<String> universal =
        Arrays.stream(feats.split("\\|")).filter(f -> NAMES.contains(name(f))).sorted().toList();
    return universal.isEmpty() ? NONE : String.join("|", universal);
  }

  /**
   * Returns each feature of a word with its name, whether universal or not: {@code Number=Sing}.
   */
  public static Map<String, String> values(String feats) {
    return Arrays.stream(feats.split("\\|"))
        .filter(f -> f.indexOf('=') > 0)
        .collect(Collectors.toMap(f -> name(f), f -> f, (a, b) -> a, LinkedHashMap::new));
  }

  private static String name(String feature) {
    return feature.substring(0, Math.max(0, feature.indexOf('=')));
  }
}
