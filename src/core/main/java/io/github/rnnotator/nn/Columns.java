package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/** Copies blocks of columns, to concatenate and split vectors. */
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
    copy(from, 0, fromCol, to, 0, toCol, from.numRows, cols);
  }

  /** Copies {@code rows} rows from {@code fromRow} to rows {@code toRow...}. */
  static void copy(
      FMatrixRMaj from,
      int fromRow,
      int fromCol,
      FMatrixRMaj to,
      int toRow,
      int toCol,
      int rows,
      int cols) {
    int at = fromRow * from.numCols + fromCol;
    int toAt = toRow * to.numCols + toCol;
    for (int i = 0; i < rows; i++) {
      System.arraycopy(from.data, at, to.data, toAt, cols);
      at += from.numCols;
      toAt += to.numCols;
    }
  }
}
