package io.github.rnnotator.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** How often each thing was counted. Not thread-safe. */
final class Tally<T> {
  private final Map<T, Long> counts = new LinkedHashMap<>();

  void add(T thing) {
    counts.merge(thing, 1L, Long::sum);
  }

  long total() {
    return counts.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Returns the most frequent first; ties are sorted by their text. */
  List<Map.Entry<T, Long>> mostFrequentFirst() {
    List<Map.Entry<T, Long>> entries = new ArrayList<>(counts.entrySet());
    entries.sort(
        Map.Entry.<T, Long>comparingByValue()
            .reversed()
            .thenComparing(entry -> entry.getKey().toString(), Comparator.naturalOrder()));
    return entries;
  }
}
