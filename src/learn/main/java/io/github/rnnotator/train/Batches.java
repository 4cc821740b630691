package io.github.rnnotator.train;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.TrainingLoss;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.function.ToIntFunction;

/**
 * The batches of one epoch: groups in random order, those of similar length together. The same seed
 * gives the same batches.
 */
public final class Batches {
  /** Batches sorted by length together: enough for similar lengths, few enough to stay random. */
  private static final int POOL = 50;

  private Batches() {}

  static List<TrainingLoss.Batch> of(List<Group> groups, int size, long seed) {
    return of(groups, Group::tokens, size, seed).stream().map(TrainingLoss.Batch::new).toList();
  }

  /** Returns batches of anything that has a length. */
  public static <T> List<List<T>> of(List<T> items, ToIntFunction<T> length, int size, long seed) {
    Random random = new Random(seed);
    List<T> order = new ArrayList<>(items);
    Collections.shuffle(order, random);
    List<List<T>> batches = new ArrayList<>();
    for (int pool = 0; pool < order.size(); pool += POOL * size) {
      int end = Math.min(order.size(), pool + POOL * size);
      order.subList(pool, end).sort(Comparator.comparingInt(length));
      for (int from = pool; from < end; from += size) {
        batches.add(List.copyOf(order.subList(from, Math.min(end, from + size))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Returns the number of batches for so many groups. */
  public static int count(int groups, int size) {
    return (groups + size - 1) / size;
  }

  /** Distributes a batch over the shards in turn, so that each has groups of every length. */
  static List<TrainingLoss.Batch> shards(TrainingLoss.Batch batch, int shards) {
    return shards(batch.groups(), shards).stream().map(TrainingLoss.Batch::new).toList();
  }

  /** Distributes a batch over at most so many shards in turn. */
  public static <T> List<List<T>> shards(List<T> batch, int shards) {
    int count = Math.min(shards, batch.size());
    List<List<T>> parts = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      List<T> part = new ArrayList<>();
      for (int i = shard; i < batch.size(); i += count) {
        part.add(batch.get(i));
      }
      parts.add(part);
    }
    return parts;
  }
}
