package io.github.rnnotator.tagger.pass;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * Caches what is computed from a word alone, for frequent words. Most words of a text recur, and so
 * does the work that does not depend on their neighbours.
 *
 * <p>A word's hash selects a set of a few entries. Once the set is full, a word is admitted only
 * when it is put again while its hash is still among those that the set recently refused; it
 * replaces the word requested least. So the many words that occur once evict nothing, and their
 * values are soon garbage.
 *
 * <p>Safe for any number of threads, without locks: hashes and counts are hints that threads may
 * overwrite for each other, which costs at most a word its entry.
 *
 * @param <V> the cached value; no longer modified
 */
public final class AdmissionCache<V> {
  /** The longest word cached, in UTF-16 units: longer ones seldom recur. */
  private static final int LONGEST = 64;

  private static final int PLACES = 8;

  /** The upper limit of the count of requests for a word. */
  private static final int MOST_USES = 15;

  private final int sets;
  private final int places;
  private final AtomicReferenceArray<@Nullable Entry<V>> entries;

  /** The hash of each entry's word: distinguishes most words of a set without comparing them. */
  private final int[] hashes;

  private final byte[] uses;

  /** For each set the hashes it recently refused, the latest first. */
  private final int[] refused;

  private record Entry<V>(String form, V value) {}

  /**
   * Creates an empty cache.
   *
   * @param forms the maximum number of words, at least 1; some are refused before it is full
   */
  public AdmissionCache(int forms) {
    this.places = Math.min(PLACES, forms);
    this.sets = forms / places;
    this.entries = new AtomicReferenceArray<>(sets * places);
    this.hashes = new int[sets * places];
    this.uses = new byte[sets * places];
    this.refused = new int[sets * places];
  }

  /** Returns the value of a word, or null. Must not be modified. */
  public @Nullable V get(String form) {
    int hash = hash(form);
    int from = set(hash);
    for (int i = from; i < from + places; i++) {
      if (hashes[i] == hash) {
        Entry<V> entry = entries.getAcquire(i);
        if (entry != null && entry.form().equals(form)) {
          if (uses[i] < MOST_USES) {
            uses[i]++;
          }
          return entry.value();
        }
      }
    }
    return null;
  }

  /**
   * Offers a value that is no longer modified; it is kept if there is room or the word came before.
   */
  public void put(String form, V value) {
    if (form.length() > LONGEST) {
      return;
    }
    int hash = hash(form);
    int from = set(hash);
    int place = from;
    for (int i = from; i < from + places; i++) {
      Entry<V> entry = entries.getAcquire(i);
      if (entry == null || (hashes[i] == hash && entry.form().equals(form))) {
        keep(i, hash, new Entry<>(form, value));
        return;
      }
      place = uses[i] < uses[place] ? i : place;
    }
    if (refuse(from, hash)) {
      return;
    }
    for (int i = from; i < from + places; i++) {
      uses[i] = (byte) Math.max(0, uses[i] - 1);
    }
    keep(place, hash, new Entry<>(form, value));
  }

  private void keep(int place, int hash, Entry<V> entry) {
    uses[place] = 1;
    hashes[place] = hash;
    entries.setRelease(place, entry);
  }

  /** Refuses a word not recently refused; returns whether it did. */
  private boolean refuse(int from, int hash) {
    int to = from + places;
    int i = from;
    while (i < to && refused[i] != hash) {
      i++;
    }
    boolean again = i < to;
    System.arraycopy(refused, from, refused, from + 1, (again ? i : to - 1) - from);
    refused[from] = again ? 0 : hash;
    return !again;
  }

  /** Mixes the bits: the set depends on the upper ones. */
  private static int hash(String form) {
    int hash = form.hashCode() * 0x9E3779B9;
    return hash ^ (hash >>> 15);
  }

  private int set(int hash) {
    return (int) (((hash & 0xFFFF_FFFFL) * sets) >>> 32) * places;
  }

  /** Returns the number of words it holds. */
  public int size() {
    int size = 0;
    for (int i = 0; i < entries.length(); i++) {
      size += entries.getAcquire(i) == null ? 0 : 1;
    }
    return size;
  }
}
