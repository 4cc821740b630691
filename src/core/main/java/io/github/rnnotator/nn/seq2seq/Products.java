package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import org.ejml.data.FMatrixRMaj;

/** Products with a kernel without a bias, and their backward passes. */
final class Products {
  private Products() {}

  /** {@code x W}, {@code [rows x units]}. */
  static FMatrixRMaj of(FMatrixRMaj x, Parameter kernel, PassContext pass) {
    FMatrixRMaj y = pass.matrix(x.numRows, kernel.value().numCols);
    pass.ops().multiply(x, 0, x.numRows, pass.packed(kernel, false), y, 0, false);
    return y;
  }

  /** Adds the gradients of a product to that of the kernel and to {@code dX}. */
  static void addGradient(
      FMatrixRMaj x,
      Parameter kernel,
      FMatrixRMaj dY,
      FMatrixRMaj dX,
      Gradients gradients,
      PassContext pass) {
    pass.ops().multiplyTransposed(x, pass.pack(dY), gradients.of(kernel), true);
    pass.ops().multiply(dY, 0, dY.numRows, pass.packed(kernel, true), dX, 0, true);
  }
}
