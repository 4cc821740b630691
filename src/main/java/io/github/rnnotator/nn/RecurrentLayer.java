package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.PackedMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in one direction: {@code h_t = cell(W x_t + b, U h_(t-1))} for every timestep
 * of a packed batch.
 *
 * <p>{@code W x_t + b} is one product for all timesteps; {@code U h_(t-1)} is one small product a
 * timestep over the sequences that are still active. On the way back the gradients of {@code W} and
 * {@code U} are one product each. Inference computes {@code W x_t + b} for a few timesteps at a
 * time instead, since it keeps nothing.
 */
final class RecurrentLayer implements ProjectingLayer {
  /** The rows of {@code W x_t + b} that inference computes together, if there are as many. */
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

  /**
   * The bias of the state's part, {@code [1 x gates * units]}, where the cell keeps it separate.
   */
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
        cell.separatesState()
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
    of(x, pass).write(0, x.numRows, z, 0);
    Columns.copy(z, 0, out, col, z.numCols);
  }

  @Override
  public PackedBatch forwardProjected(Packing packing, float[][] projected, int col, Pass pass) {
    return output(packing, projected(projected, col), pass);
  }

  /** {@code W x_t + b} of given inputs. */
  PreActivations of(FMatrixRMaj x, Pass pass) {
    return (row, rows, z, zRow) ->
        pass.kernel().affine(x, row, rows, pass.packed(kernelW, false), biasW.value(), z, zRow);
  }

  /** {@code W x_t + b} that is known already, from element {@code col} of each row on. */
  static PreActivations projected(float[][] rows, int col) {
    return (row, count, z, zRow) -> {
      for (int i = 0; i < count; i++) {
        System.arraycopy(rows[row + i], col, z.data, (zRow + i) * z.numCols, z.numCols);
      }
    };
  }

  /** How the outputs are packed: as the inputs, or one a sequence. */
  Packing outputPacking(Packing packing) {
    return returnSequences ? packing : packing.lastStates();
  }

  /** The outputs in a batch of their own, without a way back. */
  PackedBatch output(Packing packing, PreActivations inputs, Pass pass) {
    Packing packed = outputPacking(packing);
    FMatrixRMaj y = pass.matrix(packed.tokens(), units);
    infer(packing, inputs, y, 0, pass);
    return new PackedBatch(packed, y);
  }

  /**
   * Computes the outputs alone. Nothing is kept for a way back, so that buffers for a few timesteps
   * are enough and stay in the cache: some timesteps' rows of {@code W x_t + b} are computed
   * together, as many as a product wants, in one half of each buffer; the other half holds the
   * states that came before.
   *
   * @param y {@code [rows of outputPacking x >= col + units]}: columns {@code col...} are written
   */
  void infer(Packing packing, PreActivations inputs, FMatrixRMaj y, int col, Pass pass) {
    Kernel kernel = pass.kernel();
    int room = Math.min(packing.tokens(), Math.max(packing.sequences(), ROWS));
    FMatrixRMaj x = pass.matrix(2 * room, projectedDim());
    FMatrixRMaj u = biasU == null ? x : pass.matrix(2 * room, projectedDim());
    FMatrixRMaj h = pass.matrix(2 * room, units);
    PackedMatrix packedU = pass.packed(kernelU, false);
    Cell.Run run = cell.begin(x, u, h, pass);
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
        if (rows + packing.active(t) > room) {
          break;
        }
        rows += packing.active(t);
        first = Math.min(first, packing.offset(t));
        end++;
      }
      inputs.write(first, rows, x, half);
      if (biasU != null) {
        kernel.fillRows(biasU.value(), u, half, rows);
      }
      for (; i < end; i++) {
        Step step = Step.of(packing, direction, direction.timestep(i, timesteps));
        int row = half + step.row() - first;
        Step here = new Step(row, step.rows(), previous, step.previousRows());
        kernel.multiply(h, previous, here.previousRows(), packedU, u, row, true);
        run.forward(here);
        if (!returnSequences) {
          // Of a sequence that has ended nothing is written any more: its last state stays.
          Columns.copy(h, row, 0, y, 0, col, here.rows(), units);
        }
        previous = row;
      }
      if (returnSequences) {
        Columns.copy(h, half, 0, y, first, col, rows, units);
      }
      half = room - half;
    }
  }

  @Override
  public Forward forward(PackedBatch input, Pass pass) {
    if (!pass.isTraining()) {
      PreActivations inputs = of(input.values(), pass);
      return new Forward(output(input.packing(), inputs, pass), Pass.noWayBack());
    }
    Kernel kernel = pass.kernel();
    Packing packing = input.packing();
    int tokens = packing.tokens();
    int cols = projectedDim();

    // x_t = W x_t + b, for all t at once
    FMatrixRMaj x = pass.matrix(tokens, cols);
    of(input.values(), pass).write(0, tokens, x, 0);
    // u_t starts from its own bias, or adds to x_t
    FMatrixRMaj u = x;
    if (biasU != null) {
      u = pass.matrix(tokens, cols);
      kernel.fillRows(biasU.value(), u, 0, tokens);
    }
    FMatrixRMaj h = pass.matrix(tokens, units);
    // What the recurrent product reads of every row: h_(t-1), or 0 where a sequence begins, less
    // what is dropped. The way back needs it as one matrix.
    FMatrixRMaj hPrevious = pass.zeros(tokens, units);
    FMatrixRMaj mask = recurrentMask(packing, pass);
    PackedMatrix packedU = pass.packed(kernelU, false);
    Cell.Run run = cell.begin(x, u, h, pass);
    for (int i = 0; i < packing.timesteps(); i++) {
      Step step = Step.of(packing, direction, direction.timestep(i, packing.timesteps()));
      copyPrevious(h, step, mask, hPrevious, kernel);
      kernel.multiply(hPrevious, step.row(), step.previousRows(), packedU, u, step.row(), true);
      run.forward(step);
    }

    boolean separate = biasU != null;
    return new Forward(
        output(packing, h, pass),
        (dY, gradients) -> {
          FMatrixRMaj dH = gradientOfStates(packing, dY, pass);
          FMatrixRMaj dX = pass.matrix(tokens, cols);
          FMatrixRMaj dU = separate ? pass.matrix(tokens, cols) : dX;
          PackedMatrix transposedU = pass.packed(kernelU, true);
          FMatrixRMaj dHMasked = mask == null ? dH : pass.matrix(packing.sequences(), units);
          Cell.BackwardRun back = run.backward(dH, dX, dU, pass);
          for (int i = packing.timesteps() - 1; i >= 0; i--) {
            Step step = Step.of(packing, direction, direction.timestep(i, packing.timesteps()));
            back.backward(step);
            // dh_(t-1) += dU_t U^T, through the mask where there is one
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
          PackedMatrix packedDX = separate ? pass.pack(dX) : packedDU;
          kernel.multiplyTransposed(hPrevious, packedDU, gradients.of(kernelU), true);
          kernel.multiplyTransposed(input.values(), packedDX, gradients.of(kernelW), true);
          kernel.addColumnSums(dX, 0, tokens, gradients.of(biasW));
          if (biasU != null) {
            kernel.addColumnSums(dU, 0, tokens, gradients.of(biasU));
          }
          FMatrixRMaj dInput = pass.matrix(tokens, input.dim());
          kernel.multiply(dX, 0, tokens, pass.packed(kernelW, true), dInput, 0, false);
          return dInput;
        });
  }

  /** One mask a sequence, in the order of ranks, so that the first rows fit every timestep. */
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

  /**
   * The row of the state that is computed last: the last timestep, or the first if read backward.
   */
  private int lastRow(Packing packing, int rank) {
    int sequence = packing.sequenceAt(rank);
    return packing.row(sequence, direction == Direction.FORWARD ? packing.length(sequence) - 1 : 0);
  }
}
