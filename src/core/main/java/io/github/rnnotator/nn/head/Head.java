package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The output layer of a network: predicts a label for each row from the encoder's vectors, and
 * computes the training loss. Labels are ids; the tagger knows their names.
 */
public interface Head {
  /** Marks a row without a gold label, which is excluded from the loss and its gradient. */
  int NO_LABEL = -1;

  /** The weights, in a fixed order. */
  List<Parameter> parameters();

  /**
   * Computes the loss of the gold labels.
   *
   * @param x {@code [tokens x dim]}. Not modified.
   * @param gold the label of each row, or {@link #NO_LABEL}
   * @param weight multiplies the gradient, such as {@code 1 / labels in the whole batch}
   */
  Loss loss(SequenceBatch x, int[] gold, float weight, PassContext pass);

  /**
   * Returns the probability of each label for each row, {@code [tokens x labels]}, of a CRF the
   * marginal one.
   *
   * @param x {@code [tokens x dim]}. Not modified.
   */
  FMatrixRMaj probabilities(SequenceBatch x, PassContext pass);

  /** Returns the best labels and their probabilities. */
  Decoded decode(SequenceBatch x, PassContext pass);

  /**
   * Returns the best label sequences of each sequence of rows, best first; the first is that of
   * {@link #decode}, except for rounding in ties.
   *
   * @param n how many per sequence, at least 1; fewer if fewer exist
   * @return a list for each sequence, in the caller's order
   */
  List<List<Ranked>> nBest(SequenceBatch x, int n, PassContext pass);

  /**
   * Divides all logits by a temperature, by scaling the weights that they are sums of: the best
   * labels stay, and their probabilities become less certain above 1, more certain below (Guo et
   * al. 2017, "On Calibration of Modern Neural Networks", section 4.2). Not thread-safe.
   *
   * @param temperature more than 0, and finite
   */
  void divideLogits(float temperature, Ops ops);

  /**
   * A loss and its backward pass.
   *
   * @param sum the negative log-likelihood of the gold labels in nats, summed over all rows
   * @param backprop ignores its first argument and returns the gradient with respect to {@code x}
   */
  record Loss(double sum, Layer.Backprop backprop) {}

  /**
   * Decoded labels.
   *
   * @param labels the label of each row
   * @param probabilities the probability of each row's label
   */
  record Decoded(int[] labels, float[] probabilities) {}

  /**
   * One of the best sequences of labels.
   *
   * @param labels the label of each row, in the order of the timesteps
   * @param probabilities the marginal probability of each label
   * @param logProbability the natural log of the probability of the whole sequence
   */
  record Ranked(int[] labels, float[] probabilities, double logProbability) {}
}
