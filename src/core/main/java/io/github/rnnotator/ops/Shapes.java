package io.github.rnnotator.ops;

import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Checks the operands of an operation before its loops run, so that a wrong shape throws before
 * anything is written.
 */
final class Shapes {
  private Shapes() {}

  static void multiply(
      FMatrixRMaj a, int aRow, int rows, PanelMatrix b, int panel, FMatrixRMaj c, int cRow) {
    @Nullable String wrong;
    if (a.numCols != b.rows) {
      wrong = "inner dimensions " + a.numCols + " and " + b.rows + " differ";
    } else if (c.numCols != b.cols) {
      wrong = "B has " + b.cols + " columns and C " + c.numCols;
    } else if (outside(aRow, rows, a)) {
      wrong = "A has no such rows";
    } else if (outside(cRow, rows, c)) {
      wrong = "C has no such rows";
    } else {
      wrong = operands(a, b, panel, c);
    }
    if (wrong != null) {
      throw new IllegalArgumentException(
          "multiply: A rows %s of %s by B [%d x %d] into C rows %s of %s: %s"
              .formatted(
                  span(aRow, rows), shape(a), b.rows, b.cols, span(cRow, rows), shape(c), wrong));
    }
  }

  static void multiplyTransposed(FMatrixRMaj a, PanelMatrix b, int panel, FMatrixRMaj c) {
    @Nullable String wrong;
    if (a.numRows != b.rows) {
      wrong = "inner dimensions " + a.numRows + " and " + b.rows + " differ";
    } else if (c.numCols != b.cols) {
      wrong = "B has " + b.cols + " columns and C " + c.numCols;
    } else if (c.numRows != a.numCols) {
      wrong = "A has " + a.numCols + " columns and C " + c.numRows + " rows";
    } else {
      wrong = operands(a, b, panel, c);
    }
    if (wrong != null) {
      throw new IllegalArgumentException(
          "multiplyTransposed: A^T of %s by B [%d x %d] into C %s: %s"
              .formatted(shape(a), b.rows, b.cols, shape(c), wrong));
    }
  }

  private static @Nullable String operands(FMatrixRMaj a, PanelMatrix b, int panel, FMatrixRMaj c) {
    if (a.data == c.data) {
      return "A and C share one array";
    }
    if (b.panel != panel) {
      return b.panel == 0 ? "B was never packed" : "B was packed by other operations";
    }
    return null;
  }

  /** {@code vector [1 x n]} against rows of {@code matrix [.. x n]}. */
  static void vectorAndRows(
      String operation, FMatrixRMaj vector, FMatrixRMaj matrix, int row, int rows) {
    @Nullable String wrong = null;
    if (vector.numRows != 1) {
      wrong = "the vector needs 1 row";
    } else if (vector.numCols != matrix.numCols) {
      wrong = "columns differ";
    } else if (outside(row, rows, matrix)) {
      wrong = "the matrix has no such rows";
    }
    if (wrong != null) {
      throw new IllegalArgumentException(
          "%s: vector %s and rows %s of %s: %s"
              .formatted(operation, shape(vector), span(row, rows), shape(matrix), wrong));
    }
  }

  static void rows(String operation, FMatrixRMaj matrix, int row, int rows) {
    if (outside(row, rows, matrix)) {
      throw new IllegalArgumentException(
          "%s: rows %s of %s: the matrix has no such rows"
              .formatted(operation, span(row, rows), shape(matrix)));
    }
  }

  static void elements(String operation, float[] x, int from, int length) {
    if (from < 0 || length < 0 || from > x.length - length) {
      throw new IllegalArgumentException(
          "%s: elements %s of an array of %d: out of range"
              .formatted(operation, span(from, length), x.length));
    }
  }

  /**
   * {@code x [k]} by {@code m [k x n]} into {@code out [n]}; {@code x} and {@code out} must not
   * overlap.
   */
  static void vectorByMatrix(
      String operation, float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom) {
    elements(operation, x, xFrom, m.numRows);
    elements(operation, out, outFrom, m.numCols);
    if (x == out && xFrom < outFrom + m.numCols && outFrom < xFrom + m.numRows) {
      throw new IllegalArgumentException(
          "%s: x %s and out %s overlap"
              .formatted(operation, span(xFrom, m.numRows), span(outFrom, m.numCols)));
    }
  }

  static void sameShape(String operation, FMatrixRMaj a, FMatrixRMaj b) {
    if (a.numRows != b.numRows || a.numCols != b.numCols) {
      throw new IllegalArgumentException(
          "%s: %s and %s differ in shape".formatted(operation, shape(a), shape(b)));
    }
  }

  /**
   * Checks the matrices of one timestep of a cell.
   *
   * @param gates the number of gates
   * @param wide matrices of {@code gates x units} columns
   * @param narrow matrices of {@code units} columns, as many as the first has
   */
  static void timestep(
      String operation, int gates, FMatrixRMaj[] wide, FMatrixRMaj[] narrow, Step step) {
    int row = step.row();
    int rows = step.rows();
    int previousRow = step.previousRow();
    int previousRows = step.previousRows();
    int units = narrow[0].numCols;
    @Nullable String wrong = null;
    for (FMatrixRMaj matrix : wide) {
      if (matrix.numCols != gates * units) {
        wrong = "with " + units + " units there must be " + gates * units + " columns of gates";
      } else if (outside(row, rows, matrix)) {
        wrong = "a matrix of gates has no such rows";
      }
    }
    for (FMatrixRMaj matrix : narrow) {
      if (matrix.numCols != units) {
        wrong = "the states differ in their columns";
      } else if (outside(row, rows, matrix)) {
        wrong = "a matrix of states has no such rows";
      } else if (outside(previousRow, previousRows, matrix)) {
        wrong = "a matrix of states has no such previous rows";
      }
    }
    if (previousRows > rows) {
      wrong = "more previous rows than rows";
    } else if (previousRows > 0
        && previousRow < (long) row + rows
        && row < (long) previousRow + previousRows) {
      wrong = "rows and previous rows overlap";
    }
    if (wrong != null) {
      throw new IllegalArgumentException(
          "%s: rows %s after rows %s, gates %s, states %s: %s"
              .formatted(
                  operation,
                  span(row, rows),
                  span(previousRow, previousRows),
                  shapes(wide),
                  shapes(narrow),
                  wrong));
    }
  }

  private static boolean outside(int row, int rows, FMatrixRMaj matrix) {
    return row < 0 || rows < 0 || row > matrix.numRows - rows;
  }

  private static String span(int from, int length) {
    return length <= 0 ? length + " from " + from : from + ".." + ((long) from + length - 1);
  }

  private static String shapes(FMatrixRMaj[] matrices) {
    StringBuilder shapes = new StringBuilder();
    for (FMatrixRMaj matrix : matrices) {
      shapes.append(shapes.isEmpty() ? "" : " ").append(shape(matrix));
    }
    return shapes.toString();
  }

  private static String shape(FMatrixRMaj matrix) {
    return "[" + matrix.numRows + " x " + matrix.numCols + "]";
  }
}
