package io.github.rnnotator.ops;

/**
 * The right operand {@code B [rows x cols]} of a matrix product, in the layout of the operations
 * that packed it. Weights are packed once and multiplied many times.
 *
 * <p>Only the operations that packed it can read it. {@link Ops#pack} may refill it, exclusively;
 * reading is thread-safe.
 */
public final class PanelMatrix {
  /**
   * Consecutive panels of {@link #panel} columns, each row-major, the last padded with zeros; may
   * be longer than needed.
   */
  float[] data = new float[0];

  int rows;
  int cols;

  /** The columns of a panel, which identify the layout; 0 before packing. */
  int panel;

  /** The rows of {@code B}, the length of each sum. */
  public int rows() {
    return rows;
  }

  /** The columns of {@code B} and of the product. */
  public int cols() {
    return cols;
  }

  /**
   * Sets the shape and allocates at least {@code length} elements, in panels of {@code panel}
   * columns.
   */
  void reshape(int rows, int cols, int panel, int length) {
    if (data.length < length) {
      data = new float[length];
    }
    this.rows = rows;
    this.cols = cols;
    this.panel = panel;
  }
}
