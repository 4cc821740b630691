package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.Step;
import org.ejml.data.FMatrixRMaj;

/** {@code h_t = z * h_(t-1) + (1 - z) * n}; gates z, r, n. */
record GruCell() implements Cell {
  @Override
  public int gates() {
    return 3;
  }

  @Override
  public boolean hasRecurrentBias() {
    // n = tanh(x_n + r * u_n): the reset gate scales the recurrent term alone.
    return true;
  }

  @Override
  public void initializeBias(FMatrixRMaj bias, int units) {}

  @Override
  public Run begin(FMatrixRMaj x, FMatrixRMaj u, FMatrixRMaj h, Pass pass) {
    Kernel kernel = pass.kernel();
    return new Run() {
      @Override
      public void forward(Step step) {
        kernel.gruForward(x, u, h, step);
      }

      @Override
      public BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dX, FMatrixRMaj dU, Pass pass) {
        return step -> kernel.gruBackward(x, u, h, dH, dX, dU, step);
      }
    };
  }
}
