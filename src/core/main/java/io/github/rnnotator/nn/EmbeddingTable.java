package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Embedding}: a vector for each id, looked up by row.
 *
 * <p>Weights: {@code [ids x dim]}, uniform in {@code +-sqrt(3 / dim)} so that each vector has a
 * norm of about 1 in any dimension.
 */
public final class EmbeddingTable {
  /** An id whose vector comes from elsewhere: it is not looked up and has no gradient. */
  public static final int NONE = -1;

  private final Parameter table;

  private EmbeddingTable(Parameter table) {
    this.table = table;
  }

  /** Builds a table with fresh weights. */
  public static EmbeddingTable build(String name, int ids, int dim, RandomGenerator random) {
    return new EmbeddingTable(
        Parameter.table(
            name, Initializers.uniform(ids, dim, (float) Math.sqrt(3.0 / dim), random)));
  }

  /** Creates a table with these initial weights, {@code [ids x dim]}. */
  public static EmbeddingTable of(String name, FMatrixRMaj values) {
    return new EmbeddingTable(Parameter.table(name, values));
  }

  /** The weights. */
  public Parameter parameter() {
    return table;
  }

  /** The length of each vector. */
  public int dim() {
    return table.value().numCols;
  }

  /**
   * Copies the vector of {@code ids[i]} to row {@code i}, columns {@code col...} of {@code out}.
   *
   * @param out {@code [ids.length x >= col + dim]}. Modified.
   */
  public void lookUp(int[] ids, FMatrixRMaj out, int col) {
    int dim = dim();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != NONE) {
        System.arraycopy(table.value().data, ids[i] * dim, out.data, i * out.numCols + col, dim);
      }
    }
  }

  /**
   * Adds the vector of {@code ids[i]} to row {@code i}, columns {@code col...} of {@code out}.
   *
   * @param out {@code [ids.length x >= col + dim]}. Modified.
   */
  public void add(int[] ids, FMatrixRMaj out, int col) {
    int dim = dim();
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != NONE) {
        for (int j = 0; j < dim; j++) {
          out.data[i * out.numCols + col + j] += table.value().data[ids[i] * dim + j];
        }
      }
    }
  }

  /**
   * Adds row {@code i}, columns {@code col...} of {@code dOut} to the gradient of the vector of
   * {@code ids[i]}.
   *
   * @param dOut {@code [ids.length x >= col + dim]}. Not modified.
   */
  public void backward(int[] ids, FMatrixRMaj dOut, int col, Gradients gradients) {
    Gradients.TableGradient gradient = gradients.ofTable(table);
    for (int i = 0; i < ids.length; i++) {
      if (ids[i] != NONE) {
        gradient.addRow(ids[i], dOut.data, i * dOut.numCols + col);
      }
    }
  }
}
