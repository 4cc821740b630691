package io.github.rnnotator.pretrain;

import io.github.rnnotator.embed.Vocabulary;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Counts strings in bounded memory: when there are too many, the rarest are dropped, so that their
 * counts may be too low (lossy counting, Manku &amp; Motwani 2002). The counts of frequent strings
 * are exact, since these are never dropped. Not thread-safe.
 */
final class BoundedCounter {
  private final Map<String, Integer> counts = new HashMap<>();
  private final int most;
  private int dropped;

  /** Creates a counter of at most so many strings after {@link #prune}. */
  BoundedCounter(int most) {
    this.most = most;
  }

  /** Counts {@code times} occurrences of a string. */
  void add(String text, int times) {
    counts.merge(text, times, (a, b) -> (int) Math.min(Integer.MAX_VALUE, (long) a + b));
  }

  /** Drops the rarest strings if there are too many. */
  void prune() {
    while (counts.size() > most) {
      dropped++;
      counts.values().removeIf(count -> count <= dropped);
    }
  }

  /**
   * Returns the most frequent strings.
   *
   * @param minCount the count that a string needs
   * @param keep at most so many
   */
  Vocabulary toVocabulary(int minCount, int keep) {
    List<Vocabulary.Entry> entries = new ArrayList<>();
    counts.forEach(
        (text, count) -> {
          if (count >= minCount) {
            entries.add(new Vocabulary.Entry(text, count));
          }
        });
    entries.sort(
        Comparator.comparingInt(Vocabulary.Entry::count)
            .reversed()
            .thenComparing(Vocabulary.Entry::text));
    return new Vocabulary(entries.subList(0, Math.min(keep, entries.size())));
  }
}
