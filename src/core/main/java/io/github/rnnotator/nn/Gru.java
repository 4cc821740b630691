package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code GRU} with {@code reset_after=True} (Cho et al. 2014):
 *
 * <pre>
 *   z = sigmoid(W_z x_t + b_z + U_z h_(t-1) + b_uz)        update gate
 *   r = sigmoid(W_r x_t + b_r + U_r h_(t-1) + b_ur)        reset gate
 *   n = tanh(W_n x_t + b_n + r * (U_n h_(t-1) + b_un))     candidate
 *   h_t = z * h_(t-1) + (1 - z) * n
 * </pre>
 *
 * <p>Weights, gates in the order z, r, n: kernel {@code W [inputDim x 3 units]} (Glorot uniform),
 * recurrent kernel {@code U [units x 3 units]} (orthogonal), bias {@code b [1 x 3 units]} and
 * recurrent bias {@code b_u [1 x 3 units]} (0).
 *
 * @param units the length of {@code h_t}, the hidden size, at least 1
 * @param returnSequences whether the output is {@code h_t} at every timestep or only the last one
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}
 */
public record Gru(int units, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Gru {
    RecurrentLayer.checkRanges("Gru", units, recurrentDropout);
  }

  /** Uses Keras' defaults: the last state only, no dropout. */
  public Gru(int units) {
    this(units, false, 0);
  }

  @Override
  public Gru returnSequences(boolean returnSequences) {
    return new Gru(units, returnSequences, recurrentDropout);
  }

  @Override
  public Gru recurrentDropout(float recurrentDropout) {
    return new Gru(units, returnSequences, recurrentDropout);
  }

  /** ONNX has the same order of gates, and calls the candidate h. */
  @Override
  public Optional<OnnxOperator> onnxOperator() {
    return Optional.of(
        new OnnxOperator("GRU", List.of(0, 1, 2), List.of(), Map.of("linear_before_reset", 1)));
  }

  @Override
  public Cell cell() {
    return new GruCell();
  }

  private record GruCell() implements Cell {
    @Override
    public int gates() {
      return 3;
    }

    /** The reset gate scales {@code U_n h_(t-1) + b_un} alone. */
    @Override
    public RecurrentTerm recurrentTerm() {
      return RecurrentTerm.SEPARATE;
    }

    @Override
    public Run begin(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, PassContext pass) {
      return new GruRun(a, u, h, pass.ops());
    }
  }

  /** Holds the gates in {@code a} after the forward pass. */
  private record GruRun(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, Ops ops) implements Cell.Run {
    /**
     * With {@code a_t = W x_t + b} and {@code u_t = U h_(t-1) + b_u}:
     *
     * <pre>
     *   z = sigmoid(a_z + u_z)    r = sigmoid(a_r + u_r)    n = tanh(a_n + r * u_n)
     *   h_t = z * h_(t-1) + (1 - z) * n
     * </pre>
     */
    @Override
    public void forward(Step step) {
      ops.gruForward(a, u, h, step);
    }

    /**
     *
     *
     * <pre>
     *   da_n = dh * (1 - z) * (1 - n^2)                   du_n = da_n * r
     *   da_z = dh * (h_(t-1) - n) * z * (1 - z)           du_z = da_z
     *   da_r = da_n * u_n * r * (1 - r)                   du_r = da_r
     *   dh_(t-1) = dh * z, and dU U^T from the layer
     * </pre>
     */
    @Override
    public Cell.BackwardRun backward(
        FMatrixRMaj dH, FMatrixRMaj dA, FMatrixRMaj dU, PassContext pass) {
      return step -> ops.gruBackward(a, u, h, dH, dA, dU, step);
    }
  }
}
