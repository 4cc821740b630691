package io.github.rnnotator.data;

import java.util.function.IntPredicate;

/**
 * The data of a training run.
 *
 * @param train what the weights are learned from
 * @param dev what selects the epoch to keep
 */
public record Split(GoldCorpus train, GoldCorpus dev) {
  /**
   * Holds out the last tenth of a corpus as dev data, or every tenth text of labelled texts.
   *
   * @param corpus with at least two sentences or texts
   */
  public static Split holdOut(GoldCorpus corpus) {
    IntPredicate heldOut = corpus.heldOut();
    return new Split(corpus.where(heldOut.negate()), corpus.where(heldOut));
  }
}
