package io.github.rnnotator.train;

import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.TrainingBatch;
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

  static List<TrainingBatch> of(List<Group> groups, int size, long seed) {
    Random random = new Random(seed);
    List<Group> order = new ArrayList<>(groups);
    Collections.shuffle(order, random);
    List<TrainingBatch> batches = new ArrayList<>();
    for (int pool = 0; pool < order.size(); pool += POOL * size) {
      int end = Math.min(order.size(), pool + POOL * size);
      order.subList(pool, end).sort(Comparator.comparingInt(Group::tokens));
      for (int from = pool; from < end; from += size) {
        batches.add(new TrainingBatch(order.subList(from, Math.min(end, from + size))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Returns the number of batches for so many groups. */
  static int count(int groups, int size) {
    return (groups + size - 1) / size;
  }

  /** Distributes a batch over the shards in turn, so that each has groups of every length. */
  static List<TrainingBatch> shards(TrainingBatch batch, int shards) {
    int count = Math.min(shards, batch.groups().size());
    List<TrainingBatch> parts = new ArrayList<>();
    for (int shard = 0; shard < count; shard++) {
      List<Group> part = new ArrayList<>();
      for (int i = shard; i < batch.groups().size(); i += count) {
        part.add(batch.groups().get(i));
      }
      parts.add(new TrainingBatch(part));
    }
    return parts;
  }
}
