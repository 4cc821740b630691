package io.github.rnnotator.tagger;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;
import org.jspecify.annotations.Nullable;

/**
 * What the network makes of a word before it looks at its neighbours, for the words seen of late.
 * Most words of a text come again, and with them this part of the work: the character encoder and
 * the first layer's product.
 *
 * <p>Two generations: once the young one holds half of the words it becomes the old one, and what
 * is then not asked for again is forgotten. Safe for any number of threads.
 */
final class FormCache {
  /** Longer words are seldom seen twice. */
  private static final int LONGEST = 64;

  private final int half;
  private volatile Map<String, float[]> young = new ConcurrentHashMap<>();
  private volatile Map<String, float[]> old = Map.of();
  private final AtomicInteger count = new AtomicInteger();

  /**
   * An empty cache.
   *
   * @param forms how many words it holds at most (a few more while threads add at the same time)
   */
  FormCache(int forms) {
    this.half = Math.max(1, forms / 2);
  }

  /** What was kept for a word, or null. Not to be modified. */
  float @Nullable [] get(String form) {
    float[] kept = young.get(form);
    if (kept == null) {
      kept = old.get(form);
      if (kept != null) {
        put(form, kept);
      }
    }
    return kept;
  }

  /** Keeps what is never modified any more. */
  void put(String form, float[] value) {
    if (form.length() <= LONGEST
        && young.put(form, value) == null
        && count.incrementAndGet() >= half) {
      turn();
    }
  }

  private synchronized void turn() {
    if (count.get() >= half) {
      old = young;
      young = new ConcurrentHashMap<>();
      count.set(0);
    }
  }

  /** How many words it holds, those of both generations twice. */
  int size() {
    return young.size() + old.size();
  }
}
