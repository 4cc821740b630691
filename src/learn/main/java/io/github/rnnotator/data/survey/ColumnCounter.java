package io.github.rnnotator.data.survey;

import io.github.rnnotator.data.survey.SurveyedColumn.Role;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.SchemeDetection;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/** Counts the values of one column. Not thread-safe. */
final class ColumnCounter {
  /** More different values are not tags. */
  private static final int MOST_TAGS = 2000;

  private static final Set<String> UPOS =
      Set.of(
          "ADJ", "ADP", "ADV", "AUX", "CCONJ", "DET", "INTJ", "NOUN", "NUM", "PART", "PRON",
          "PROPN", "PUNCT", "SCONJ", "SYM", "VERB", "X");
  private static final Set<String> CHUNK_TYPES =
      Set.of("NP", "VP", "PP", "ADVP", "ADJP", "SBAR", "PRT", "CONJP", "INTJ", "LST", "UCP", "PNP");

  private final List<List<String>> sentences = new ArrayList<>();
  private final Map<String, String> shared = new HashMap<>();
  private final Map<String, Integer> counts = new TreeMap<>();
  private List<String> sentence = new ArrayList<>();
  private boolean numbers = true;
  private long tokens;
  private long likeForms;

  void add(String value, String form) {
    String one = shared.computeIfAbsent(value, key -> key);
    sentence.add(one);
    counts.merge(one, 1, Integer::sum);
    numbers &= value.equals(String.valueOf(sentence.size()));
    tokens++;
    likeForms += value.equalsIgnoreCase(form) ? 1 : 0;
  }

  void endSentence() {
    sentences.add(sentence);
    sentence = new ArrayList<>();
  }

  /** The number of tokens without a value. */
  int missing() {
    return counts.getOrDefault("_", 0);
  }

  boolean isNumbers() {
    return numbers && tokens > 0;
  }

  /** The values, the most frequent first. */
  Map<String, Integer> values() {
    return sorted(counts);
  }

  private static Map<String, Integer> sorted(Map<String, Integer> counts) {
    return counts.entrySet().stream()
        .sorted(Map.Entry.<String, Integer>comparingByValue().reversed())
        .collect(
            Collectors.toMap(
                Map.Entry::getKey, Map.Entry::getValue, (a, b) -> a, LinkedHashMap::new));
  }

  /** What the values are, if they are not forms or numbers. */
  Role role() {
    Set<String> present = counts.keySet();
    if (present.stream().filter(value -> !value.equals("_")).limit(2).count() < 2) {
      return Role.OTHER;
    }
    if (chunkTags()) {
      return Role.CHUNKS;
    }
    if (likeForms > tokens / 2) {
      return Role.LEMMAS;
    }
    return present.size() <= Math.min(MOST_TAGS, tokens / 4 + 2) ? Role.TAGS : Role.OTHER;
  }

  private boolean chunkTags() {
    return counts.keySet().stream().anyMatch(tag -> tag.matches("[BIESLUM](-.+)?"))
        && counts.keySet().stream().allMatch(tag -> tag.matches("O|_|[BIESLUM](-.+)?"));
  }

  private static List<String> known(List<String> tags) {
    return tags.stream().map(tag -> tag.equals("_") ? TagSequence.MISSING : tag).toList();
  }

  /** The scheme of chunk tags. */
  TagScheme scheme() {
    List<List<String>> all = sentences.stream().map(ColumnCounter::known).toList();
    return SchemeDetection.detect(all)
        .filter(scheme -> firstBroken(scheme) < 0)
        .orElseGet(() -> SchemeDetection.guess(all));
  }

  /** The types of mentions, the most frequent first. */
  Map<String, Integer> types(TagScheme scheme) {
    Map<String, Integer> types = new TreeMap<>();
    for (List<String> tags : sentences) {
      for (Mention mention : scheme.mentions(known(tags))) {
        types.merge(mention.type(), 1, Integer::sum);
      }
    }
    return sorted(types);
  }

  /** The first sentence whose chunk tags break the scheme, from 0; -1 for none. */
  int firstBroken(TagScheme scheme) {
    for (int i = 0; i < sentences.size(); i++) {
      if (!scheme.isLegal(known(sentences.get(i)))) {
        return i;
      }
    }
    return -1;
  }

  /** The first sentence in which only some tokens have a value; -1 for none. */
  int firstPartlyMissing() {
    for (int i = 0; i < sentences.size(); i++) {
      long some = sentences.get(i).stream().filter(tag -> tag.equals("_")).count();
      if (some > 0 && some < sentences.get(i).size()) {
        return i;
      }
    }
    return -1;
  }

  /** A name for the head that learns this column. */
  String head(Role role, @Nullable TagScheme scheme) {
    if (role == Role.CHUNKS && scheme != null) {
      return CHUNK_TYPES.containsAll(types(scheme).keySet()) ? "chunk" : "ner";
    }
    return role != Role.TAGS ? "" : UPOS.containsAll(counts.keySet()) ? "upos" : "pos";
  }
}
