package io.github.rnnotator.nn;

import static io.github.rnnotator.nn.ReferenceCell.previous;
import static io.github.rnnotator.nn.ReferenceCell.sigmoid;

/** {@link Lstm}. */
final class ReferenceLstm implements ReferenceCell {
  private static final int I = 0;
  private static final int F = 1;
  private static final int G = 2;
  private static final int O = 3;

  private final ReferenceWeights weights;
  private double[][] x = new double[0][0];
  private double[][] i = new double[0][0];
  private double[][] f = new double[0][0];
  private double[][] g = new double[0][0];
  private double[][] o = new double[0][0];
  private double[][] c = new double[0][0];
  private double[][] h = new double[0][0];

  ReferenceLstm(ReferenceWeights weights) {
    this.weights = weights;
  }

  @Override
  public double[][] forward(double[][] x) {
    this.x = x;
    i = new double[x.length][weights.units()];
    f = new double[x.length][weights.units()];
    g = new double[x.length][weights.units()];
    o = new double[x.length][weights.units()];
    c = new double[x.length][weights.units()];
    h = new double[x.length][weights.units()];
    for (int t = 0; t < x.length; t++) {
      for (int j = 0; j < weights.units(); j++) {
        double[] hPrevious = previous(h, t);
        i[t][j] = sigmoid(weights.wx(I, x[t], j) + weights.uh(I, hPrevious, j));
        f[t][j] = sigmoid(weights.wx(F, x[t], j) + weights.uh(F, hPrevious, j));
        g[t][j] = Math.tanh(weights.wx(G, x[t], j) + weights.uh(G, hPrevious, j));
        o[t][j] = sigmoid(weights.wx(O, x[t], j) + weights.uh(O, hPrevious, j));
        c[t][j] = f[t][j] * previous(c, t)[j] + i[t][j] * g[t][j];
        h[t][j] = o[t][j] * Math.tanh(c[t][j]);
      }
    }
    return h;
  }

  @Override
  public double[][] backward(double[][] dY) {
    double[][] dX = new double[dY.length][weights.inputDim()];
    double[] dNext = new double[weights.units()];
    double[] dc = new double[weights.units()];
    for (int t = dY.length - 1; t >= 0; t--) {
      double[] hPrevious = previous(h, t);
      double[] dPrevious = new double[weights.units()];
      for (int j = 0; j < weights.units(); j++) {
        double dh = dY[t][j] + dNext[j];
        double tanhC = Math.tanh(c[t][j]);
        dc[j] += dh * o[t][j] * (1 - tanhC * tanhC);
        double dai = dc[j] * g[t][j] * i[t][j] * (1 - i[t][j]);
        double daf = dc[j] * previous(c, t)[j] * f[t][j] * (1 - f[t][j]);
        double dag = dc[j] * i[t][j] * (1 - g[t][j] * g[t][j]);
        double dao = dh * tanhC * o[t][j] * (1 - o[t][j]);
        dc[j] *= f[t][j];
        double[] da = {dai, daf, dag, dao};
        for (int gate = I; gate <= O; gate++) {
          weights.wxBackward(gate, x[t], j, da[gate], dX[t]);
          weights.uhBackward(gate, hPrevious, j, da[gate], dPrevious);
        }
      }
      dNext = dPrevious;
    }
    return dX;
  }
}
