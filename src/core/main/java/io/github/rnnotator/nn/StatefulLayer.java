package io.github.rnnotator.nn;

import static java.util.Objects.requireNonNull;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.PanelMatrix;
import io.github.rnnotator.ops.Step;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer that reads forward, begins with a given state and returns its last one: Keras'
 * {@code initial_state} and {@code return_state}. So a decoder continues where an encoder ended:
 *
 * <pre>{@code
 * StatefulLayer.Output encoded = encoder.forward(source, encoder.zeroState(n, pass), pass);
 * StatefulLayer.Output decoded = decoder.forward(target, encoded.last(), pass);
 * }</pre>
 *
 * <p>Weights are those of {@link RecurrentSpec#build}. Holds no state of a pass; may be shared by
 * threads while the weights do not change.
 */
public final class StatefulLayer {
  private final RecurrentLayer layer;
  private final int units;

  private StatefulLayer(RecurrentLayer layer) {
    this.layer = layer;
    this.units = layer.units();
  }

  /**
   * Builds the layer with fresh weights.
   *
   * @throws IllegalArgumentException if it has recurrent dropout, which this layer does not support
   */
  public static StatefulLayer build(
      String name, int inputDim, RecurrentSpec spec, RandomGenerator random) {
    if (spec.recurrentDropout() != 0) {
      throw new IllegalArgumentException(name + ": no recurrent dropout with an initial state");
    }
    RecurrentSpec sequences = spec.returnSequences(true);
    return new StatefulLayer(sequences.build(name, inputDim, Direction.FORWARD, random));
  }

  /**
   * One state per sequence.
   *
   * @param h {@code [sequences x units]}, a row per rank
   * @param c the cell state of an {@link Lstm}, of the same shape; null for other cells
   */
  public record State(FMatrixRMaj h, @Nullable FMatrixRMaj c) {
    /** Returns a copy of these rows, in this order. */
    public State rows(int[] at) {
      return new State(gathered(h, at), c == null ? null : gathered(c, at));
    }

    /** Returns a copy in which row {@code at[i]} is row {@code i} of another state. */
    public State withRows(int[] at, State other) {
      return new State(
          replaced(h, at, other.h), c == null ? null : replaced(c, at, requireNonNull(other.c)));
    }

    private static FMatrixRMaj gathered(FMatrixRMaj from, int[] at) {
      FMatrixRMaj own = new FMatrixRMaj(at.length, from.numCols);
      Columns.gather(from, at, own);
      return own;
    }

    private static FMatrixRMaj replaced(FMatrixRMaj from, int[] at, FMatrixRMaj other) {
      FMatrixRMaj all = from.copy();
      for (int i = 0; i < at.length; i++) {
        System.arraycopy(other.data, i * all.numCols, all.data, at[i] * all.numCols, all.numCols);
      }
      return all;
    }
  }

  /**
   * The states of every timestep, the last states, and the backward pass.
   *
   * @param y {@code h_t}, {@code [tokens x units]}
   * @param last the state after the last timestep of each sequence
   */
  public record Output(SequenceBatch y, State last, Backprop backprop) {}

  /** The backward pass for one forward pass; call it at most once, of a training pass. */
  public interface Backprop {
    /**
     * Adds the gradients of the weights.
     *
     * @param dY gradient of {@code h_t}, {@code [tokens x units]}. Not modified.
     * @param dLast gradient of the last states, or null for 0, as its {@code c} may be. Not
     *     modified.
     * @throws IllegalArgumentException if {@code dLast} has another shape than the last states
     */
    InputGradient apply(FMatrixRMaj dY, @Nullable State dLast, Gradients gradients);
  }

  /**
   * Gradients of the inputs.
   *
   * @param dX {@code [tokens x inputDim]}
   * @param dInitial of the initial state
   */
  public record InputGradient(FMatrixRMaj dX, State dInitial) {}

  /** The length of {@code h_t}. */
  public int units() {
    return units;
  }

  /** Whether a state has a cell state {@code c}. */
  public boolean hasCellState() {
    return layer.spec().hasCellState();
  }

  /** The weights, in a fixed order. */
  public List<Parameter> parameters() {
    return layer.parameters();
  }

  /** Returns the state of {@code sequences} that begin here: 0, as Keras does. */
  public State zeroState(int sequences, PassContext pass) {
    return new State(
        pass.zeros(sequences, units), hasCellState() ? pass.zeros(sequences, units) : null);
  }

  /**
   * Computes {@code h_t} for every timestep.
   *
   * @param x {@code [tokens x inputDim]}. Not modified.
   * @param initial the state before the first timestep. Not modified.
   * @throws IllegalArgumentException if it has another shape, or lacks the cell state of an {@link
   *     Lstm}
   */
  public Output forward(SequenceBatch x, State initial, PassContext pass) {
    Packing packing = x.packing();
    requireShape("initial", initial, packing.sequences());
    if (hasCellState() && initial.c() == null) {
      throw new IllegalArgumentException(
          "the initial cell state is null, expected [%d x %d]"
              .formatted(packing.sequences(), units));
    }
    Pass run = new Pass(x, initial, pass);
    run.forward();
    FMatrixRMaj y = pass.matrix(packing.tokens(), units);
    System.arraycopy(run.h.data, run.first * units, y.data, 0, packing.tokens() * units);
    return new Output(new SequenceBatch(packing, y), run.last(), run::backward);
  }

  private void requireShape(String which, State state, int sequences) {
    requireShape(which + " state", state.h(), sequences);
    if (state.c() != null && !hasCellState()) {
      throw new IllegalArgumentException(
          "the " + which + " state has a cell state, but the cell has none; expected null");
    }
    if (state.c() != null) {
      requireShape(which + " cell state", state.c(), sequences);
    }
  }

  private void requireShape(String what, FMatrixRMaj state, int sequences) {
    if (state.numRows != sequences || state.numCols != units) {
      throw new IllegalArgumentException(
          "the %s is [%d x %d], expected [%d x %d]"
              .formatted(what, state.numRows, state.numCols, sequences, units));
    }
  }

  /**
   * One pass. The initial states are in the first rows of all matrices, so that the first timestep
   * continues them as any later one does.
   */
  private final class Pass {
    private final SequenceBatch x;
    private final Packing packing;
    private final PassContext pass;
    private final Ops ops;

    /** The row of the first timestep. */
    private final int first;

    private final FMatrixRMaj u;
    private final FMatrixRMaj h;
    private final Cell.Run run;
    private final @Nullable FMatrixRMaj c;

    Pass(SequenceBatch x, State initial, PassContext pass) {
      this.x = x;
      this.packing = x.packing();
      this.pass = pass;
      this.ops = pass.ops();
      this.first = packing.sequences();
      int tokens = packing.tokens();
      FMatrixRMaj a = pass.matrix(first + tokens, layer.projectedDim());
      layer.projection(x.values(), pass).write(0, tokens, a, first);
      this.u = layer.recurrentTerm(a, pass);
      layer.startRecurrentTerm(u, first, tokens, ops);
      this.h = pass.matrix(first + tokens, units);
      this.run = layer.spec().cell().begin(a, u, h, pass);
      this.c = run.cellState();
      System.arraycopy(initial.h().data, 0, h.data, 0, first * units);
      if (c != null && initial.c() != null) {
        System.arraycopy(initial.c().data, 0, c.data, 0, first * units);
      }
    }

    private Step step(int t) {
      int rows = packing.active(t);
      return new Step(
          first + packing.offset(t), rows, t == 0 ? 0 : first + packing.offset(t - 1), rows);
    }

    void forward() {
      Parameter weights = layer.u();
      @Nullable PanelMatrix packedU = weights == null ? null : pass.packed(weights, false);
      for (int t = 0; t < packing.timesteps(); t++) {
        Step step = step(t);
        if (packedU != null) {
          // u_t += U h_(t-1)
          ops.multiply(h, step.previousRow(), step.rows(), packedU, u, step.row(), true);
        }
        run.forward(step);
      }
    }

    /** The row of the last timestep of each rank. */
    private int[] lastRows() {
      int[] rows = new int[first];
      for (int rank = 0; rank < first; rank++) {
        int sequence = packing.sequenceAt(rank);
        rows[rank] = first + packing.row(sequence, packing.length(sequence) - 1);
      }
      return rows;
    }

    State last() {
      int[] rows = lastRows();
      FMatrixRMaj lastH = pass.matrix(first, units);
      Columns.gather(h, rows, lastH);
      if (c == null) {
        return new State(lastH, null);
      }
      FMatrixRMaj lastC = pass.matrix(first, units);
      Columns.gather(c, rows, lastC);
      return new State(lastH, lastC);
    }

    InputGradient backward(FMatrixRMaj dY, @Nullable State dLast, Gradients gradients) {
      if (dLast != null) {
        requireShape("gradient of the last", dLast, first);
      }
      int tokens = packing.tokens();
      FMatrixRMaj dH = pass.zeros(first + tokens, units);
      System.arraycopy(dY.data, 0, dH.data, first * units, tokens * units);
      FMatrixRMaj dA = pass.matrix(first + tokens, layer.projectedDim());
      FMatrixRMaj dU = layer.recurrentTerm(dA, pass);
      Cell.BackwardRun back = run.backward(dH, dA, dU, pass);
      FMatrixRMaj dC = back.cellStateGradient();
      if (dLast != null) {
        Columns.scatterAdd(dLast.h(), lastRows(), dH);
        if (dC != null && dLast.c() != null) {
          Columns.scatterAdd(dLast.c(), lastRows(), dC);
        }
      }
      Parameter weights = layer.u();
      @Nullable PanelMatrix transposedU = weights == null ? null : pass.packed(weights, true);
      for (int t = packing.timesteps() - 1; t >= 0; t--) {
        Step step = step(t);
        back.backward(step);
        if (transposedU != null) {
          // dh_(t-1) += du_t U^T
          ops.multiply(dU, step.row(), step.rows(), transposedU, dH, step.previousRow(), true);
        }
      }
      addWeightGradients(dA, dU, gradients);
      FMatrixRMaj dX = pass.matrix(tokens, x.dim());
      ops.multiply(dA, first, tokens, pass.packed(layer.w(), true), dX, 0, false);
      return new InputGradient(dX, new State(head(dH), dC == null ? null : head(dC)));
    }

    /** {@code dW += X^T dA, dU += H_prev^T dU, db += sum da_t, db_u += sum du_t}. */
    private void addWeightGradients(FMatrixRMaj dA, FMatrixRMaj dU, Gradients gradients) {
      int tokens = packing.tokens();
      PanelMatrix packedDA = pass.pack(tail(dA));
      Parameter weights = layer.u();
      if (weights != null) {
        FMatrixRMaj hPrevious = pass.matrix(tokens, units);
        for (int t = 0; t < packing.timesteps(); t++) {
          Step step = step(t);
          Columns.copyRows(h, step.previousRow(), step.rows(), hPrevious, step.row() - first, 0);
        }
        PanelMatrix packedDU = dU == dA ? packedDA : pass.pack(tail(dU));
        ops.multiplyTransposed(hPrevious, packedDU, gradients.of(weights), true);
      }
      ops.multiplyTransposed(x.values(), packedDA, gradients.of(layer.w()), true);
      ops.addColumnSums(dA, first, tokens, gradients.of(layer.b()));
      if (layer.bU() != null) {
        ops.addColumnSums(dU, first, tokens, gradients.of(layer.bU()));
      }
    }

    /** Copies the rows of the timesteps. */
    private FMatrixRMaj tail(FMatrixRMaj rows) {
      FMatrixRMaj tail = pass.matrix(packing.tokens(), rows.numCols);
      Columns.copyRows(rows, first, packing.tokens(), tail, 0, 0);
      return tail;
    }

    /** Copies the rows of the initial states. */
    private FMatrixRMaj head(FMatrixRMaj rows) {
      FMatrixRMaj head = pass.matrix(first, rows.numCols);
      Columns.copyRows(rows, 0, first, head, 0, 0);
      return head;
    }
  }
}
