package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * A recurrent layer in one direction: {@code h_t = cell(W x_t + b, U h_(t-1))} for every timestep
 * of a packed batch.
 *
 * <p>{@code W x_t + b} is one product for all timesteps; {@code U h_(t-1)} is one small product per
 * timestep over the sequences that are still active. {@link RecurrentTraining} keeps what the
 * backward pass needs; {@link RecurrentInference} keeps nothing.
 *
 * @param w {@code W [inputDim x gates * units]}
 * @param u {@code U [units x gates * units]}, if the cell has a recurrent product
 * @param b {@code b [1 x gates * units]}
 * @param bU {@code b_u [1 x gates * units]}, if the cell's recurrent term has its own bias
 */
record RecurrentLayer(
    RecurrentSpec spec,
    Direction direction,
    Parameter w,
    @Nullable Parameter u,
    Parameter b,
    @Nullable Parameter bU)
    implements ProjectingLayer {

  /** Checks the ranges of a description. */
  static void checkRanges(String layer, int units, float recurrentDropout) {
    if (units < 1) {
      throw new IllegalArgumentException(layer + " has " + units + " units, expected at least 1");
    }
    if (!(recurrentDropout >= 0 && recurrentDropout < 1)) {
      throw new IllegalArgumentException(
          "recurrent dropout " + recurrentDropout + " is not in [0, 1)");
    }
  }

  static RecurrentLayer build(
      String name, int inputDim, RecurrentSpec spec, Direction direction, RandomGenerator random) {
    Cell cell = spec.cell();
    int cols = cell.gates() * spec.units();
    FMatrixRMaj w = Initializers.glorotUniform(inputDim, cols, random);
    FMatrixRMaj b = new FMatrixRMaj(1, cols);
    cell.initializeBias(b, spec.units());
    return new RecurrentLayer(
        spec,
        direction,
        Parameter.dense(name + ".kernel", w),
        cell.recurrentTerm() == Cell.RecurrentTerm.NONE
            ? null
            : Parameter.dense(
                name + ".recurrent_kernel", Initializers.orthogonal(spec.units(), cols, random)),
        Parameter.dense(name + ".bias", b),
        cell.recurrentTerm() == Cell.RecurrentTerm.SEPARATE
            ? Parameter.dense(name + ".recurrent_bias", new FMatrixRMaj(1, cols))
            : null);
  }

  /** The length of {@code h_t}. */
  int units() {
    return spec.units();
  }

  @Override
  public int outputDim() {
    return units();
  }

  @Override
  public List<Parameter> parameters() {
    return Stream.of(w, u, b, bU).filter(Objects::nonNull).toList();
  }

  @Override
  public int projectedDim() {
    return w.value().numCols;
  }

  @Override
  public void project(FMatrixRMaj x, FMatrixRMaj out, int col, PassContext pass) {
    FMatrixRMaj a = pass.matrix(x.numRows, projectedDim());
    projection(x, pass).write(0, x.numRows, a, 0);
    Columns.copy(a, 0, out, col, a.numCols);
  }

  @Override
  public SequenceBatch forwardProjected(
      Packing packing, float[][] projected, int col, PassContext pass) {
    return new RecurrentInference(this, packing, projected(projected, col), pass).output();
  }

  @Override
  public Output forward(SequenceBatch x, PassContext pass) {
    if (!pass.isTraining()) {
      PreActivations a = projection(x.values(), pass);
      SequenceBatch y = new RecurrentInference(this, x.packing(), a, pass).output();
      return new Output(y, PassContext.noBackprop());
    }
    return RecurrentTraining.forward(this, x, pass);
  }

  /** Computes {@code a_t = W x_t + b}. */
  PreActivations projection(FMatrixRMaj x, PassContext pass) {
    return (row, rows, a, aRow) ->
        pass.ops().affine(x, row, rows, pass.packed(w, false), b.value(), a, aRow);
  }

  /** Reads {@code a_t} from cached rows, starting at element {@code col}. */
  static PreActivations projected(float[][] projected, int col) {
    return (row, rows, a, aRow) -> {
      for (int i = 0; i < rows; i++) {
        System.arraycopy(projected[row + i], col, a.data, (aRow + i) * a.numCols, a.numCols);
      }
    };
  }

  /**
   * Returns a matrix for {@code u_t}: {@code a} itself, to which {@code U h_(t-1)} is added, or one
   * of its own if the cell keeps both apart.
   */
  FMatrixRMaj recurrentTerm(FMatrixRMaj a, PassContext pass) {
    return bU == null ? a : pass.matrix(a.numRows, a.numCols);
  }

  /** Initializes rows of {@code u} that the product is added to: {@code u_t = b_u}. */
  void startRecurrentTerm(FMatrixRMaj u, int row, int rows, Ops ops) {
    if (bU != null) {
      ops.fillRows(bU.value(), u, row, rows);
    }
  }

  /** Returns the packing of the outputs: as the inputs, or one row per sequence. */
  Packing outputPacking(Packing packing) {
    return spec.returnSequences() ? packing : packing.lastStates();
  }
}
