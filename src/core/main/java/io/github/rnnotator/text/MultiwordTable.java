package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The words of multiword tokens: those of a treebank by a table, and others by rules on their last
 * letters, which are learned from the table ({@code n't} is a word, and {@code do} is what remains
 * of {@code don't}). Immutable.
 *
 * @param words the words of each token, both in lower case
 * @param endings maps the last letters of a token to what replaces them: the rest of the first
 *     word, then the other words
 */
public record MultiwordTable(Map<String, List<String>> words, Map<String, List<String>> endings) {
  /** A table without entries. */
  public static final MultiwordTable EMPTY = new MultiwordTable(Map.of(), Map.of());

  /** How many letters of the first word a rule may look at. */
  private static final int CONTEXT = 3;

  /** How often an ending must have occurred, and the share of its occurrences that must agree. */
  private static final int LEAST = 2;

  private static final double AGREEMENT = 0.8;

  /** Sorts the entries, so that equal tables are written alike. */
  public MultiwordTable {
    words = copy(words);
    endings = copy(endings);
    words.forEach((form, analysis) -> check(form, analysis, 0));
    endings.forEach((ending, analysis) -> check(ending, analysis, 1));
  }

  /** Only the rest of the first word may be empty. */
  private static void check(String form, List<String> analysis, int first) {
    if (analysis.size() < 2 || analysis.subList(first, analysis.size()).contains("")) {
      throw new IllegalArgumentException(
          "'" + form + "' stands for " + analysis + ", expected at least two words");
    }
  }

  private static Map<String, List<String>> copy(Map<String, List<String>> entries) {
    Map<String, List<String>> sorted = new TreeMap<>();
    entries.forEach((key, values) -> sorted.put(key, List.copyOf(values)));
    return Collections.unmodifiableMap(sorted);
  }

  /** A multiword token of a treebank. */
  public record Occurrence(String form, List<String> words) {}

  /** Learns a table: of several analyses of a token the most frequent one, of equals the first. */
  public static MultiwordTable learn(Iterable<Occurrence> occurrences) {
    Map<String, Map<List<String>, Integer>> seen = new LinkedHashMap<>();
    for (Occurrence occurrence : occurrences) {
      count(
          seen,
          lower(occurrence.form()),
          occurrence.words().stream().map(MultiwordTable::lower).toList());
    }
    Map<String, List<String>> words = new LinkedHashMap<>();
    seen.forEach((form, analyses) -> words.put(form, mostFrequent(analyses)));
    Map<String, Map<List<String>, Integer>> endings = new LinkedHashMap<>();
    words.forEach((form, analysis) -> countEndings(endings, form, analysis));
    return new MultiwordTable(words, rules(endings));
  }

  private static void countEndings(
      Map<String, Map<List<String>, Integer>> endings, String form, List<String> words) {
    String first = words.get(0);
    int stem = 0;
    while (stem < Math.min(first.length(), form.length() - 1)
        && first.charAt(stem) == form.charAt(stem)) {
      stem++;
    }
    for (int begin = stem; begin >= Math.max(1, stem - CONTEXT); begin--) {
      List<String> replacement = new ArrayList<>(words);
      replacement.set(0, first.substring(begin));
      count(endings, form.substring(begin), replacement);
    }
  }

  /** Keeps the endings that agree, and of those the ones that no shorter ending makes needless. */
  private static Map<String, List<String>> rules(Map<String, Map<List<String>, Integer>> endings) {
    Map<String, List<String>> rules = new HashMap<>();
    endings.keySet().stream()
        .sorted((a, b) -> Integer.compare(a.length(), b.length()))
        .forEach(
            ending -> {
              Map<List<String>, Integer> analyses = endings.getOrDefault(ending, Map.of());
              List<String> best = mostFrequent(analyses);
              int all = analyses.values().stream().mapToInt(n -> n).sum();
              int agree = analyses.getOrDefault(best, 0);
              if (agree >= LEAST
                  && agree >= AGREEMENT * all
                  && !apply(rules, ending, 0).equals(Optional.of(best))) {
                rules.put(ending, best);
              }
            });
    return rules;
  }

  private static void count(
      Map<String, Map<List<String>, Integer>> counts, String key, List<String> analysis) {
    counts.computeIfAbsent(key, k -> new LinkedHashMap<>()).merge(analysis, 1, Integer::sum);
  }

  private static List<String> mostFrequent(Map<List<String>, Integer> analyses) {
    List<String> best = List.of();
    int most = 0;
    for (Map.Entry<List<String>, Integer> analysis : analyses.entrySet()) {
      if (analysis.getValue() > most) {
        best = analysis.getKey();
        most = analysis.getValue();
      }
    }
    return best;
  }

  /**
   * Returns the words of a token, in its case: {@code Don't} gives {@code Do} and {@code n't}.
   *
   * @return empty if neither the table nor a rule knows the token; else at least two words
   */
  public Optional<List<String>> words(String form) {
    String key = lower(form.replace('\u2019', '\''));
    return lowerWords(key).map(lower -> inCase(lower, form)).filter(w -> w.size() > 1);
  }

  private Optional<List<String>> lowerWords(String key) {
    List<String> known = words.get(key);
    if (known != null) {
      return Optional.of(known);
    }
    Optional<List<String>> found = apply(endings, key, 1).filter(w -> w.size() > 1);
    // The first of shouldn't and 've is a multiword token itself.
    List<String> first = found.map(w -> words.get(w.get(0))).orElse(null);
    if (first == null || found.isEmpty()) {
      return found;
    }
    List<String> all = new ArrayList<>(first);
    all.addAll(found.get().subList(1, found.get().size()));
    return Optional.of(all);
  }

  /**
   * Applies the rule with the longest ending.
   *
   * @param stem the least number of letters before the ending
   */
  private static Optional<List<String>> apply(
      Map<String, List<String>> rules, String form, int stem) {
    for (int begin = stem; begin < form.length(); begin++) {
      List<String> replacement = rules.get(form.substring(begin));
      if (replacement != null) {
        List<String> words = new ArrayList<>(replacement);
        words.set(0, form.substring(0, begin) + words.get(0));
        return words.get(0).isEmpty() ? Optional.empty() : Optional.of(words);
      }
    }
    return Optional.empty();
  }

  private static List<String> inCase(List<String> lower, String form) {
    if (String.join("", lower).length() == form.length()
        && String.join("", lower).equals(lower(form.replace('\u2019', '\'')))) {
      List<String> parts = new ArrayList<>();
      int at = 0;
      for (String word : lower) {
        parts.add(form.substring(at, at + word.length()));
        at += word.length();
      }
      return parts;
    }
    if (form.length() > 1
        && form.equals(form.toUpperCase(Locale.ROOT))
        && !form.equals(lower(form))) {
      return lower.stream().map(word -> word.toUpperCase(Locale.ROOT)).toList();
    }
    if (Character.isUpperCase(form.codePointAt(0))) {
      List<String> words = new ArrayList<>(lower);
      String first = words.get(0);
      int end = first.offsetByCodePoints(0, 1);
      words.set(0, first.substring(0, end).toUpperCase(Locale.ROOT) + first.substring(end));
      return words;
    }
    return lower;
  }

  private static String lower(String form) {
    return form.toLowerCase(Locale.ROOT);
  }
}
