package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/** Blocks of columns: how vectors are joined and taken apart. */
public final class Columns {
  private Columns() {}

  /**
   * Copies columns {@code [fromCol, fromCol + cols)} of every row to columns {@code toCol...} of
   * the same row.
   *
   * @param from {@code [rows x >= fromCol + cols]}. Not modified.
   * @param to {@code [rows x >= toCol + cols]}. Modified.
   */
  public static void copy(FMatrixRMaj from, int fromCol, FMatrixRMaj to, int toCol, int cols) {
    for (int i = 0; i < from.numRows; i++) {
      System.arraycopy(
          from.data, i * from.numCols + fromCol, to.data, i * to.numCols + toCol, cols);
    }
  }
}
