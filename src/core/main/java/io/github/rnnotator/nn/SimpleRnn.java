package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Step;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code SimpleRNN} (Elman 1990):
 *
 * <pre>
 *   h_t = f(W x_t + U h_(t-1) + b)        f = tanh or ReLU
 * </pre>
 *
 * <p>Weights: kernel {@code W [inputDim x units]} (Glorot uniform), recurrent kernel {@code U
 * [units x units]} (orthogonal), bias {@code b [1 x units]} (0).
 *
 * @param units the length of {@code h_t}, the hidden size, at least 1
 * @param activation {@link Activation#TANH} or {@link Activation#RELU}
 * @param returnSequences whether the output is {@code h_t} at every timestep {@code (batch,
 *     timesteps, units)} or only the last one {@code (batch, units)}
 * @param recurrentDropout the fraction of {@code h_(t-1)} dropped from the recurrent product in
 *     training, in {@code [0, 1)}
 */
public record SimpleRnn(
    int units, Activation activation, boolean returnSequences, float recurrentDropout)
    implements RecurrentSpec {

  /**
   * Checks the activation and the ranges.
   *
   * @throws IllegalArgumentException if it is another one, or a number is out of range
   */
  public SimpleRnn {
    RecurrentLayer.checkRanges("SimpleRnn", units, recurrentDropout);
    if (activation != Activation.TANH && activation != Activation.RELU) {
      throw new IllegalArgumentException(
          "a SimpleRnn has the activation tanh or relu, not " + activation);
    }
  }

  /** Uses Keras' defaults: tanh, the last state only, no dropout. */
  public SimpleRnn(int units) {
    this(units, Activation.TANH, false, 0);
  }

  /** Returns a copy with this activation. */
  public SimpleRnn activation(Activation activation) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  @Override
  public SimpleRnn returnSequences(boolean returnSequences) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  @Override
  public SimpleRnn recurrentDropout(float recurrentDropout) {
    return new SimpleRnn(units, activation, returnSequences, recurrentDropout);
  }

  @Override
  public Optional<OnnxOperator> onnxOperator() {
    String f = activation == Activation.TANH ? "Tanh" : "Relu";
    return Optional.of(new OnnxOperator("RNN", List.of(0), List.of(f), Map.of()));
  }

  @Override
  public Cell cell() {
    return new SimpleRnnCell(activation);
  }

  private record SimpleRnnCell(Activation f) implements Cell {
    @Override
    public int gates() {
      return 1;
    }

    @Override
    public RecurrentTerm recurrentTerm() {
      return RecurrentTerm.ADDED;
    }

    @Override
    public Run begin(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, PassContext pass) {
      return new SimpleRnnRun(f, a, h, pass.ops());
    }
  }

  private record SimpleRnnRun(Activation f, FMatrixRMaj a, FMatrixRMaj h, Ops ops)
      implements Cell.Run {
    /** {@code h_t = f(a_t)}. */
    @Override
    public void forward(Step step) {
      int from = step.row() * h.numCols;
      int length = step.rows() * h.numCols;
      System.arraycopy(a.data, from, h.data, from, length);
      if (f == Activation.TANH) {
        ops.tanh(h.data, from, length);
      } else {
        ops.relu(h.data, from, length);
      }
    }

    /** {@code da_t = dh_t * f'(a_t)}, with {@code tanh' = 1 - h_t^2}. */
    @Override
    public Cell.BackwardRun backward(
        FMatrixRMaj dH, FMatrixRMaj dA, FMatrixRMaj dU, PassContext pass) {
      return step -> {
        int from = step.row() * h.numCols;
        int length = step.rows() * h.numCols;
        if (f == Activation.TANH) {
          ops.tanhBackward(h.data, from, dH.data, from, dA.data, from, length);
        } else {
          ops.reluBackward(h.data, from, dH.data, from, dA.data, from, length);
        }
      };
    }
  }
}
