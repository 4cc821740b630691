package io.github.rnnotator.keras;

import io.github.rnnotator.nn.SequenceBatch;
import java.util.Arrays;
import java.util.Objects;

/**
 * Sequences and their labels.
 *
 * @param x {@code (batch, timesteps, dim)}; an id is a vector of length 1
 * @param y a label for each output of each sequence: one, or one per timestep
 */
record Examples(float[][][] x, int[][] y) {
  static Examples of(float[][][] x, int[][] y) {
    Objects.requireNonNull(x, "x is null");
    Objects.requireNonNull(y, "y is null");
    if (x.length != y.length) {
      throw new IllegalArgumentException(
          "x has " + x.length + " sequences, y has labels of " + y.length);
    }
    if (x.length == 0) {
      throw new IllegalArgumentException("no examples; x has no sequences");
    }
    return new Examples(x, y);
  }

  /** One label per sequence. */
  static int[][] single(int[] y) {
    Objects.requireNonNull(y, "y is null");
    return Arrays.stream(y).mapToObj(label -> new int[] {label}).toArray(int[][]::new);
  }

  /** Ids as vectors of length 1. */
  static float[][][] vectors(int[][] ids) {
    Objects.requireNonNull(ids, "x is null");
    float[][][] vectors = new float[ids.length][][];
    for (int i = 0; i < ids.length; i++) {
      vectors[i] = new float[ids[i].length][];
      for (int t = 0; t < ids[i].length; t++) {
        vectors[i][t] = new float[] {ids[i][t]};
      }
    }
    return vectors;
  }

  int size() {
    return x.length;
  }

  /** The examples {@code order[from, to)}. */
  Examples part(int[] order, int from, int to) {
    float[][][] someX = new float[to - from][][];
    int[][] someY = new int[to - from][];
    for (int i = from; i < to; i++) {
      someX[i - from] = x[order[i]];
      someY[i - from] = y[order[i]];
    }
    return new Examples(someX, someY);
  }

  /** The examples {@code [from, to)}. */
  Examples part(int from, int to) {
    return new Examples(Arrays.copyOfRange(x, from, to), Arrays.copyOfRange(y, from, to));
  }

  SequenceBatch batch() {
    return SequenceBatch.of(x);
  }
}
