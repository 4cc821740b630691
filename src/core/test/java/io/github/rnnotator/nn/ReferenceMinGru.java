package io.github.rnnotator.nn;

import static io.github.rnnotator.nn.ReferenceCell.previous;
import static io.github.rnnotator.nn.ReferenceCell.sigmoid;

/** {@link MinGru}. */
final class ReferenceMinGru implements ReferenceCell {
  private static final int Z = 0;
  private static final int N = 1;

  private final ReferenceWeights weights;
  private double[][] x = new double[0][0];
  private double[][] z = new double[0][0];
  private double[][] n = new double[0][0];
  private double[][] h = new double[0][0];

  ReferenceMinGru(ReferenceWeights weights) {
    this.weights = weights;
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    z = new double[x.length][weights.units()];
    n = new double[x.length][weights.units()];
    h = new double[x.length][weights.units()];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < weights.units(); j++) {
        z[t][j] = sigmoid(weights.wx(Z, x[t], j));
        n[t][j] = weights.wx(N, x[t], j);
        h[t][j] = (1 - z[t][j]) * previous(h, t)[j] + z[t][j] * n[t][j];
      }
    }
    return h;
  }

  @Override
  public double[][] backward(double[][] dY) {
    double[][] dX = new double[dY.length][weights.inputDim()];
    double[] dh = new double[weights.units()];
    for (int t = dY.length - 1; t >= 0; t--) {
      for (int j = 0; j < weights.units(); j++) {
        dh[j] += dY[t][j];
        double daz = dh[j] * (n[t][j] - previous(h, t)[j]) * z[t][j] * (1 - z[t][j]);
        double dan = dh[j] * z[t][j];
        dh[j] *= 1 - z[t][j];
        weights.wxBackward(Z, x[t], j, daz, dX[t]);
        weights.wxBackward(N, x[t], j, dan, dX[t]);
      }
    }
    return dX;
  }
}
