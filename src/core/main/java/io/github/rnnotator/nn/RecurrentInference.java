package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import io.github.rnnotator.ops.Step;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Runs a batch through a recurrent layer and keeps nothing for a backward pass, so that buffers for
 * a few timesteps suffice and stay in cache: {@code W x_t + b} is computed for several timesteps at
 * once in one half of each buffer; the other half holds the previous states.
 *
 * @param inputs {@code W x_t + b} of every row of the packing
 */
record RecurrentInference(
    RecurrentLayer layer,
    Packing packing,
    ProjectingLayer.PreActivations inputs,
    PassContext pass) {
  /** The number of rows of {@code W x_t + b} that are computed together. */
  private static final int ROWS = 96;

  /** Computes the outputs in a new batch. */
  SequenceBatch output() {
    Packing packed = layer.outputPacking(packing);
    FMatrixRMaj y = pass.matrix(packed.tokens(), layer.units());
    write(y, 0);
    return new SequenceBatch(packed, y);
  }

  /**
   * Computes the outputs.
   *
   * @param y {@code [rows of outputPacking x >= col + units]}: columns {@code col...} are modified
   */
  void write(FMatrixRMaj y, int col) {
    Ops ops = pass.ops();
    int units = layer.units();
    boolean sequences = layer.spec().returnSequences();
    int capacity = Math.min(packing.tokens(), Math.max(packing.sequences(), ROWS));
    FMatrixRMaj a = pass.matrix(2 * capacity, layer.projectedDim());
    FMatrixRMaj u = layer.recurrentTerm(a, pass);
    FMatrixRMaj h = pass.matrix(2 * capacity, units);
    @Nullable Parameter weights = layer.u();
    @Nullable PanelMatrix packedU = weights == null ? null : pass.packed(weights, false);
    Cell.Run run = layer.spec().cell().begin(a, u, h, pass);
    int timesteps = packing.timesteps();
    int half = 0;
    int previous = 0;
    for (int i = 0; i < timesteps; ) {
      // [i, end) are read together; their rows are [first, first + rows)
      int end = i;
      int rows = 0;
      int first = packing.tokens();
      while (end < timesteps) {
        int t = layer.direction().timestep(end, timesteps);
        if (rows + packing.active(t) > capacity) {
          break;
        }
        rows += packing.active(t);
        first = Math.min(first, packing.offset(t));
        end++;
      }
      inputs.write(first, rows, a, half);
      layer.startRecurrentTerm(u, half, rows, ops);
      for (; i < end; i++) {
        Step step = layer.direction().step(packing, i);
        int row = half + step.row() - first;
        Step here = new Step(row, step.rows(), previous, step.previousRows());
        if (packedU != null) {
          ops.multiply(h, previous, here.previousRows(), packedU, u, row, true);
        }
        run.forward(here);
        if (!sequences) {
          // Rows of sequences that have ended are not written, so their last state stays.
          Columns.copyRows(h, row, here.rows(), y, 0, col);
        }
        previous = row;
      }
      if (sequences) {
        Columns.copyRows(h, half, rows, y, first, col);
      }
      half = capacity - half;
    }
  }
}
