package io.github.rnnotator.nn;

import static io.github.rnnotator.nn.ReferenceCell.previous;

/** {@link SimpleRnn} with tanh. */
final class ReferenceSimpleRnn implements ReferenceCell {
  private static final int A = 0;

  private final ReferenceWeights weights;
  private double[][] x = new double[0][0];
  private double[][] h = new double[0][0];

  ReferenceSimpleRnn(ReferenceWeights weights) {
    this.weights = weights;
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    h = new double[x.length][weights.units()];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < weights.units(); j++) {
        h[t][j] = Math.tanh(weights.wx(A, x[t], j) + weights.uh(A, previous(h, t), j));
      }
    }
    return h;
  }

  @Override
  public double[][] backward(double[][] dY) {
    double[][] dX = new double[dY.length][weights.inputDim()];
    double[] dNext = new double[weights.units()];
    for (int t = dY.length - 1; t >= 0; t--) {
      double[] dPrevious = new double[weights.units()];
      for (int j = 0; j < weights.units(); j++) {
        double dh = dY[t][j] + dNext[j];
        double da = dh * (1 - h[t][j] * h[t][j]);
        weights.wxBackward(A, x[t], j, da, dX[t]);
        weights.uhBackward(A, previous(h, t), j, da, dPrevious);
      }
      dNext = dPrevious;
    }
    return dX;
  }
}
