package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * A layer that begins with a product of each row by itself, {@code W x + b}. Where the same inputs
 * come again and again, as words do, that part can be kept and the layer go on from it.
 */
sealed interface ProjectingLayer extends Layer
    permits RecurrentLayer, Bidirectional.BidirectionalLayer, Shortcut.ProjectingShortcutLayer {
  /** The length of {@code W x + b}. */
  int projectedDim();

  /**
   * Computes {@code W x + b} for every row.
   *
   * @param x {@code [rows x inputDim]}. Not modified.
   * @param out {@code [rows x >= col + projectedDim]}: columns {@code col...} are written
   */
  void project(FMatrixRMaj x, FMatrixRMaj out, int col, Pass pass);

  /**
   * The output without a way back.
   *
   * @param projected {@code W x + b} of each row, from element {@code col} on
   */
  PackedBatch forwardProjected(Packing packing, float[][] projected, int col, Pass pass);
}
