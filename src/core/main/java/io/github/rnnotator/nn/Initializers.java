package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/** Initial weights with Keras' defaults. With {@link #BLANK} as random generator all are 0. */
public final class Initializers {
  /**
   * For weights that will be read from a file. Drawing from it throws, so that no weight is left
   * random by mistake.
   */
  public static final RandomGenerator BLANK =
      () -> {
        throw new IllegalStateException("blank weights are not drawn");
      };

  private Initializers() {}

  /**
   * Uniform in {@code +-sqrt(6 / (fanIn + fanOut))} (Glorot &amp; Bengio 2010, equation 16).
   *
   * @param rows the inputs
   * @param cols the outputs
   */
  public static FMatrixRMaj glorotUniform(int rows, int cols, RandomGenerator random) {
    return glorotUniform(rows, cols, rows, cols, random);
  }

  /**
   * Glorot uniform for a matrix that serves several outputs or inputs, such as a convolution.
   *
   * @param fanIn the inputs per output
   * @param fanOut the outputs per input
   */
  static FMatrixRMaj glorotUniform(
      int rows, int cols, int fanIn, int fanOut, RandomGenerator random) {
    return uniform(rows, cols, (float) Math.sqrt(6.0 / (fanIn + fanOut)), random);
  }

  /** Uniform in {@code +-limit}. */
  public static FMatrixRMaj uniform(int rows, int cols, float limit, RandomGenerator random) {
    FMatrixRMaj w = new FMatrixRMaj(rows, cols);
    if (random == BLANK) {
      return w;
    }
    for (int i = 0; i < w.data.length; i++) {
      w.data[i] = (2 * random.nextFloat() - 1) * limit;
    }
    return w;
  }

  /**
   * Returns a matrix with orthonormal rows (or columns, if fewer), uniformly distributed:
   * Gram-Schmidt on normal vectors (Saxe et al. 2014).
   */
  public static FMatrixRMaj orthogonal(int rows, int cols, RandomGenerator random) {
    if (random == BLANK) {
      return new FMatrixRMaj(rows, cols);
    }
    int vectors = Math.min(rows, cols);
    int length = Math.max(rows, cols);
    double[][] q = new double[vectors][length];
    for (int i = 0; i < vectors; i++) {
      for (int k = 0; k < length; k++) {
        q[i][k] = random.nextGaussian();
      }
      // Twice: the second pass removes the rounding errors of the first.
      for (int round = 0; round < 2; round++) {
        for (int j = 0; j < i; j++) {
          double dot = 0;
          for (int k = 0; k < length; k++) {
            dot += q[i][k] * q[j][k];
          }
          for (int k = 0; k < length; k++) {
            q[i][k] -= dot * q[j][k];
          }
        }
      }
      double norm = 0;
      for (double x : q[i]) {
        norm += x * x;
      }
      norm = Math.sqrt(norm);
      for (int k = 0; k < length; k++) {
        q[i][k] /= norm;
      }
    }
    FMatrixRMaj w = new FMatrixRMaj(rows, cols);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        w.data[i * cols + j] = (float) (rows <= cols ? q[i][j] : q[j][i]);
      }
    }
    return w;
  }
}
