package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The steps of the Viterbi and forward algorithms against double precision. */
class ChainsTest {
  private static final String OPS = "io.github.rnnotator.ops.Floats#ops";
  private static final float INFINITY = Float.POSITIVE_INFINITY;

  @Test
  void logHasRelativeErrorBelow2e7() {
    ScalarOps ops = new ScalarOps(true);
    double greatest = 0;
    for (int bits = Float.floatToRawIntBits(Float.MIN_NORMAL);
        bits < Float.floatToRawIntBits(INFINITY);
        bits += 311) {
      float x = Float.intBitsToFloat(bits);
      double exact = StrictMath.log(x);
      double error = Math.abs(ops.log(x) - exact);
      greatest = Math.max(greatest, exact == 0 ? error * 1e30 : error / Math.abs(exact));
    }
    assertThat(greatest).isBetween(5e-8, 2e-7);
    assertThat(ops.log(1)).isZero();
    assertThat(ops.log(Math.nextUp(1f))).isEqualTo((float) Math.log1p(Math.ulp(1f)));
    for (float x : new float[] {0, -1, INFINITY, -INFINITY, Float.NaN, -Float.NaN}) {
      assertThat(ops.log(x)).as("log(%s)", x).isFinite();
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void productsMatchTheirFormulas(Ops ops) {
    Random random = new Random(13);
    for (int rows = 1; rows <= 20; rows++) {
      for (int cols : new int[] {1, 2, 7, 16, 17, 40}) {
        float scale = rows % 2 == 0 ? 1 : 30;
        float[] x = Floats.tame(random, rows + 3);
        FMatrixRMaj m = Floats.matrix(random, rows, cols);
        ops.scale(scale, x, 0, x.length);
        ops.scale(scale, m.data, 0, rows * cols);
        float[] max = Floats.tame(random, cols + 5);
        float[] sum = max.clone();
        float[] before = max.clone();
        ops.maxPlus(x, 2, m, max, 3);
        ops.logMultiply(x, 2, m, sum, 3);
        for (int j = 0; j < cols; j++) {
          float greatest = -INFINITY;
          double total = 0;
          for (int i = 0; i < rows; i++) {
            greatest = Math.max(greatest, x[2 + i] + m.get(i, j));
            total += Math.exp((double) x[2 + i] + m.get(i, j));
          }
          assertThat(max[3 + j]).isEqualTo(greatest);
          double exact = Math.log(total);
          assertThat((double) sum[3 + j]).isCloseTo(exact, within(1e-6 + 2e-7 * Math.abs(exact)));
        }
        for (int at : new int[] {0, 1, 2, cols + 3, cols + 4}) {
          assertThat(max[at]).isEqualTo(before[at]);
          assertThat(sum[at]).isEqualTo(before[at]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void logMultiplyBackwardMatchesNumericalGradient(Ops ops) {
    Random random = new Random(14);
    float[] x = Floats.tame(random, 5);
    FMatrixRMaj m = Floats.matrix(random, 5, 19);
    float[] y = new float[21];
    ops.logMultiply(x, 0, m, y, 2);
    float[] dY = Floats.tame(random, 22);
    FMatrixRMaj dM = Floats.matrix(random, 5, 19);
    FMatrixRMaj before = Floats.copy(dM);
    ops.logMultiplyBackward(x, 0, m, y, 2, dY, 3, dM);
    for (int j = 0; j < 19; j++) {
      double total = 0;
      for (int i = 0; i < 5; i++) {
        total += Math.exp((double) x[i] + m.get(i, j));
      }
      for (int i = 0; i < 5; i++) {
        double share = Math.exp((double) x[i] + m.get(i, j)) / total;
        assertThat((double) dM.get(i, j))
            .isCloseTo(before.get(i, j) + dY[3 + j] * share, within(2e-6));
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void infinitiesAreLimitsAndNanPropagates(Ops ops) {
    for (int cols : new int[] {1, 16, 33}) {
      assertThat(logSum(ops, cols, -INFINITY, -INFINITY)).isEqualTo(-INFINITY);
      assertThat(logSum(ops, cols, -INFINITY, 3)).isEqualTo(3);
      assertThat(logSum(ops, cols, -1e30f, 3)).isEqualTo(3);
      assertThat(logSum(ops, cols, -1e30f, -1e30f)).isEqualTo(-1e30f);
      assertThat(logSum(ops, cols, INFINITY, 3)).isEqualTo(INFINITY);
      assertThat(logSum(ops, cols, 3, Float.NaN)).isNaN();
      assertThat(logSum(ops, cols, Float.NaN, 3)).isNaN();
      assertThat(logSum(ops, cols, 3, Float.NaN, -INFINITY, INFINITY)).isNaN();
      assertThat(logSum(ops, cols)).isEqualTo(-INFINITY);
    }
  }

  /** The log-sum-exp of these values, the same in every column. */
  private static float logSum(Ops ops, int cols, float... x) {
    float[] y = new float[cols];
    ops.logMultiply(x, 0, new FMatrixRMaj(x.length, cols), y, 0);
    float[] first = new float[cols];
    Arrays.fill(first, y[0]);
    assertThat(y).containsExactly(first);
    float[] max = new float[cols];
    ops.maxPlus(x, 0, new FMatrixRMaj(x.length, cols), max, 0);
    float greatest = -INFINITY;
    for (float each : x) {
      greatest = Math.max(greatest, each);
    }
    float[] expected = new float[cols];
    Arrays.fill(expected, greatest);
    assertThat(max).containsExactly(expected);
    return y[0];
  }
}
