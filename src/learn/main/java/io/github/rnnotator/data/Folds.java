package io.github.rnnotator.data;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;

/**
 * Splits data randomly into folds of equal size.
 *
 * @param corpus all data
 * @param foldOf the fold of each sentence, counted through all documents
 * @param count the number of folds
 */
public record Folds(GoldCorpus corpus, List<Integer> foldOf, int count) {
  /**
   * Splits sentences or texts.
   *
   * @param folds the number of folds, at least 2
   * @param whole whether to keep documents together, because their sentences are read together
   * @param seed determines the split
   * @throws IllegalArgumentException if there are not as many parts to divide
   */
  public static Folds of(GoldCorpus corpus, int folds, boolean whole, long seed) {
    int count = whole ? corpus.documents().size() : corpus.size();
    if (folds < 2 || folds > count) {
      throw new IllegalArgumentException(
          "expected at least 2 and at most as many as there are "
              + (whole ? "documents" : corpus.unit())
              + ", "
              + count);
    }
    List<Integer> dealt = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      dealt.add(i % folds);
    }
    Collections.shuffle(dealt, new Random(seed));
    if (!whole) {
      return new Folds(corpus, dealt, folds);
    }
    List<Integer> foldOf = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      foldOf.addAll(Collections.nCopies(corpus.documents().get(i).size(), dealt.get(i)));
    }
    return new Folds(corpus, foldOf, folds);
  }

  /** Returns the data of one fold. */
  public GoldCorpus unseen(int fold) {
    return corpus.where(i -> foldOf.get(i) == fold);
  }

  /** Returns the data of all other folds. */
  public GoldCorpus seen(int fold) {
    return corpus.where(i -> foldOf.get(i) != fold);
  }
}
