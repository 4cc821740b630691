package io.github.rnnotator.nn;

import static io.github.rnnotator.nn.ReferenceCell.previous;
import static io.github.rnnotator.nn.ReferenceCell.sigmoid;

/** {@link Gru}. */
final class ReferenceGru implements ReferenceCell {
  private static final int Z = 0;
  private static final int R = 1;
  private static final int N = 2;

  private final ReferenceWeights weights;
  private double[][] x = new double[0][0];
  private double[][] z = new double[0][0];
  private double[][] r = new double[0][0];
  private double[][] n = new double[0][0];
  private double[][] h = new double[0][0];

  ReferenceGru(ReferenceWeights weights) {
    this.weights = weights;
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    z = new double[x.length][weights.units()];
    r = new double[x.length][weights.units()];
    n = new double[x.length][weights.units()];
    h = new double[x.length][weights.units()];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < weights.units(); j++) {
        double[] hPrevious = previous(h, t);
        z[t][j] = sigmoid(weights.wx(Z, x[t], j) + weights.uh(Z, hPrevious, j));
        r[t][j] = sigmoid(weights.wx(R, x[t], j) + weights.uh(R, hPrevious, j));
        n[t][j] = Math.tanh(weights.wx(N, x[t], j) + r[t][j] * weights.uh(N, hPrevious, j));
        h[t][j] = z[t][j] * hPrevious[j] + (1 - z[t][j]) * n[t][j];
      }
    }
    return h;
  }

  @Override
  public double[][] backward(double[][] dY) {
    double[][] dX = new double[dY.length][weights.inputDim()];
    double[] dNext = new double[weights.units()];
    for (int t = dY.length - 1; t >= 0; t--) {
      double[] hPrevious = previous(h, t);
      double[] dPrevious = new double[weights.units()];
      for (int j = 0; j < weights.units(); j++) {
        double dh = dY[t][j] + dNext[j];
        double un = weights.uh(N, hPrevious, j);
        double dan = dh * (1 - z[t][j]) * (1 - n[t][j] * n[t][j]);
        double daz = dh * (hPrevious[j] - n[t][j]) * z[t][j] * (1 - z[t][j]);
        double dar = dan * un * r[t][j] * (1 - r[t][j]);
        dPrevious[j] += dh * z[t][j];
        weights.wxBackward(Z, x[t], j, daz, dX[t]);
        weights.wxBackward(R, x[t], j, dar, dX[t]);
        weights.wxBackward(N, x[t], j, dan, dX[t]);
        weights.uhBackward(Z, hPrevious, j, daz, dPrevious);
        weights.uhBackward(R, hPrevious, j, dar, dPrevious);
        weights.uhBackward(N, hPrevious, j, dan * r[t][j], dPrevious);
      }
      dNext = dPrevious;
    }
    return dX;
  }
}
