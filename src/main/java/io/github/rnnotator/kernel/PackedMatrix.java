package io.github.rnnotator.kernel;

/**
 * The right operand {@code B [rows x cols]} of a matrix product, laid out as the kernel that packed
 * it wants to read it. Weights that do not change are packed once and multiplied many times.
 *
 * <p>Only the kernel that made it can read it. A packed matrix can be filled again by {@link
 * Kernel#pack}; while that happens no other thread may use it, otherwise any number may.
 */
public final class PackedMatrix {
  /**
   * Panels of {@link #panel} columns, one after another, each row-major and the last one padded
   * with zeros; may be longer than needed.
   */
  float[] data = new float[0];

  int rows;
  int cols;

  /** The columns of a panel, which tells the layouts of the kernels apart; 0 before packing. */
  int panel;

  /** The rows of {@code B}, the length of each sum. */
  public int rows() {
    return rows;
  }

  /** The columns of {@code B}, the columns of the product. */
  public int cols() {
    return cols;
  }

  /**
   * Sets the shape and makes room for {@code length} elements in panels of {@code panel} columns.
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
