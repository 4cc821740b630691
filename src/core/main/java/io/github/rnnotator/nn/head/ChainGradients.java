package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.PassContext;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradients of a chain's scores, summed over the sentences of a batch.
 *
 * @param dScores {@code [tokens x labels]}: of the emissions
 * @param dTransitions {@code [labels x labels]}, from row to column
 * @param dStart {@code [1 x labels]}
 * @param dEnd {@code [1 x labels]}
 */
record ChainGradients(
    FMatrixRMaj dScores, FMatrixRMaj dTransitions, FMatrixRMaj dStart, FMatrixRMaj dEnd) {
  /** Begins with zeros. */
  static ChainGradients zeros(int tokens, int labels, PassContext pass) {
    return new ChainGradients(
        pass.zeros(tokens, labels),
        pass.zeros(labels, labels),
        pass.zeros(1, labels),
        pass.zeros(1, labels));
  }
}
