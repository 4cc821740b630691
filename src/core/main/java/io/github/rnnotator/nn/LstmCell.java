package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.Step;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/** {@code c_t = f * c_(t-1) + i * g}, {@code h_t = o * tanh(c_t)}; gates i, f, g, o. */
record LstmCell() implements Cell {
  @Override
  public int gates() {
    return 4;
  }

  @Override
  public boolean hasRecurrentBias() {
    return false;
  }

  @Override
  public void initializeBias(FMatrixRMaj bias, int units) {
    // A forget gate that starts open passes gradients from the first step.
    Arrays.fill(bias.data, units, 2 * units, 1);
  }

  @Override
  public Run begin(FMatrixRMaj z, FMatrixRMaj u, FMatrixRMaj h, Pass pass) {
    Kernel kernel = pass.kernel();
    FMatrixRMaj c = pass.matrix(h.numRows, h.numCols);
    FMatrixRMaj tanhC = pass.matrix(h.numRows, h.numCols);
    return new Run() {
      @Override
      public void forward(Step step) {
        kernel.lstmForward(z, c, tanhC, h, step);
      }

      @Override
      public BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dZ, FMatrixRMaj dU, Pass pass) {
        FMatrixRMaj dC = pass.zeros(h.numRows, h.numCols);
        return step -> kernel.lstmBackward(z, c, tanhC, dH, dC, dZ, step);
      }
    };
  }
}
