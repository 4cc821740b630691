package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.PackedMatrix;
import io.github.rnnotator.kernel.Step;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in one direction: {@code h_t = cell(W x_t + b, U h_(t-1))} for every timestep
 * of a packed batch.
 *
 * <p>{@code W x_t + b} is one product for all timesteps; {@code U h_(t-1)} is one small product per
 * timestep over the sequences that are still active. In the backward pass the gradients of {@code
 * W} and {@code U} are one product each. Inference, which saves nothing, computes {@code W x_t + b}
 * for a few timesteps at a time.
 */
final class RecurrentLayer implements ProjectingLayer {
  /** The number of rows of {@code W x_t + b} that inference computes together. */
  private static final int ROWS = 96;

  private final Cell cell;
  private final Direction direction;
  private final boolean returnSequences;
  private final float recurrentDropout;
  private final int units;

  /** {@code W [inputDim x gates * units]}. */
  private final Parameter kernelW;

  /** {@code U [units x gates * units]}. */
  private final Parameter kernelU;

  /** {@code b [1 x gates * units]}. */
  private final Parameter biasW;

  /** {@code b_u [1 x gates * units]}, the bias of the recurrent term, if the cell has one. */
  private final @Nullable Parameter biasU;

  private RecurrentLayer(
      Cell cell,
      Direction direction,
      boolean returnSequences,
      float recurrentDropout,
      Parameter kernelW,
      Parameter kernelU,
      Parameter biasW,
      @Nullable Parameter biasU) {
    this.cell = cell;
    this.direction = direction;
    this.returnSequences = returnSequences;
    this.recurrentDropout = recurrentDropout;
    this.units = kernelU.value().numRows;
    this.kernelW = kernelW;
    this.kernelU = kernelU;
    this.biasW = biasW;
    this.biasU = biasU;
  }

  static RecurrentLayer build(
      String name,
      int inputDim,
      int units,
      Cell cell,
      Direction direction,
      boolean returnSequences,
      float recurrentDropout,
      RandomGenerator random) {
    if (!(recurrentDropout >= 0 && recurrentDropout < 1)) {
      throw new IllegalArgumentException(
          "recurrent dropout " + recurrentDropout + " is not in [0, 1)");
    }
    int cols = cell.gates() * units;
    FMatrixRMaj bias = new FMatrixRMaj(1, cols);
    cell.initializeBias(bias, units);
    return new RecurrentLayer(
        cell,
        direction,
        returnSequences,
        recurrentDropout,
        Parameter.dense(name + ".kernel", Initializers.glorotUniform(inputDim, cols, random)),
        Parameter.dense(name + ".recurrent_kernel", Initializers.orthogonal(units, cols, random)),
        Parameter.dense(name + ".bias", bias),
        cell.hasRecurrentBias()
            ? Parameter.dense(name + ".recurrent_bias", new FMatrixRMaj(1, cols))
            : null);
  }

  @Override
  public int outputDim() {
    return units;
  }

  @Override
  public List<Parameter> parameters() {
    List<Parameter> all = new ArrayList<>(List.of(kernelW, kernelU, biasW));
    if (biasU != null) {
      all.add(biasU);
    }
    return all;
  }

  @Override
  public int projectedDim() {
    return cell.gates() * units;
  }

  @Override
  public void project(FMatrixRMaj x, FMatrixRMaj out, int col, Pass pass) {
    FMatrixRMaj z = pass.matrix(x.numRows, projectedDim());
    projection(x, pass).write(0, x.numRows, z, 0);
    Columns.copy(z, 0, out, col, z.numCols);
  }

  @Override
  public PackedBatch forwardProjected(Packing packing, float[][] projected, int col, Pass pass) {
    return output(packing, projected(projected, col), pass);
  }

  /** Computes {@code z_t = W x_t + b}. */
  PreActivations projection(FMatrixRMaj x, Pass pass) {
    return (row, rows, z, zRow) ->
        pass.kernel().affine(x, row, rows, pass.packed(kernelW, false), biasW.value(), z, zRow);
  }

  /** Reads {@code z_t} from cached rows, starting at element {@code col}. */
  static PreActivations projected(float[][] rows, int col) {
    return (row, count, z, zRow) -> {
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows[row + i], col, z.data, (zRow + i) * z.numCols, z.numCols);
      }
    };
  }

  /** Returns the packing of the outputs: as the inputs, or one row per sequence. */
  Packing outputPacking(Packing packing) {
    return returnSequences ? packing : packing.lastStates();
  }

  /** Computes the outputs in a new batch, without a backward pass. */
  PackedBatch output(Packing packing, PreActivations inputs, Pass pass) {
    Packing packed = outputPacking(packing);
    FMatrixRMaj y = pass.matrix(packed.tokens(), units);
    infer(packing, inputs, y, 0, pass);
    return new PackedBatch(packed, y);
  }

  /**
   * Computes the outputs only. Nothing is saved for a backward pass, so buffers for a few timesteps
   * suffice and stay in cache: {@code W x_t + b} is computed for several timesteps at once in one
   * half of each buffer; the other half holds the previous states.
   *
   * @param y {@code [rows of outputPacking x >= col + units]}: columns {@code col...} are modified
   */
  void infer(Packing packing, PreActivations inputs, FMatrixRMaj y, int col, Pass pass) {
    Kernel kernel = pass.kernel();
    int capacity = Math.min(packing.tokens(), Math.max(packing.sequences(), ROWS));
    FMatrixRMaj z = pass.matrix(2 * capacity, projectedDim());
    FMatrixRMaj u = biasU == null ? z : pass.matrix(2 * capacity, projectedDim());
    FMatrixRMaj h = pass.matrix(2 * capacity, units);
    PackedMatrix packedU = pass.packed(kernelU, false);
    Cell.Run run = cell.begin(z, u, h, pass);
    int timesteps = packing.timesteps();
    int half = 0;
    int previous = 0;
    for (int i = 0; i < timesteps; ) {
      // [i, end) are read together; their rows are [first, first + rows)
      int end = i;
      int rows = 0;
      int first = packing.tokens();
      while (end < timesteps) {
        int t = direction.timestep(end, timesteps);
        if (rows + packing.active(t) > capacity) {
          break;
        }
        rows += packing.active(t);
        first = Math.min(first, packing.offset(t));
        end++;
      }
      inputs.write(first, rows, z, half);
      if (biasU != null) {
        kernel.fillRows(biasU.value(), u, half, rows);
      }
      for (; i < end; i++) {
        Step step = direction.step(packing, i);
        int row = half + step.row() - first;
        Step here = new Step(row, step.rows(), previous, step.previousRows());
        kernel.multiply(h, previous, here.previousRows(), packedU, u, row, true);
        run.forward(here);
        if (!returnSequences) {
          // Rows of sequences that have ended are not written, so their last state stays.
          Columns.copy(h, row, 0, y, 0, col, here.rows(), units);
        }
        previous = row;
      }
      if (returnSequences) {
        Columns.copy(h, half, 0, y, first, col, rows, units);
      }
      half = capacity - half;
    }
  }

  @Override
  public Forward forward(PackedBatch input, Pass pass) {
    if (!pass.isTraining()) {
      PreActivations inputs = projection(input.values(), pass);
      return new Forward(output(input.packing(), inputs, pass), Pass.noBackprop());
    }
    Kernel kernel = pass.kernel();
    Packing packing = input.packing();
    int tokens = packing.tokens();
    int cols = projectedDim();

    // z_t = W x_t + b, for all t at once
    FMatrixRMaj z = pass.matrix(tokens, cols);
    projection(input.values(), pass).write(0, tokens, z, 0);
    // u_t = b_u, or z_t itself; the loop adds U h_(t-1)
    FMatrixRMaj u = z;
    if (biasU != null) {
      u = pass.matrix(tokens, cols);
      kernel.fillRows(biasU.value(), u, 0, tokens);
    }
    FMatrixRMaj h = pass.matrix(tokens, units);
    // h_(t-1) of every row after dropout, 0 where a sequence begins. The backward pass needs it as
    // one matrix.
    FMatrixRMaj hPrevious = pass.zeros(tokens, units);
    FMatrixRMaj mask = recurrentMask(packing, pass);
    PackedMatrix packedU = pass.packed(kernelU, false);
    Cell.Run run = cell.begin(z, u, h, pass);
    for (int i = 0; i < packing.timesteps(); i++) {
      Step step = direction.step(packing, i);
      copyPrevious(h, step, mask, hPrevious, kernel);
      kernel.multiply(hPrevious, step.row(), step.previousRows(), packedU, u, step.row(), true);
      run.forward(step);
    }

    boolean separate = biasU != null;
    return new Forward(
        output(packing, h, pass),
        (dY, gradients) -> {
          FMatrixRMaj dH = gradientOfStates(packing, dY, pass);
          FMatrixRMaj dZ = pass.matrix(tokens, cols);
          FMatrixRMaj dU = separate ? pass.matrix(tokens, cols) : dZ;
          PackedMatrix transposedU = pass.packed(kernelU, true);
          FMatrixRMaj dHMasked = mask == null ? dH : pass.matrix(packing.sequences(), units);
          Cell.BackwardRun back = run.backward(dH, dZ, dU, pass);
          for (int i = packing.timesteps() - 1; i >= 0; i--) {
            Step step = direction.step(packing, i);
            back.backward(step);
            // dh_(t-1) += du_t U^T, times the mask if there is one
            if (mask == null) {
              kernel.multiply(
                  dU, step.row(), step.previousRows(), transposedU, dH, step.previousRow(), true);
            } else {
              kernel.multiply(dU, step.row(), step.previousRows(), transposedU, dHMasked, 0, false);
              int length = step.previousRows() * units;
              kernel.multiplyElements(dHMasked.data, 0, mask.data, 0, dHMasked.data, 0, length);
              kernel.addScaled(1, dHMasked.data, 0, dH.data, step.previousRow() * units, length);
            }
          }
          PackedMatrix packedDU = pass.pack(dU);
          PackedMatrix packedDZ = separate ? pass.pack(dZ) : packedDU;
          kernel.multiplyTransposed(hPrevious, packedDU, gradients.of(kernelU), true);
          kernel.multiplyTransposed(input.values(), packedDZ, gradients.of(kernelW), true);
          kernel.addColumnSums(dZ, 0, tokens, gradients.of(biasW));
          if (biasU != null) {
            kernel.addColumnSums(dU, 0, tokens, gradients.of(biasU));
          }
          FMatrixRMaj dInput = pass.matrix(tokens, input.dim());
          kernel.multiply(dZ, 0, tokens, pass.packed(kernelW, true), dInput, 0, false);
          return dInput;
        });
  }

  /** One mask per sequence, in rank order, so that a prefix of the rows fits every timestep. */
  private @Nullable FMatrixRMaj recurrentMask(Packing packing, Pass pass) {
    if (recurrentDropout == 0) {
      return null;
    }
    FMatrixRMaj mask = pass.matrix(packing.sequences(), units);
    Dropout.fillMask(mask, recurrentDropout, pass.random());
    return mask;
  }

  private void copyPrevious(
      FMatrixRMaj h, Step step, @Nullable FMatrixRMaj mask, FMatrixRMaj hPrevious, Kernel kernel) {
    int from = step.previousRow() * units;
    int to = step.row() * units;
    int length = step.previousRows() * units;
    if (mask == null) {
      System.arraycopy(h.data, from, hPrevious.data, to, length);
    } else {
      kernel.multiplyElements(h.data, from, mask.data, 0, hPrevious.data, to, length);
    }
  }

  private PackedBatch output(Packing packing, FMatrixRMaj h, Pass pass) {
    if (returnSequences) {
      return new PackedBatch(packing, h);
    }
    FMatrixRMaj last = pass.matrix(packing.sequences(), units);
    for (int rank = 0; rank < packing.sequences(); rank++) {
      System.arraycopy(h.data, lastRow(packing, rank) * units, last.data, rank * units, units);
    }
    return new PackedBatch(packing.lastStates(), last);
  }

  private FMatrixRMaj gradientOfStates(Packing packing, FMatrixRMaj dY, Pass pass) {
    if (returnSequences) {
      FMatrixRMaj dH = pass.matrix(packing.tokens(), units);
      System.arraycopy(dY.data, 0, dH.data, 0, packing.tokens() * units);
      return dH;
    }
    FMatrixRMaj dH = pass.zeros(packing.tokens(), units);
    for (int rank = 0; rank < packing.sequences(); rank++) {
      System.arraycopy(dY.data, rank * units, dH.data, lastRow(packing, rank) * units, units);
    }
    return dH;
  }

  /** The row of the state computed last: the last timestep, or the first if read backward. */
  private int lastRow(Packing packing, int rank) {
    int sequence = packing.sequenceAt(rank);
    return packing.row(sequence, direction == Direction.FORWARD ? packing.length(sequence) - 1 : 0);
  }
}
