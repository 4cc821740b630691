package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import io.github.rnnotator.ops.Step;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * One training pass of a batch through a recurrent layer, forward and backward. All states are
 * kept: in the backward pass the gradients of {@code W} and {@code U} are one product each.
 */
final class RecurrentTraining {
  private final RecurrentLayer layer;
  private final SequenceBatch x;
  private final Packing packing;
  private final PassContext pass;
  private final Ops ops;
  private final int units;
  private final @Nullable Recurrence recurrence;

  /** {@code h_t} of every row. */
  private final FMatrixRMaj h;

  private final Cell.Run run;

  private RecurrentTraining(RecurrentLayer layer, SequenceBatch x, PassContext pass) {
    this.layer = layer;
    this.x = x;
    this.packing = x.packing();
    this.pass = pass;
    this.ops = pass.ops();
    this.units = layer.units();
    int tokens = packing.tokens();
    // a_t = W x_t + b, for all t at once
    FMatrixRMaj a = pass.matrix(tokens, layer.projectedDim());
    layer.projection(x.values(), pass).write(0, tokens, a, 0);
    // u_t = b_u, or a_t itself; the loop adds U h_(t-1)
    FMatrixRMaj u = layer.recurrentTerm(a, pass);
    layer.startRecurrentTerm(u, 0, tokens, ops);
    this.h = pass.matrix(tokens, units);
    this.recurrence = layer.u() == null ? null : new Recurrence(layer.u(), u);
    this.run = layer.spec().cell().begin(a, u, h, pass);
  }

  static Layer.Output forward(RecurrentLayer layer, SequenceBatch x, PassContext pass) {
    RecurrentTraining training = new RecurrentTraining(layer, x, pass);
    training.forward();
    return new Layer.Output(training.output(), training::backward);
  }

  private void forward() {
    for (int i = 0; i < packing.timesteps(); i++) {
      Step step = layer.direction().step(packing, i);
      if (recurrence != null) {
        recurrence.forward(step);
      }
      run.forward(step);
    }
  }

  private FMatrixRMaj backward(FMatrixRMaj dY, Gradients gradients) {
    int tokens = packing.tokens();
    FMatrixRMaj dH = gradientOfStates(dY);
    FMatrixRMaj dA = pass.matrix(tokens, layer.projectedDim());
    FMatrixRMaj dU = layer.recurrentTerm(dA, pass);
    Cell.BackwardRun back = run.backward(dH, dA, dU, pass);
    @Nullable Recurrence recurrent = recurrence;
    Cell.@Nullable BackwardRun through = recurrent == null ? null : recurrent.backward(dU, dH);
    for (int i = packing.timesteps() - 1; i >= 0; i--) {
      Step step = layer.direction().step(packing, i);
      back.backward(step);
      if (through != null) {
        through.backward(step);
      }
    }
    // dW += X^T dA, dU += H_prev^T dU, db += sum da_t, db_u += sum du_t
    PanelMatrix packedDU = pass.pack(dU);
    PanelMatrix packedDA = dU == dA ? packedDU : pass.pack(dA);
    if (recurrent != null) {
      ops.multiplyTransposed(recurrent.hPrevious, packedDU, gradients.of(recurrent.weights), true);
    }
    ops.multiplyTransposed(x.values(), packedDA, gradients.of(layer.w()), true);
    ops.addColumnSums(dA, 0, tokens, gradients.of(layer.b()));
    if (layer.bU() != null) {
      ops.addColumnSums(dU, 0, tokens, gradients.of(layer.bU()));
    }
    // dX = dA W^T
    FMatrixRMaj dX = pass.matrix(tokens, x.dim());
    ops.multiply(dA, 0, tokens, pass.packed(layer.w(), true), dX, 0, false);
    return dX;
  }

  /** The recurrent product {@code U h_(t-1)}, with dropout on {@code h_(t-1)}. */
  private final class Recurrence {
    private final Parameter weights;
    private final FMatrixRMaj u;
    private final PanelMatrix packedU;

    /**
     * {@code h_(t-1)} of every row after dropout, 0 where a sequence begins. The backward pass
     * needs it as one matrix.
     */
    private final FMatrixRMaj hPrevious;

    /** One row per sequence, in rank order, so that the first rows fit every timestep. */
    private final @Nullable FMatrixRMaj mask;

    Recurrence(Parameter weights, FMatrixRMaj u) {
      this.weights = weights;
      this.u = u;
      this.packedU = pass.packed(weights, false);
      this.hPrevious = pass.zeros(packing.tokens(), units);
      this.mask = mask(layer.spec().recurrentDropout());
    }

    private @Nullable FMatrixRMaj mask(float dropout) {
      if (dropout == 0) {
        return null;
      }
      FMatrixRMaj mask = pass.matrix(packing.sequences(), units);
      Dropout.fillMask(mask, dropout, pass.random());
      return mask;
    }

    /** {@code u_t += U h_(t-1)}. */
    void forward(Step step) {
      int from = step.previousRow() * units;
      int to = step.row() * units;
      int length = step.previousRows() * units;
      if (mask == null) {
        System.arraycopy(h.data, from, hPrevious.data, to, length);
      } else {
        ops.multiplyElements(h.data, from, mask.data, 0, hPrevious.data, to, length);
      }
      ops.multiply(hPrevious, step.row(), step.previousRows(), packedU, u, step.row(), true);
    }

    Cell.BackwardRun backward(FMatrixRMaj dU, FMatrixRMaj dH) {
      FMatrixRMaj dHMasked = mask == null ? dH : pass.matrix(packing.sequences(), units);
      PanelMatrix transposedU = pass.packed(weights, true);
      return step -> {
        // dh_(t-1) += du_t U^T, times the mask if there is one
        if (mask == null) {
          ops.multiply(
              dU, step.row(), step.previousRows(), transposedU, dH, step.previousRow(), true);
        } else {
          ops.multiply(dU, step.row(), step.previousRows(), transposedU, dHMasked, 0, false);
          int length = step.previousRows() * units;
          ops.multiplyElements(dHMasked.data, 0, mask.data, 0, dHMasked.data, 0, length);
          ops.addScaled(1, dHMasked.data, 0, dH.data, step.previousRow() * units, length);
        }
      };
    }
  }

  private SequenceBatch output() {
    if (layer.spec().returnSequences()) {
      return new SequenceBatch(packing, h);
    }
    FMatrixRMaj last = pass.matrix(packing.sequences(), units);
    for (int rank = 0; rank < packing.sequences(); rank++) {
      System.arraycopy(h.data, lastRow(rank) * units, last.data, rank * units, units);
    }
    return new SequenceBatch(packing.lastStates(), last);
  }

  private FMatrixRMaj gradientOfStates(FMatrixRMaj dY) {
    if (layer.spec().returnSequences()) {
      FMatrixRMaj dH = pass.matrix(packing.tokens(), units);
      System.arraycopy(dY.data, 0, dH.data, 0, packing.tokens() * units);
      return dH;
    }
    FMatrixRMaj dH = pass.zeros(packing.tokens(), units);
    for (int rank = 0; rank < packing.sequences(); rank++) {
      System.arraycopy(dY.data, rank * units, dH.data, lastRow(rank) * units, units);
    }
    return dH;
  }

  /** The row of the state computed last: the last timestep, or the first if read backward. */
  private int lastRow(int rank) {
    int sequence = packing.sequenceAt(rank);
    boolean forward = layer.direction() == Direction.FORWARD;
    return packing.row(sequence, forward ? packing.length(sequence) - 1 : 0);
  }
}
