package io.github.rnnotator.keras;

import io.github.rnnotator.nn.SequenceBatch;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The loss of labels under the probabilities of a last layer: {@code -log p[gold]}, Keras' {@code
 * sparse_categorical_crossentropy} of a softmax, or {@code binary_crossentropy} of one sigmoid.
 * Sums the losses and counts the predictions of several batches. Not thread-safe.
 */
final class CrossEntropy {
  /** Keras' {@code epsilon}: a smaller probability counts as this much. */
  private static final float LEAST = 1e-7f;

  private final boolean sigmoid;
  private final long[][] confusion;
  private double sum;
  private long labels;

  /**
   * Starts a count.
   *
   * @param units of the last layer; 1 for a sigmoid, which has the labels 0 and 1
   */
  CrossEntropy(int units) {
    this.sigmoid = units == 1;
    int count = labels(units);
    this.confusion = new long[count][count];
  }

  /** The number of labels that so many units tell apart. */
  static int labels(int units) {
    return Math.max(2, units);
  }

  /**
   * Adds a batch.
   *
   * @param y probabilities, {@code [rows x units]}
   * @param gold a label for each timestep of each sequence of {@code y}
   * @param dY receives the gradient of the mean loss of the batch, {@code [rows x units]}, or null
   */
  void add(SequenceBatch y, int[][] gold, @Nullable FMatrixRMaj dY) {
    FMatrixRMaj p = y.values();
    for (int i = 0; i < gold.length; i++) {
      for (int t = 0; t < gold[i].length; t++) {
        int begin = y.packing().row(i, t) * p.numCols;
        int label = gold[i][t];
        float of = Math.max(LEAST, sigmoid && label == 0 ? 1 - p.data[begin] : at(p, begin, label));
        sum -= Math.log(of);
        labels++;
        confusion[label][predicted(p, begin)]++;
        if (dY != null) {
          // d -log(p) = -1 / p; of 1 - p it is 1 / (1 - p)
          float slope = -1 / (of * p.numRows);
          dY.data[begin + (sigmoid ? 0 : label)] = sigmoid && label == 0 ? -slope : slope;
        }
      }
    }
  }

  private float at(FMatrixRMaj p, int begin, int label) {
    return p.data[begin + (sigmoid ? 0 : label)];
  }

  /** The most probable label of a row. */
  private int predicted(FMatrixRMaj p, int begin) {
    return mostProbable(p.data, begin, p.numCols);
  }

  /** The most probable label of so many probabilities; of one, whether it is more than half. */
  static int mostProbable(float[] p, int begin, int units) {
    if (units == 1) {
      return p[begin] > 0.5f ? 1 : 0;
    }
    int best = 0;
    for (int label = 1; label < units; label++) {
      best = p[begin + label] > p[begin + best] ? label : best;
    }
    return best;
  }

  Metrics metrics() {
    return new Metrics(labels == 0 ? 0 : sum / labels, confusion);
  }
}
