package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * Decodes heads whose labels occur together only in known combinations. The heads predict them
 * independently given the states, so the most probable combination is that with the greatest sum of
 * logits. A row whose best labels are a known combination keeps them, as nearly all rows do. So
 * does one with a label that is in no combination: nothing is known of it. Immutable and
 * thread-safe.
 */
public final class LabelCombinations {
  private final int[][] combinations;

  /** Each combination as one number, sorted. */
  private final long[] keys;

  /** Whether each label of each head is in a combination. */
  private final boolean[][] occurs;

  /**
   * Creates the combinations.
   *
   * @param sizes the number of labels of each head
   * @param combinations {@code [combinations x heads]}, the labels; copied
   * @throws IllegalArgumentException if a combination does not have a label of each head
   * @throws ArithmeticException if the product of the sizes overflows a {@code long}
   */
  public LabelCombinations(int[] sizes, int[][] combinations) {
    this.occurs = new boolean[sizes.length][];
    long most = 1;
    for (int k = 0; k < sizes.length; k++) {
      occurs[k] = new boolean[sizes[k]];
      most = Math.multiplyExact(most, Math.max(1, sizes[k]));
    }
    this.combinations = new int[combinations.length][];
    this.keys = new long[combinations.length];
    for (int c = 0; c < combinations.length; c++) {
      int[] labels = combinations[c].clone();
      if (labels.length != sizes.length) {
        throw new IllegalArgumentException(
            "a combination has " + labels.length + " labels for " + sizes.length + " heads");
      }
      for (int k = 0; k < labels.length; k++) {
        if (labels[k] < 0 || labels[k] >= sizes[k]) {
          throw new IllegalArgumentException(
              "a combination has the label " + labels[k] + ", of a head with " + sizes[k]);
        }
        occurs[k][labels[k]] = true;
      }
      this.combinations[c] = labels;
      keys[c] = key(labels);
    }
    Arrays.sort(keys);
  }

  private long key(int[] labels) {
    long key = 0;
    for (int k = 0; k < labels.length; k++) {
      key = key * occurs[k].length + labels[k];
    }
    return key;
  }

  /**
   * Decodes a batch.
   *
   * @param heads as many as a combination has labels, in its order
   * @param x {@code [tokens x dim]}. Not modified.
   * @return what each head decodes; the probability of a label is that of its head alone
   */
  public List<Head.Decoded> decode(List<SoftmaxHead> heads, SequenceBatch x, PassContext pass) {
    List<FMatrixRMaj> logits = new ArrayList<>();
    List<Head.Decoded> decoded = new ArrayList<>();
    for (SoftmaxHead head : heads) {
      FMatrixRMaj z = head.logits(x, pass);
      logits.add(z);
      decoded.add(SoftmaxHead.best(z, pass.ops()));
    }
    int[] labels = new int[heads.size()];
    for (int row = 0; row < x.packing().tokens(); row++) {
      for (int k = 0; k < labels.length; k++) {
        labels[k] = decoded.get(k).labels()[row];
      }
      int[] chosen = contradicts(labels) ? best(logits, row) : labels;
      for (int k = 0; k < labels.length; k++) {
        FMatrixRMaj z = logits.get(k);
        int at = row * z.numCols;
        float below = z.data[at + chosen[k]] - z.data[at + labels[k]];
        float greatest = pass.ops().softmaxMaximum(z.data, at, z.numCols);
        decoded.get(k).labels()[row] = chosen[k];
        decoded.get(k).probabilities()[row] =
            chosen[k] == labels[k] ? greatest : greatest * (float) Math.exp(below);
      }
    }
    return decoded;
  }

  private boolean contradicts(int[] labels) {
    for (int k = 0; k < labels.length; k++) {
      if (!occurs[k][labels[k]]) {
        return false;
      }
    }
    return Arrays.binarySearch(keys, key(labels)) < 0;
  }

  /** Returns the combination with the greatest sum of logits in a row; of equal ones the first. */
  private int[] best(List<FMatrixRMaj> logits, int row) {
    int[] best = combinations[0];
    float greatest = Float.NEGATIVE_INFINITY;
    for (int[] labels : combinations) {
      float sum = 0;
      for (int k = 0; k < labels.length; k++) {
        FMatrixRMaj z = logits.get(k);
        sum += z.data[row * z.numCols + labels[k]];
      }
      if (sum > greatest) {
        greatest = sum;
        best = labels;
      }
    }
    return best;
  }
}
