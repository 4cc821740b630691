package io.github.rnnotator.nn;

/**
 * A recurrent layer over one sequence, as its equations say: one element at a time, in double
 * precision. The layers are tested against it.
 */
interface ReferenceCell {
  /** Returns {@code h_t} of every timestep of {@code x}. */
  double[][] forward(double[][] x);

  /**
   * The backward pass of the last {@link #forward}, which adds to the gradients of the weights.
   *
   * @param dY gradient of the loss with respect to every {@code h_t}
   * @return gradient with respect to {@code x}
   */
  double[][] backward(double[][] dY);

  /** {@code 1 / (1 + exp(-x))}. */
  static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  /** Row {@code t - 1}, or zeros before the first. */
  static double[] previous(double[][] rows, int t) {
    return t == 0 ? new double[rows[0].length] : rows[t - 1];
  }
}
