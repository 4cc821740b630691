package io.github.rnnotator.train;

import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/**
 * The batches of one epoch: sentences in a random order, those of like length together. The same
 * seed gives the same batches.
 */
final class Batches {
  /** Batches sorted by length at a time: enough to find like lengths, few enough to stay random. */
  private static final int POOL = 50;

  private Batches() {}

  static List<List<TaggedSentence>> of(List<TaggedSentence> sentences, int size, long seed) {
    Random random = new Random(seed);
    TaggedSentence[] order = sentences.toArray(new TaggedSentence[0]);
    Collections.shuffle(Arrays.asList(order), random);
    List<List<TaggedSentence>> batches = new ArrayList<>();
    for (int pool = 0; pool < order.length; pool += POOL * size) {
      int end = Math.min(order.length, pool + POOL * size);
      Arrays.sort(order, pool, end, Comparator.comparingInt(TaggedSentence::size));
      for (int from = pool; from < end; from += size) {
        batches.add(List.of(Arrays.copyOfRange(order, from, Math.min(end, from + size))));
      }
    }
    Collections.shuffle(batches, random);
    return batches;
  }

  /** Deals a batch out to shards in turn, so that each has sentences of every length. */
  static List<List<TaggedSentence>> shards(List<TaggedSentence> batch, int shards) {
    List<List<TaggedSentence>> parts = new ArrayList<>();
    for (int i = 0; i < Math.min(shards, batch.size()); i++) {
      parts.add(new ArrayList<>());
    }
    for (int i = 0; i < batch.size(); i++) {
      parts.get(i % parts.size()).add(batch.get(i));
    }
    return parts;
  }
}
