package io.github.rnnotator.nn;

import java.util.Arrays;
import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * The weights of a recurrent layer, apart for each gate, and their gradients: {@code W[gate]
 * [inputDim x units]}, {@code U[gate] [units x units]}, {@code b[gate] [units]}. A {@code U} or
 * {@code b_u} that the layer lacks is 0.
 */
final class ReferenceWeights {
  private final double[][][] w;
  private final double[][][] u;
  private final double[][] b;
  private final double[][] bU;
  private final double[][][] dW;
  private final double[][][] dU;
  private final double[][] db;
  private final double[][] dbU;

  ReferenceWeights(int gates, int inputDim, int units, List<Parameter> parameters) {
    w = new double[gates][inputDim][units];
    u = new double[gates][units][units];
    b = new double[gates][units];
    bU = new double[gates][units];
    dW = new double[gates][inputDim][units];
    dU = new double[gates][units][units];
    db = new double[gates][units];
    dbU = new double[gates][units];
    for (Parameter parameter : parameters) {
      double[][][] to = values(parameter.name(), w, u, b, bU);
      FMatrixRMaj from = parameter.value();
      for (int row = 0; row < from.numRows; row++) {
        for (int col = 0; col < from.numCols; col++) {
          to[col / units][row][col % units] = from.get(row, col);
        }
      }
    }
  }

  int units() {
    return b[0].length;
  }

  int inputDim() {
    return w[0].length;
  }

  /** Element {@code j} of {@code W x + b}. */
  double wx(int gate, double[] x, int j) {
    double sum = b[gate][j];
    for (int k = 0; k < x.length; k++) {
      sum += x[k] * w[gate][k][j];
    }
    return sum;
  }

  /** Element {@code j} of {@code U h + b_u}. */
  double uh(int gate, double[] h, int j) {
    double sum = bU[gate][j];
    for (int k = 0; k < h.length; k++) {
      sum += h[k] * u[gate][k][j];
    }
    return sum;
  }

  /**
   * The backward pass of {@link #wx}: adds to {@code dW}, {@code db} and {@code dX}, given the
   * gradient of its result.
   */
  void wxBackward(int gate, double[] x, int j, double gradient, double[] dX) {
    db[gate][j] += gradient;
    for (int k = 0; k < x.length; k++) {
      dW[gate][k][j] += x[k] * gradient;
      dX[k] += w[gate][k][j] * gradient;
    }
  }

  /**
   * The backward pass of {@link #uh}: adds to {@code dU}, {@code db_u} and {@code dH}, given the
   * gradient of its result.
   */
  void uhBackward(int gate, double[] h, int j, double gradient, double[] dH) {
    dbU[gate][j] += gradient;
    for (int k = 0; k < h.length; k++) {
      dU[gate][k][j] += h[k] * gradient;
      dH[k] += u[gate][k][j] * gradient;
    }
  }

  /** The gradient of a parameter, in its layout. */
  float[] gradient(Parameter parameter) {
    double[][][] from = values(parameter.name(), dW, dU, db, dbU);
    FMatrixRMaj gradient = new FMatrixRMaj(parameter.value().numRows, parameter.value().numCols);
    for (int row = 0; row < gradient.numRows; row++) {
      for (int col = 0; col < gradient.numCols; col++) {
        gradient.set(row, col, (float) from[col / units()][row][col % units()]);
      }
    }
    return gradient.data;
  }

  private static double[][][] values(
      String name, double[][][] w, double[][][] u, double[][] b, double[][] bU) {
    return switch (name.substring(name.lastIndexOf('.') + 1)) {
      case "kernel" -> w;
      case "recurrent_kernel" -> u;
      case "bias" -> oneRow(b);
      case "recurrent_bias" -> oneRow(bU);
      default -> throw new IllegalArgumentException(name);
    };
  }

  private static double[][][] oneRow(double[][] bias) {
    return Arrays.stream(bias).map(gate -> new double[][] {gate}).toArray(double[][][]::new);
  }
}
