package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** The operations on elements and rows match their formulas and write nothing else. */
class ElementsTest {
  private static final String OPS = "io.github.rnnotator.ops.Floats#ops";
  private static final int N = 45;

  private final float[] x = Floats.tame(new Random(7), N);
  private final float[] y = Floats.tame(new Random(8), N);
  private final float[] out = Floats.tame(new Random(9), N);

  @ParameterizedTest
  @MethodSource(OPS)
  void averageEqualsScaledSumBitForBit(Ops ops) {
    Random random = new Random(21);
    float[] x = Floats.tame(random, 50);
    float[] a = Floats.tame(random, 50);
    float[] expected = a.clone();
    ops.scale(0.9f, expected, 3, 41);
    ops.addScaled(1 - 0.9f, x, 3, expected, 3, 41);
    ops.average(0.9f, x, a, 3, 41);
    assertThat(a).containsExactly(expected);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void elementOperationsMatchTheirFormulas(Ops ops) {
    float[] sum = y.clone();
    ops.addScaled(0.7f, x, 2, sum, 3, 40);
    check(sum, y, i -> 0.7f * x[i + 2] + y[i + 3]);

    float[] product = out.clone();
    ops.multiplyElements(x, 2, y, 1, product, 3, 40);
    check(product, out, i -> x[i + 2] * y[i + 1]);

    float[] scaled = x.clone();
    ops.scale(-3f, scaled, 3, 40);
    check(scaled, x, i -> -3f * x[i + 3]);

    float[] relu = x.clone();
    ops.relu(relu, 3, 40);
    check(relu, x, i -> Math.max(0, x[i + 3]));
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void derivativesMatchTheirFormulas(Ops ops) {
    float[] dx = out.clone();
    ops.tanhBackward(x, 2, y, 1, dx, 3, 40);
    check(dx, out, i -> y[i + 1] * (1 - x[i + 2] * x[i + 2]));

    dx = out.clone();
    ops.sigmoidBackward(x, 2, y, 1, dx, 3, 40);
    check(dx, out, i -> y[i + 1] * x[i + 2] * (1 - x[i + 2]));

    dx = out.clone();
    ops.reluBackward(x, 2, y, 1, dx, 3, 40);
    check(dx, out, i -> x[i + 2] > 0 ? y[i + 1] : 0);
  }

  private interface Formula {
    double at(int i);
  }

  /** Elements 3 to 42 match the formula, and the others are unchanged. */
  private static void check(float[] actual, float[] before, Formula formula) {
    for (int i = 0; i < N; i++) {
      double expected = i < 3 || i >= 43 ? before[i] : formula.at(i - 3);
      assertThat((double) actual[i]).as("element " + i).isCloseTo(expected, within(1e-6));
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void sumOfSquaresIsExactForIntegers(Ops ops) {
    float[] numbers = {9f, 1f, 2f, 3f, 4f, 5f, 6f, 7f, 9f};

    assertThat(ops.sumOfSquares(numbers, 1, 7)).isEqualTo(140.0);
    assertThat(ops.sumOfSquares(numbers, 3, 0)).isZero();
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void rowsAreFilledAndSummed(Ops ops) {
    FMatrixRMaj a = Floats.matrix(4, 2, new float[] {1, 2, 3, 4, 5, 6, 7, 8}, 1);
    FMatrixRMaj sum = Floats.matrix(1, 2, new float[] {100, 200}, 0);
    ops.addColumnSums(a, 1, 2, sum);
    assertThat(sum.data).containsExactly(108, 210);

    ops.fillRows(sum, a, 2, 1);
    assertThat(a.data).containsExactly(1, 2, 3, 4, 108, 210, 7, 8, Float.NaN);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void adamMatchesItsEquations(Ops ops) {
    float[] w = Floats.tame(new Random(10), N);
    float[] m = new float[N];
    float[] v = new float[N];
    double[] exact = new double[N];
    for (int i = 0; i < N; i++) {
      exact[i] = w[i];
    }
    double[] exactM = new double[N];
    double[] exactV = new double[N];
    float[] before = w.clone();
    for (int step = 1; step <= 5; step++) {
      float[] g = Floats.tame(new Random(step), N);
      AdamStep factors = new AdamStep(0.5f, 0.9f, 0.99f, 0.01f, 1e-6f, 0.8f, 0.2f);
      ops.adam(factors, w, g, 5, m, v, 3, 40);
      for (int i = 3; i < 43; i++) {
        double gradient = 0.5 * g[i + 2];
        exactM[i] = 0.9 * exactM[i] + 0.1 * gradient;
        exactV[i] = 0.99 * exactV[i] + 0.01 * gradient * gradient;
        exact[i] -= 0.01 * (0.8 * exactM[i] + 0.2 * gradient) / (Math.sqrt(exactV[i]) + 1e-6);
      }
    }
    for (int i = 0; i < N; i++) {
      assertThat((double) w[i]).isCloseTo(exact[i], within(1e-5));
      assertThat((double) m[i]).isCloseTo(exactM[i], within(1e-6));
      assertThat((double) v[i]).isCloseTo(exactV[i], within(1e-6));
    }
    assertThat(w).isNotEqualTo(before);
  }

  @Test
  void withoutFmaResultsAreClose() {
    Ops fused = new ScalarOps(true);
    Ops separate = new ScalarOps(false);
    FMatrixRMaj a = Floats.matrix(new Random(11), 5, 30);
    FMatrixRMaj b = Floats.matrix(new Random(12), 30, 7);
    FMatrixRMaj one = new FMatrixRMaj(5, 7);
    FMatrixRMaj other = new FMatrixRMaj(5, 7);
    PanelMatrix packed = new PanelMatrix();
    fused.pack(b, false, packed);
    fused.multiply(a, 0, 5, packed, one, 0, false);
    separate.multiply(a, 0, 5, packed, other, 0, false);

    assertThat(separate.name()).isEqualTo("scalar-without-fma");
    assertThat(other.data).isNotEqualTo(one.data).containsExactly(one.data, within(1e-4f));
    fused.tanh(one.data, 0, 35);
    separate.tanh(other.data, 0, 35);
    fused.exp(one.data, 0, 35);
    separate.exp(other.data, 0, 35);
    assertThat(other.data).containsExactly(one.data, within(1e-4f));
  }
}
