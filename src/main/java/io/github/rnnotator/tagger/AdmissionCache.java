package io.github.rnnotator.tagger;

import java.util.concurrent.atomic.AtomicReferenceArray;
import org.jspecify.annotations.Nullable;

/**
 * What was found out about words by themselves, for the words that come often. Most words of a text
 * come again, and with them the work that does not depend on their neighbours.
 *
 * <p>A word's hash gives it a set of a few places. Once these are taken, a word gets one of them
 * only when it is put again while its hash is still among those that the set has refused of late;
 * it takes that of the word asked for least. So the many words that come once push nothing out, and
 * what is kept of them is soon garbage.
 *
 * <p>Safe for any number of threads, without locks: hashes and counts are hints that threads may
 * overwrite for each other, which costs a word its place at most.
 *
 * @param <V> what is kept; never modified any more
 */
public final class AdmissionCache<V> {
  /** Longer words are seldom seen twice, in UTF-16 units. */
  private static final int LONGEST = 64;

  private static final int PLACES = 8;

  /** A word that was asked for more often counts no more than this. */
  private static final int MOST_USES = 15;

  private final int sets;
  private final int places;
  private final AtomicReferenceArray<@Nullable Entry<V>> entries;

  /** The hash of each place's word: most words of a set are told apart without looking at them. */
  private final int[] hashes;

  private final byte[] uses;

  /** For each set the hashes it has refused of late, the last one first. */
  private final int[] refused;

  private record Entry<V>(String form, V value) {}

  /**
   * An empty cache.
   *
   * @param forms how many words it holds at most, at least 1; some are left out before it is full
   */
  public AdmissionCache(int forms) {
    this.places = Math.min(PLACES, forms);
    this.sets = forms / places;
    this.entries = new AtomicReferenceArray<>(sets * places);
    this.hashes = new int[sets * places];
    this.uses = new byte[sets * places];
    this.refused = new int[sets * places];
  }

  /** What is kept for a word, or null. Not to be modified. */
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
   * Offers what is never modified any more; it is kept if there is room or the word came before.
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

  /** Whether a word was not refused of late, and therefore is now. */
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

  /** How many words it holds. */
  int size() {
    int size = 0;
    for (int i = 0; i < entries.length(); i++) {
      size += entries.getAcquire(i) == null ? 0 : 1;
    }
    return size;
  }
}
