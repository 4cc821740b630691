package io.github.rnnotator.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Data dealt out to parts of equal size at random.
 *
 * @param data all of it
 * @param partOf the part of each sentence, by its number through all documents
 */
record Folds(GoldData data, List<Integer> partOf) {
  /**
   * Deals out sentences or texts.
   *
   * @param folds how many parts, at least 2
   * @param whole whether documents stay whole, because their sentences are read together
   * @param seed the same one gives the same parts
   */
  static Folds of(GoldData data, int folds, boolean whole, long seed) throws InputException {
    int count = whole ? data.documents().size() : data.size();
    if (folds < 2 || folds > count) {
      throw new InputException(
          "--folds "
              + folds
              + ": expected at least 2 and at most as many as there are "
              + (whole ? "documents" : data.unit())
              + ", "
              + count);
    }
    List<Integer> dealt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dealt.add(i % folds);
    }
    Collections.shuffle(dealt, new Random(seed));
    if (!whole) {
      return new Folds(data, dealt);
    }
    List<Integer> partOf = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      partOf.addAll(Collections.nCopies(data.documents().get(i).size(), dealt.get(i)));
    }
    return new Folds(data, partOf);
  }

  /** One part. */
  GoldData unseen(int fold) {
    return data.where(i -> partOf.get(i) == fold);
  }

  /** All but one part. */
  GoldData seen(int fold) {
    return data.where(i -> partOf.get(i) != fold);
  }
}
