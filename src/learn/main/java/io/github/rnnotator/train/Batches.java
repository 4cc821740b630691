package io.github.rnnotator.train;

import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The batches of one epoch: groups in random order, those of similar length together. The same seed
 * gives the same batches.
 */
final class Batches {
  /** Batches sorted by length together: enough for similar lengths, few enough to stay random. */
  private static final int POOL = 50;

  private Batches() {}

  static List<List<List<TaggedSentence>>> of(
      List<List<TaggedSentence>> groups, int size, long seed) {
    Random random = new Random(seed);
    List<List<TaggedSentence>> order = new ArrayList<>(groups);
    Collections.shuffle(order, random);
    List<List<List<TaggedSentence>>> batches = new ArrayList<>();
    for (int pool = 0; pool < order.size(); pool += POOL * size) {
      int end = Math.min(order.size(), pool + POOL * size);
      order.subList(pool, end).sort(Comparator.comparingInt(Batches::tokens));
      for (int from = pool; from < end; from += size) {
        batches.add(List.copyOf(order.subList(from, Math.min(end, from + size))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Returns the number of batches for so many groups. */
  static int count(int groups, int size) {
    return (groups + size - 1) / size;
  }

  /** Returns the number of tokens of a group. */
  static int tokens(List<TaggedSentence> group) {
    return group.stream().mapToInt(TaggedSentence::size).sum();
  }

  /** Distributes a batch over the shards in turn, so that each has groups of every length. */
  static List<List<List<TaggedSentence>>> shards(List<List<TaggedSentence>> batch, int shards) {
    List<List<List<TaggedSentence>>> parts = new ArrayList<>();
    for (int i = 0; i < Math.min(shards, batch.size()); i++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < batch.size(); i++) {
      parts.get(i % parts.size()).add(batch.get(i));
    }
    return parts;
  }
}
