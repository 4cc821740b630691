package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Step;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code LSTM} (Hochreiter &amp; Schmidhuber 1997, with the forget gate of Gers et al.
 * 2000):
 *
 * <pre>
 *   i = sigmoid(W_i x_t + U_i h_(t-1) + b_i)        input gate
 *   f = sigmoid(W_f x_t + U_f h_(t-1) + b_f)        forget gate
 *   g = tanh(W_g x_t + U_g h_(t-1) + b_g)           candidate
 *   o = sigmoid(W_o x_t + U_o h_(t-1) + b_o)        output gate
 *   c_t = f * c_(t-1) + i * g
 *   h_t = o * tanh(c_t)
 * </pre>
 *
 * <p>Weights, gates in the order i, f, g, o: kernel {@code W [inputDim x 4 units]} (Glorot
 * uniform), recurrent kernel {@code U [units x 4 units]} (orthogonal), bias {@code b [1 x 4 units]}
 * (0, but 1 for the forget gate: Keras' {@code unit_forget_bias}).
 *
 * @param units the length of {@code h_t}, the hidden size, at least 1
 * @param returnSequences whether the output is {@code h_t} at every timestep or only the last one
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}
 */
public record Lstm(int units, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Lstm {
    RecurrentLayer.checkRanges("Lstm", units, recurrentDropout);
  }

  /** Uses Keras' defaults: the last state only, no dropout. */
  public Lstm(int units) {
    this(units, false, 0);
  }

  @Override
  public Lstm returnSequences(boolean returnSequences) {
    return new Lstm(units, returnSequences, recurrentDropout);
  }

  @Override
  public Lstm recurrentDropout(float recurrentDropout) {
    return new Lstm(units, returnSequences, recurrentDropout);
  }

  /** ONNX orders the gates i, o, f, g. */
  @Override
  public Optional<OnnxOperator> onnxOperator() {
    return Optional.of(new OnnxOperator("LSTM", List.of(0, 3, 1, 2)));
  }

  @Override
  public Cell cell() {
    return new LstmCell();
  }

  private record LstmCell() implements Cell {
    @Override
    public int gates() {
      return 4;
    }

    @Override
    public RecurrentTerm recurrentTerm() {
      return RecurrentTerm.ADDED;
    }

    @Override
    public boolean hasCellState() {
      return true;
    }

    @Override
    public void initializeBias(FMatrixRMaj b, int units) {
      // A forget gate that starts open passes gradients from the first step.
      Arrays.fill(b.data, units, 2 * units, 1);
    }

    @Override
    public Run begin(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, PassContext pass) {
      FMatrixRMaj c = pass.matrix(h.numRows, h.numCols);
      FMatrixRMaj tanhC = pass.matrix(h.numRows, h.numCols);
      return new LstmRun(a, c, tanhC, h, pass.ops());
    }
  }

  /** Holds the gates in {@code a} after the forward pass. */
  private record LstmRun(FMatrixRMaj a, FMatrixRMaj c, FMatrixRMaj tanhC, FMatrixRMaj h, Ops ops)
      implements Cell.Run {
    /**
     * With {@code a_t = W x_t + b + U h_(t-1)}:
     *
     * <pre>
     *   i, f, o = sigmoid(a_i), sigmoid(a_f), sigmoid(a_o)     g = tanh(a_g)
     *   c_t = f * c_(t-1) + i * g                              h_t = o * tanh(c_t)
     * </pre>
     */
    @Override
    public void forward(Step step) {
      ops.lstmForward(a, c, tanhC, h, step);
    }

    @Override
    public FMatrixRMaj cellState() {
      return c;
    }

    /**
     *
     *
     * <pre>
     *   dc = dc + dh * o * (1 - tanh(c)^2)        dc_(t-1) = dc * f
     *   da_i = dc * g * i * (1 - i)               da_f = dc * c_(t-1) * f * (1 - f)
     *   da_g = dc * i * (1 - g^2)                 da_o = dh * tanh(c) * o * (1 - o)
     * </pre>
     */
    @Override
    public Cell.BackwardRun backward(
        FMatrixRMaj dH, FMatrixRMaj dA, FMatrixRMaj dU, PassContext pass) {
      FMatrixRMaj dC = pass.zeros(h.numRows, h.numCols);
      return new Cell.BackwardRun() {
        @Override
        public void backward(Step step) {
          ops.lstmBackward(a, c, tanhC, dH, dC, dA, step);
        }

        @Override
        public FMatrixRMaj cellStateGradient() {
          return dC;
        }
      };
    }
  }
}
