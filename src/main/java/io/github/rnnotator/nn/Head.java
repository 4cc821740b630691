package io.github.rnnotator.nn;

import java.util.List;

/**
 * The end of a network: from the encoder's vectors to a label for each row, and the loss to train
 * with. Labels are numbers; their names are the tagger's business.
 */
public interface Head {
  /** Stands for a row without a gold label: it counts neither in the loss nor in its gradient. */
  int NO_LABEL = -1;

  /** The weights, in a fixed order. */
  List<Parameter> parameters();

  /**
   * The loss of the gold labels.
   *
   * @param x {@code [tokens x dim]}. Not modified.
   * @param gold the label of each row, or {@link #NO_LABEL}
   * @param weight multiplies the gradient, such as {@code 1 / labels in the whole batch}
   */
  Loss loss(PackedBatch x, int[] gold, float weight, Pass pass);

  /** The best labels and their probabilities. */
  Decoded decode(PackedBatch x, Pass pass);

  /**
   * The best sequences of labels of each sequence of rows, best first; the first is that of {@link
   * #decode}, but for rounding where two are equally good.
   *
   * @param n how many of each, at least 1; fewer where fewer are possible
   * @return a list for each sequence, in the caller's order
   */
  List<List<Ranked>> nBest(PackedBatch x, int n, Pass pass);

  /**
   * A loss and the way back.
   *
   * @param sum the negative log-likelihood of the gold labels in nats, summed over all rows
   * @param backward takes no gradient (its first argument is ignored), gives that by {@code x}
   */
  record Loss(double sum, Layer.Backward backward) {}

  /**
   * Labels as decoded.
   *
   * @param labels the label of each row
   * @param probabilities the probability of each row's label
   */
  record Decoded(int[] labels, float[] probabilities) {}

  /**
   * One of the best sequences of labels.
   *
   * @param labels the label of each row, in the order of the timesteps
   * @param probabilities the probability of each of them, whatever the other rows have
   * @param logProbability the natural logarithm of the probability of the whole sequence
   */
  record Ranked(int[] labels, float[] probabilities, double logProbability) {}
}
