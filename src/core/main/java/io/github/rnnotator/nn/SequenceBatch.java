package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * A batch of sequences of vectors: a tensor {@code (batch, timesteps, dim)} with sequences of any
 * length and no padding.
 *
 * @param packing maps timesteps of sequences to rows
 * @param values {@code [tokens x dim]}
 */
public record SequenceBatch(Packing packing, FMatrixRMaj values) {
  /** Checks that there is one row per token. */
  public SequenceBatch {
    if (values.numRows != packing.tokens()) {
      throw new IllegalArgumentException(
          "a batch of "
              + packing.tokens()
              + " tokens needs as many rows, found ["
              + values.numRows
              + " x "
              + values.numCols
              + "]");
    }
  }

  /**
   * Packs a tensor.
   *
   * @param tensor {@code (batch, timesteps, dim)}; sequences may differ in length, vectors may not
   */
  public static SequenceBatch of(float[][][] tensor) {
    if (tensor.length == 0) {
      throw new IllegalArgumentException(
          "an empty batch has no dimension; pack at least one sequence");
    }
    int[] lengths = new int[tensor.length];
    for (int i = 0; i < tensor.length; i++) {
      lengths[i] = tensor[i].length;
    }
    Packing packing = Packing.of(lengths);
    FMatrixRMaj values = new FMatrixRMaj(packing.tokens(), tensor[0][0].length);
    for (int i = 0; i < tensor.length; i++) {
      for (int t = 0; t < lengths[i]; t++) {
        if (tensor[i][t].length != values.numCols) {
          throw new IllegalArgumentException(
              "sequence "
                  + i
                  + ", timestep "
                  + t
                  + " has a vector of length "
                  + tensor[i][t].length
                  + ", expected "
                  + values.numCols);
        }
        System.arraycopy(
            tensor[i][t], 0, values.data, packing.row(i, t) * values.numCols, values.numCols);
      }
    }
    return new SequenceBatch(packing, values);
  }

  /** Unpacks to a tensor {@code (batch, timesteps, dim)}, sequences in the caller's order. */
  public float[][][] toTensor() {
    float[][][] tensor = new float[packing.sequences()][][];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = new float[packing.length(i)][dim()];
      for (int t = 0; t < tensor[i].length; t++) {
        System.arraycopy(values.data, packing.row(i, t) * dim(), tensor[i][t], 0, dim());
      }
    }
    return tensor;
  }

  /** The length of each vector. */
  public int dim() {
    return values.numCols;
  }
}
