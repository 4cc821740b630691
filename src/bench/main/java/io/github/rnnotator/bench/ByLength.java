package io.github.rnnotator.bench;

import io.github.rnnotator.text.Sentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Batches sentences of similar length, as our tagger does, to minimize padding. */
final class ByLength {
  /** The batch size of our tagger. */
  private static final int BATCH = 48;

  private ByLength() {}

  /** Returns the indices of the sentences, longest first, in batches. */
  static List<List<Integer>> batches(List<Sentence> sentences) {
    List<Integer> order =
        IntStream.range(0, sentences.size())
            .boxed()
            .sorted(Comparator.comparingInt(i -> -sentences.get(i).size()))
            .toList();
    List<List<Integer>> batches = new ArrayList<>();
    for (int from = 0; from < order.size(); from += BATCH) {
      batches.add(order.subList(from, Math.min(order.size(), from + BATCH)));
    }
    return batches;
  }
}
