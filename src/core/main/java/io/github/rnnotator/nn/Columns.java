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
    for (int row = 0; row < from.numRows; row++) {
      int at = row * from.numCols + fromCol;
      System.arraycopy(from.data, at, to.data, row * to.numCols + toCol, cols);
    }
  }

  /**
   * Copies row {@code at[i]} of {@code from} to row {@code i} of {@code to}.
   *
   * @param from {@code [.. x cols]}. Not modified.
   * @param to {@code [>= at.length x cols]}. Modified.
   */
  public static void gather(FMatrixRMaj from, int[] at, FMatrixRMaj to) {
    int cols = from.numCols;
    for (int i = 0; i < at.length; i++) {
      System.arraycopy(from.data, at[i] * cols, to.data, i * cols, cols);
    }
  }

  /**
   * Adds row {@code i} of {@code from} to row {@code at[i]} of {@code to}: the backward pass of
   * {@link #gather}.
   *
   * @param from {@code [>= at.length x cols]}. Not modified.
   * @param to {@code [.. x cols]}. Modified.
   */
  public static void scatterAdd(FMatrixRMaj from, int[] at, FMatrixRMaj to) {
    int cols = from.numCols;
    for (int i = 0; i < at.length; i++) {
      for (int j = 0; j < cols; j++) {
        to.data[at[i] * cols + j] += from.data[i * cols + j];
      }
    }
  }

  /** Copies {@code rows} whole rows from {@code fromRow} to rows {@code toRow...}. */
  static void copyRows(
      FMatrixRMaj from, int fromRow, int rows, FMatrixRMaj to, int toRow, int toCol) {
    int cols = from.numCols;
    for (int i = 0; i < rows; i++) {
      int at = (toRow + i) * to.numCols + toCol;
      System.arraycopy(from.data, (fromRow + i) * cols, to.data, at, cols);
    }
  }
}
