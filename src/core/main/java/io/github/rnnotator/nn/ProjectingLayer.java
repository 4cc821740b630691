package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * A layer that begins with a product per row, {@code W x + b}. For inputs that recur, as words do,
 * the product can be cached and the layer resumed from it.
 */
sealed interface ProjectingLayer extends Layer
    permits RecurrentLayer, Bidirectional.BidirectionalLayer, Shortcut.ProjectingShortcutLayer {
  /** The length of {@code W x + b}. */
  int projectedDim();

  /**
   * Computes {@code W x + b} for every row.
   *
   * @param x {@code [rows x inputDim]}. Not modified.
   * @param out {@code [rows x >= col + projectedDim]}: columns {@code col...} are modified
   */
  void project(FMatrixRMaj x, FMatrixRMaj out, int col, PassContext pass);

  /**
   * Computes the output for inference.
   *
   * @param projected {@code W x + b} of each row, from element {@code col} on
   */
  SequenceBatch forwardProjected(Packing packing, float[][] projected, int col, PassContext pass);

  /** Supplies {@code a_t = W x_t + b} to a recurrent layer, a few timesteps at a time. */
  interface PreActivations {
    /**
     * Writes rows {@code [row, row + rows)} of the packed batch to rows {@code aRow...} of {@code
     * a}.
     *
     * @param a {@code [>= aRow + rows x projectedDim]}. Modified.
     */
    void write(int row, int rows, FMatrixRMaj a, int aRow);
  }
}
