package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/** Supplies {@code z_t = W x_t + b} to a recurrent layer, a few timesteps at a time. */
interface PreActivations {
  /**
   * Writes rows {@code [row, row + rows)} of the packed batch to rows {@code zRow...} of {@code z}.
   *
   * @param z {@code [>= zRow + rows x projectedDim]}. Modified.
   */
  void write(int row, int rows, FMatrixRMaj z, int zRow);
}
