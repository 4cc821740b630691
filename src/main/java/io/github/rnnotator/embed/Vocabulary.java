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
 * Strings by number: words, characters. Number {@link #UNKNOWN} stands for every string that is not
 * in it. Immutable.
 */
public final class Vocabulary {
  /** The number of every string that is not in the vocabulary. */
  public static final int UNKNOWN = 0;

  private final List<Entry> entries;
  private final Map<String, Integer> ids;

  /**
   * A string and how often it stood in the training data.
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
   * A vocabulary of these entries, numbered from 1 in their order.
   *
   * @throws IllegalArgumentException if two are the same
   */
  public Vocabulary(List<Entry> entries) {
    this.entries = List.copyOf(entries);
    this.ids = new HashMap<>(entries.size() * 2);
    for (Entry entry : entries) {
      if (ids.put(entry.text(), ids.size() + 1) != null) {
        throw new IllegalArgumentException("'" + entry.text() + "' is in the vocabulary twice");
      }
    }
    // Models of versions before lookup forms have words as they were written.
    for (int id = 1; id < size(); id++) {
      ids.putIfAbsent(LookupForm.of(entries.get(id - 1).text()), id);
    }
  }

  /**
   * The same with the strings of another after its own, which keep their numbers; what both have is
   * as frequent as in both together.
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

  /** How many numbers there are, {@link #UNKNOWN} included. */
  public int size() {
    return entries.size() + 1;
  }

  /** The entries, numbered from 1. */
  public List<Entry> entries() {
    return entries;
  }

  /** The number of a string, or {@link #UNKNOWN}. */
  public int id(String text) {
    return ids.getOrDefault(text, UNKNOWN);
  }

  /** Whether the string is in the vocabulary. */
  public boolean contains(String text) {
    return ids.containsKey(text);
  }

  /** How often the string with this number stood in the training data; 0 for {@link #UNKNOWN}. */
  public int count(int id) {
    return id == UNKNOWN ? 0 : entries.get(id - 1).count();
  }

  /** Whether a line of a UTF-8 file can hold the string and is not empty with it. */
  static boolean isLine(String text) {
    return !text.isEmpty()
        && text.codePoints().noneMatch(c -> c == '\n' || Character.getType(c) == SURROGATE);
  }

  /** Counts strings and makes a vocabulary of them. Not thread-safe. */
  public static final class Counter {
    private final Map<String, Integer> counts = new LinkedHashMap<>();

    /**
     * Counts a string once more. One that no line of a UTF-8 file can hold (it has a line feed or
     * half a surrogate pair) stays unknown.
     */
    public void add(String text) {
      if (isLine(text)) {
        counts.merge(text, 1, Integer::sum);
      }
    }

    /** The strings that stood at least {@code minCount} times, the most frequent first. */
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
