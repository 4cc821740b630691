package io.github.rnnotator.nn;

import io.github.rnnotator.ops.PanelMatrix;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The buffers of one thread. A pass takes matrices; {@link #reset} frees all of them for the next
 * pass, so that after the first passes nothing is allocated. Not thread-safe.
 */
public final class Workspace {
  private final List<FMatrixRMaj> matrices = new ArrayList<>();
  private final List<PanelMatrix> packed = new ArrayList<>();
  private int usedMatrices;
  private int usedPacked;

  /** Frees every buffer; matrices taken before must no longer be used. */
  public void reset() {
    usedMatrices = 0;
    usedPacked = 0;
  }

  /** Returns a matrix {@code [rows x cols]} with undefined values. */
  public FMatrixRMaj matrix(int rows, int cols) {
    if (usedMatrices == matrices.size()) {
      matrices.add(new FMatrixRMaj(rows, cols));
    }
    FMatrixRMaj matrix = matrices.get(usedMatrices++);
    if (matrix.data.length < rows * cols) {
      // With spare capacity, since batches differ in size.
      matrix.data = new float[rows * cols + rows * cols / 4];
    }
    matrix.numRows = rows;
    matrix.numCols = cols;
    return matrix;
  }

  /** Returns a matrix {@code [rows x cols]} of zeros. */
  public FMatrixRMaj zeros(int rows, int cols) {
    FMatrixRMaj matrix = matrix(rows, cols);
    Arrays.fill(matrix.data, 0, rows * cols, 0);
    return matrix;
  }

  /** The capacity of all matrices in floats. */
  public long floats() {
    return matrices.stream().mapToLong(matrix -> matrix.data.length).sum();
  }

  /** Returns a packed matrix to be filled. */
  public PanelMatrix packed() {
    if (usedPacked == packed.size()) {
      packed.add(new PanelMatrix());
    }
    return packed.get(usedPacked++);
  }
}
