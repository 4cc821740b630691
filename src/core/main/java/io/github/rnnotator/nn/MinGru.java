package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Step;
import java.util.Optional;
import org.ejml.data.FMatrixRMaj;

/**
 * The minimal GRU (Feng et al. 2024, "Were RNNs All We Needed?", section 3.1): gate and candidate
 * depend on the input alone, without a recurrent product:
 *
 * <pre>
 *   z = sigmoid(W_z x_t + b_z)        update gate
 *   n = W_n x_t + b_n                 candidate
 *   h_t = (1 - z) * h_(t-1) + z * n
 * </pre>
 *
 * <p>Weights, gates in the order z, n: kernel {@code W [inputDim x 2 units]} (Glorot uniform), bias
 * {@code b [1 x 2 units]} (0).
 *
 * @param units the length of {@code h_t}, the hidden size, at least 1
 * @param returnSequences whether the output is {@code h_t} at every timestep or only the last one
 * @param recurrentDropout in {@code [0, 1)}; has no effect without a recurrent product
 */
public record MinGru(int units, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public MinGru {
    RecurrentLayer.checkRanges("MinGru", units, recurrentDropout);
  }

  /** Returns the last state only. */
  public MinGru(int units) {
    this(units, false, 0);
  }

  @Override
  public MinGru returnSequences(boolean returnSequences) {
    return new MinGru(units, returnSequences, recurrentDropout);
  }

  @Override
  public MinGru recurrentDropout(float recurrentDropout) {
    return new MinGru(units, returnSequences, recurrentDropout);
  }

  @Override
  public Optional<OnnxOperator> onnxOperator() {
    return Optional.empty();
  }

  @Override
  public Cell cell() {
    return new MinGruCell();
  }

  private record MinGruCell() implements Cell {
    @Override
    public int gates() {
      return 2;
    }

    @Override
    public RecurrentTerm recurrentTerm() {
      return RecurrentTerm.NONE;
    }

    @Override
    public Run begin(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, PassContext pass) {
      return new MinGruRun(a, h, pass.ops());
    }
  }

  /** Holds z and n in {@code a} after the forward pass. */
  private record MinGruRun(FMatrixRMaj a, FMatrixRMaj h, Ops ops) implements Cell.Run {
    /** {@code z = sigmoid(a_z)}, {@code n = a_n}, {@code h_t = (1 - z) * h_(t-1) + z * n}. */
    @Override
    public void forward(Step step) {
      int units = h.numCols;
      for (int i = 0; i < step.rows(); i++) {
        int at = (step.row() + i) * units;
        int z = 2 * at;
        int n = z + units;
        ops.sigmoid(a.data, z, units);
        if (i < step.previousRows()) {
          int previous = (step.previousRow() + i) * units;
          for (int j = 0; j < units; j++) {
            float gate = a.data[z + j];
            h.data[at + j] = (1 - gate) * h.data[previous + j] + gate * a.data[n + j];
          }
        } else {
          ops.multiplyElements(a.data, z, a.data, n, h.data, at, units);
        }
      }
    }

    /**
     *
     *
     * <pre>
     *   da_z = dh * (n - h_(t-1)) * z * (1 - z)        da_n = dh * z
     *   dh_(t-1) = dh * (1 - z)
     * </pre>
     */
    @Override
    public Cell.BackwardRun backward(
        FMatrixRMaj dH, FMatrixRMaj dA, FMatrixRMaj dU, PassContext pass) {
      int units = h.numCols;
      return step -> {
        for (int i = 0; i < step.rows(); i++) {
          int at = (step.row() + i) * units;
          int previous = (step.previousRow() + i) * units;
          boolean continues = i < step.previousRows();
          for (int j = 0; j < units; j++) {
            float z = a.data[2 * at + j];
            float n = a.data[2 * at + units + j];
            float dh = dH.data[at + j];
            float hPrevious = continues ? h.data[previous + j] : 0;
            dA.data[2 * at + j] = dh * (n - hPrevious) * z * (1 - z);
            dA.data[2 * at + units + j] = dh * z;
            if (continues) {
              dH.data[previous + j] += dh * (1 - z);
            }
          }
        }
      };
    }
  }
}
