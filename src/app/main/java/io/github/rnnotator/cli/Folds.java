package io.github.rnnotator.cli;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Splits data randomly into folds of equal size.
 *
 * @param data all data
 * @param partOf the fold of each sentence, counted through all documents
 */
record Folds(GoldData data, List<Integer> partOf) {
  /**
   * Splits sentences or texts.
   *
   * @param folds the number of folds, at least 2
   * @param whole whether to keep documents together, because their sentences are read together
   * @param seed determines the split
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

  /** The data of one fold. */
  GoldData unseen(int fold) {
    return data.where(i -> partOf.get(i) == fold);
  }

  /** The data of all other folds. */
  GoldData seen(int fold) {
    return data.where(i -> partOf.get(i) != fold);
  }
}
