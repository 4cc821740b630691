package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.function.DoubleUnaryOperator;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Activations against {@link StrictMath}; the bounds are the largest measured errors. */
class ActivationsTest {
  private static final String OPS = "io.github.rnnotator.ops.Floats#ops";

  @ParameterizedTest
  @MethodSource(OPS)
  void tanhIsWithin4e7(Ops ops) {
    float[] x = sweep(1e-10f, 20f);
    float[] y = x.clone();
    ops.tanh(y, 0, y.length);

    assertThat(greatestError(x, y, StrictMath::tanh, v -> 1)).isBetween(1e-7, 4e-7);
    assertThat(greatestError(x, y, StrictMath::tanh, StrictMath::tanh)).isBetween(1e-7, 6e-7);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void sigmoidIsWithin2e7(Ops ops) {
    float[] x = sweep(1e-10f, 100f);
    float[] y = x.clone();
    ops.sigmoid(y, 0, y.length);

    assertThat(greatestError(x, y, v -> 1 / (1 + StrictMath.exp(-v)), v -> 1))
        .isBetween(5e-8, 2.5e-7);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void expHasRelativeErrorBelow2e7(Ops ops) {
    float[] x = sweep(1e-10f, 87f);
    float[] y = x.clone();
    ops.exp(y, 0, y.length);

    assertThat(greatestError(x, y, StrictMath::exp, StrictMath::exp)).isBetween(5e-8, 2e-7);
  }

  /** Floats of both signs, evenly spaced in bit patterns between two magnitudes. */
  private static float[] sweep(float least, float greatest) {
    int from = Float.floatToRawIntBits(least);
    int to = Float.floatToRawIntBits(greatest);
    int step = 311;
    float[] x = new float[2 * ((to - from) / step)];
    for (int i = 0; i < x.length; i += 2) {
      x[i] = Float.intBitsToFloat(from + i / 2 * step);
      x[i + 1] = -x[i];
    }
    return x;
  }

  private static double greatestError(
      float[] x, float[] y, DoubleUnaryOperator exact, DoubleUnaryOperator unit) {
    double greatest = 0;
    for (int i = 0; i < x.length; i++) {
      double error = (y[i] - exact.applyAsDouble(x[i])) / unit.applyAsDouble(x[i]);
      greatest = Math.max(greatest, Math.abs(error));
    }
    return greatest;
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void activationsSaturateAtTheirLimitsAndKeepNan(Ops ops) {
    float infinity = Float.POSITIVE_INFINITY;
    // Three times, to cover whole vectors and remainders.
    for (int at : new int[] {0, 17, 35}) {
      float[] x = new float[40];
      x[at] = infinity;
      x[at + 1] = -infinity;
      x[at + 2] = Float.NaN;
      x[at + 3] = 1000f;
      x[at + 4] = -1000f;

      assertThat(cut(at, x, (y) -> ops.tanh(y, 0, 40)))
          .containsExactly(1f, -1f, Float.NaN, 1f, -1f);
      assertThat(cut(at, x, (y) -> ops.sigmoid(y, 0, 40)))
          .containsExactly(1f, 0f, Float.NaN, 1f, 0f);
      assertThat(cut(at, x, (y) -> ops.relu(y, 0, 40)))
          .containsExactly(infinity, 0f, Float.NaN, 1000f, 0f);
      float most = (float) Math.exp(Approximation.EXP_MAX);
      float[] exp = cut(at, x, (y) -> ops.exp(y, 0, 40));
      assertThat(exp[0]).isEqualTo(exp[3]).isCloseTo(most, within(most * 1e-6f));
      assertThat(exp[1]).isZero();
      assertThat(exp[2]).isNaN();
      assertThat(exp[4]).isZero();
    }
  }

  private interface InPlace {
    void apply(float[] x);
  }

  private static float[] cut(int at, float[] x, InPlace activation) {
    float[] y = x.clone();
    activation.apply(y);
    return java.util.Arrays.copyOfRange(y, at, at + 5);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void tanhIsOdd(Ops ops) {
    float[] x = Floats.tame(new Random(5), 99);
    float[] negative = x.clone();
    ops.scale(-1f, negative, 0, negative.length);
    ops.tanh(x, 0, x.length);
    ops.tanh(negative, 0, negative.length);
    ops.scale(-1f, negative, 0, negative.length);

    assertThat(negative).containsExactly(x);
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void softmaxNormalizesEachRow(Ops ops) {
    Random random = new Random(6);
    for (int cols = 1; cols <= 40; cols++) {
      float[] logits = Floats.tame(random, 5 * cols);
      ops.scale(20f, logits, 0, logits.length);
      FMatrixRMaj z = Floats.matrix(5, cols, logits, 0);
      ops.softmaxRows(z, 1, 3);
      for (int i = 0; i < 5; i++) {
        double sum = 0;
        for (int j = 0; j < cols; j++) {
          sum += Math.exp(logits[i * cols + j]);
        }
        for (int j = 0; j < cols; j++) {
          float logit = logits[i * cols + j];
          double expected = i == 0 || i == 4 ? logit : Math.exp(logit) / sum;
          assertThat((double) z.get(i, j)).isCloseTo(expected, within(1e-6));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void theMaximumOfASoftmaxIsThatOfItsRow(Ops ops) {
    Random random = new Random(8);
    for (int cols = 1; cols <= 70; cols++) {
      float[] logits = Floats.tame(random, 3 * cols);
      FMatrixRMaj z = Floats.matrix(3, cols, logits, 0);
      ops.softmaxRows(z, 0, 3);
      int best = cols + ops.argmax(logits, cols, cols);
      float[] before = logits.clone();
      assertThat(ops.softmaxMaximum(logits, cols, cols)).isEqualTo(z.data[best]);
      // Other rows stay.
      for (int j = 0; j < cols; j++) {
        assertThat(logits[j]).isEqualTo(before[j]);
        assertThat(logits[2 * cols + j]).isEqualTo(before[2 * cols + j]);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void argmaxIsTheFirstOfTheGreatest(Ops ops) {
    Random random = new Random(7);
    for (int length = 1; length <= 70; length++) {
      for (int round = 0; round < 20; round++) {
        float[] x = new float[length + 5];
        for (int i = 0; i < x.length; i++) {
          // Few values, so that many are equal; greater ones outside of the range.
          x[i] = i < 3 || i >= length + 3 ? 9 : random.nextInt(3 + length / 4) - 4;
          x[i] = round == 0 && random.nextInt(5) == 0 ? Float.NaN : x[i];
        }
        int first = 0;
        for (int i = 1; i < length; i++) {
          first = x[3 + i] > x[3 + first] ? i : first;
        }
        assertThat(ops.argmax(x, 3, length)).isEqualTo(first);
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void softmaxDoesNotOverflow(Ops ops) {
    FMatrixRMaj z = Floats.matrix(1, 3, new float[] {30000f, Float.NEGATIVE_INFINITY, 30000f}, 0);
    ops.softmaxRows(z, 0, 1);

    assertThat(z.data).containsExactly(0.5f, 0f, 0.5f);
  }
}
