package io.github.rnnotator.nn.head;

import io.github.rnnotator.ops.Ops;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The exponentials of a chain's transition, start and end scores, each up to a constant factor.
 *
 * @param moves {@code [labels x labels]} from row to column
 * @param back the same, transposed
 */
record ChainWeights(float[] moves, float[] back, float[] start, float[] end) {
  /** Exponentiates scores; {@code transposed} are the transitions from column to row. */
  static ChainWeights of(
      FMatrixRMaj transitions,
      FMatrixRMaj transposed,
      FMatrixRMaj start,
      FMatrixRMaj end,
      Ops ops) {
    int labels = transitions.numCols;
    return new ChainWeights(
        exp(transitions.data, labels * labels, ops),
        exp(transposed.data, labels * labels, ops),
        exp(start.data, labels, ops),
        exp(end.data, labels, ops));
  }

  /** Exponentiates scores relative to their maximum. */
  private static float[] exp(float[] scores, int count, Ops ops) {
    float[] exp = Arrays.copyOf(scores, count);
    float max = Float.NEGATIVE_INFINITY;
    for (float score : exp) {
      max = Math.max(max, score);
    }
    for (int i = 0; i < count; i++) {
      exp[i] -= max;
    }
    ops.exp(exp, 0, count);
    return exp;
  }
}
