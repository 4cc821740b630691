package io.github.rnnotator.embed;

import static java.lang.Character.SURROGATE;

import io.github.rnnotator.text.LookupForm;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Maps strings (words or characters) to ids. Id {@link #UNKNOWN} stands for every other string.
 * Immutable.
 */
public final class Vocabulary {
  /** The id of every string that is not in the vocabulary. */
  public static final int UNKNOWN = 0;

  private final List<Entry> entries;
  private final Map<String, Integer> ids;

  /**
   * A string and its count in the training data.
   *
   * @param text the string
   * @param count at least 1
   */
  public record Entry(String text, int count) {
    /** Checks both. */
    public Entry {
      if (text.isEmpty() || count < 1) {
        throw new IllegalArgumentException(
            "'" + text + "' with count " + count + ", expected a word and at least 1");
      }
    }
  }

  /**
   * Creates a vocabulary of these entries, with ids from 1 in list order.
   *
   * @throws IllegalArgumentException if two are equal
   */
  public Vocabulary(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.ids = new HashMap<>(entries.size() * 2);
    for (Entry entry : entries) {
      if (ids.put(entry.text(), ids.size() + 1) != null) {
        throw new IllegalArgumentException("'" + entry.text() + "' is in the vocabulary twice");
      }
    }
    // Models from before lookup forms contain words as written.
    for (int id = 1; id < size(); id++) {
      String text = entries.get(id - 1).text();
      if (!LookupForm.isPlain(text)) {
        ids.putIfAbsent(LookupForm.of(text), id);
      }
    }
  }

  /**
   * Returns a copy with the strings of {@code more} appended. Existing ids do not change; counts of
   * shared strings are added.
   */
  public Vocabulary extended(Vocabulary more) {
    List<Entry> all = new ArrayList<>();
    for (Entry entry : entries) {
      long count = (long) entry.count() + more.count(more.id(entry.text()));
      all.add(new Entry(entry.text(), (int) Math.min(Integer.MAX_VALUE, count)));
    }
    more.entries.stream().filter(entry -> !contains(entry.text())).forEach(all::add);
    return new Vocabulary(all);
  }

  /** The number of ids, including {@link #UNKNOWN}. */
  public int size() {
    return entries.size() + 1;
  }

  /** The entries, with ids from 1. */
  public List<Entry> entries() {
    return entries;
  }

  /** The id of a string, or {@link #UNKNOWN}. */
  public int id(String text) {
    return ids.getOrDefault(text, UNKNOWN);
  }

  /** Whether the string is in the vocabulary. */
  public boolean contains(String text) {
    return ids.containsKey(text);
  }

  /** The training count of the string with this id; 0 for {@link #UNKNOWN}. */
  public int count(int id) {
    return id == UNKNOWN ? 0 : entries.get(id - 1).count();
  }

  /** Whether the string can be a non-empty line of a UTF-8 file. */
  static boolean isLine(String text) {
    return !text.isEmpty()
        && text.codePoints().noneMatch(c -> c == '\n' || Character.getType(c) == SURROGATE);
  }

  /** Builds a vocabulary by counting strings. Not thread-safe. */
  public static final class Counter {
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /**
     * Counts one occurrence of a string. A string that cannot be a line of a UTF-8 file (with a
     * line feed or an unpaired surrogate) stays unknown.
     */
    public void add(String text) {
      if (isLine(text)) {
        counts.merge(text, 1, Integer::sum);
      }
    }

    /** Returns the strings with a count of at least {@code minCount}, the most frequent first. */
    public Vocabulary toVocabulary(int minCount) {
      List<Entry> entries = new ArrayList<>();
      counts.forEach(
          (text, count) -> {
            if (count >= minCount) {
              entries.add(new Entry(text, count));
            }
          });
      entries.sort(Comparator.comparingInt(Entry::count).reversed().thenComparing(Entry::text));
      return new Vocabulary(entries);
    }
  }
}
