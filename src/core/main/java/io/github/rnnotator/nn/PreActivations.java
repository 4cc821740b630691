package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/** Supplies {@code a_t = W x_t + b} to a recurrent layer, a few timesteps at a time. */
interface PreActivations {
  /**
   * Writes rows {@code [row, row + rows)} of the packed batch to rows {@code aRow...} of {@code a}.
   *
   * @param a {@code [>= aRow + rows x projectedDim]}. Modified.
   */
  void write(int row, int rows, FMatrixRMaj a, int aRow);
}
