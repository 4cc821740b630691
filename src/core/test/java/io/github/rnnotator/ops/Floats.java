package io.github.rnnotator.ops;

import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;

/** Operations and inputs for the tests of this package. */
final class Floats {
  private static final float[] SPECIAL = {
    0f,
    -0f,
    1f,
    -1f,
    Float.NaN,
    Float.POSITIVE_INFINITY,
    Float.NEGATIVE_INFINITY,
    Float.MIN_VALUE,
    -Float.MIN_NORMAL,
    Float.MAX_VALUE,
    7.96f,
    -7.96f,
    88.5f,
    -87.5f,
    -200f
  };

  private Floats() {}

  /** The kinds of operations of this JVM that give the same bits. */
  static List<Ops> ops() {
    return Stream.concat(Stream.of(new ScalarOps(true)), OpsProvider.vector().stream()).toList();
  }

  /** Numbers in [-2, 2). */
  static float[] tame(Random random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] = 4 * random.nextFloat() - 2;
    }
    return x;
  }

  /** Numbers of all magnitudes, with occasional special values. */
  static float[] wild(Random random, int length) {
    float[] x = new float[length];
    for (int i = 0; i < length; i++) {
      x[i] =
          random.nextInt(8) == 0
              ? SPECIAL[random.nextInt(SPECIAL.length)]
              : (float) (random.nextGaussian() * Math.exp(random.nextGaussian() * 2));
    }
    return x;
  }

  /** A matrix of moderate numbers whose array is longer than needed, with NaN past its end. */
  static FMatrixRMaj matrix(Random random, int rows, int cols) {
    return matrix(rows, cols, tame(random, rows * cols), random.nextInt(5));
  }

  static FMatrixRMaj matrix(int rows, int cols, float[] elements, int surplus) {
    FMatrixRMaj matrix = new FMatrixRMaj(1, rows * cols + surplus);
    java.util.Arrays.fill(matrix.data, Float.NaN);
    System.arraycopy(elements, 0, matrix.data, 0, rows * cols);
    matrix.reshape(rows, cols);
    return matrix;
  }

  static FMatrixRMaj copy(FMatrixRMaj matrix) {
    return matrix(
        matrix.numRows,
        matrix.numCols,
        matrix.data,
        matrix.data.length - matrix.numRows * matrix.numCols);
  }

  /** The bits of each element, with NaN canonicalized. */
  static int[] bits(float[] x) {
    int[] bits = new int[x.length];
    for (int i = 0; i < x.length; i++) {
      bits[i] = Float.floatToIntBits(x[i]);
    }
    return bits;
  }
}
