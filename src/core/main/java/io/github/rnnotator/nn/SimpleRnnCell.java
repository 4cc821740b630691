package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.Step;
import org.ejml.data.FMatrixRMaj;

/** {@code h_t = f(z_t)} with {@code z_t = W_x x_t + b + W_h h_(t-1)} and {@code f} tanh or ReLU. */
record SimpleRnnCell(Activation activation) implements Cell {
  @Override
  public int gates() {
    return 1;
  }

  @Override
  public boolean hasRecurrentBias() {
    return false;
  }

  @Override
  public void initializeBias(FMatrixRMaj bias, int units) {}

  @Override
  public Run begin(FMatrixRMaj z, FMatrixRMaj u, FMatrixRMaj h, Pass pass) {
    Kernel kernel = pass.kernel();
    int units = h.numCols;
    return new Run() {
      @Override
      public void forward(Step step) {
        int from = step.row() * units;
        int length = step.rows() * units;
        System.arraycopy(z.data, from, h.data, from, length);
        if (activation == Activation.TANH) {
          kernel.tanh(h.data, from, length);
        } else {
          kernel.relu(h.data, from, length);
        }
      }

      @Override
      public BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dZ, FMatrixRMaj dU, Pass pass) {
        return step -> {
          int from = step.row() * units;
          int length = step.rows() * units;
          if (activation == Activation.TANH) {
            kernel.tanhBackward(h.data, from, dH.data, from, dZ.data, from, length);
          } else {
            kernel.reluBackward(h.data, from, dH.data, from, dZ.data, from, length);
          }
        };
      }
    };
  }
}
