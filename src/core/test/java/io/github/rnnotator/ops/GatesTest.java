package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * The cells against their equations in double precision, and their backward passes against
 * numerical derivatives. Rows 0 and 1 are the last timestep, rows 2 to 4 this one, row 4 a new
 * sequence.
 */
class GatesTest {
  private static final String OPS = "io.github.rnnotator.ops.Floats#ops";
  private static final int ROWS = 5;
  private static final int FROM = 2;
  private static final int CONTINUED = 2;
  private static final Step STEP = new Step(FROM, ROWS - FROM, 0, CONTINUED);

  /** Fewer than a vector, whole vectors, vectors and a remainder. */
  private static final int[] UNITS = {1, 3, 16, 32, 37};

  private final Random random = new Random(13);

  @ParameterizedTest
  @MethodSource(OPS)
  void lstmMatchesItsEquations(Ops ops) {
    for (int units : UNITS) {
      FMatrixRMaj z = Floats.matrix(random, ROWS, 4 * units);
      FMatrixRMaj c = Floats.matrix(random, ROWS, units);
      FMatrixRMaj tanhC = Floats.matrix(random, ROWS, units);
      FMatrixRMaj h = Floats.matrix(random, ROWS, units);
      FMatrixRMaj z0 = Floats.copy(z);
      FMatrixRMaj c0 = Floats.copy(c);

      ops.lstmForward(z, c, tanhC, h, STEP);

      for (int row = 0; row < ROWS; row++) {
        for (int j = 0; j < units; j++) {
          if (row < FROM) {
            assertThat(c.get(row, j)).isEqualTo(c0.get(row, j));
            assertThat(z.get(row, j)).isEqualTo(z0.get(row, j));
          } else {
            double[] cell = lstm(gates(z0, 4, row, j), previous(c0, row, j));
            for (int gate = 0; gate < 4; gate++) {
              close(z.get(row, gate * units + j), cell[gate]);
            }
            close(c.get(row, j), cell[4]);
            close(tanhC.get(row, j), Math.tanh(cell[4]));
            close(h.get(row, j), cell[5]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void lstmGradientsMatchNumericalDerivatives(Ops ops) {
    for (int units : UNITS) {
      FMatrixRMaj z = Floats.matrix(random, ROWS, 4 * units);
      FMatrixRMaj c = Floats.matrix(random, ROWS, units);
      FMatrixRMaj tanhC = new FMatrixRMaj(ROWS, units);
      FMatrixRMaj h = new FMatrixRMaj(ROWS, units);
      FMatrixRMaj z0 = Floats.copy(z);
      ops.lstmForward(z, c, tanhC, h, STEP);
      FMatrixRMaj dH = Floats.matrix(random, ROWS, units);
      FMatrixRMaj dC = Floats.matrix(random, ROWS, units);
      FMatrixRMaj dC0 = Floats.copy(dC);
      FMatrixRMaj dZ = Floats.matrix(random, ROWS, 4 * units);
      FMatrixRMaj dZ0 = Floats.copy(dZ);

      ops.lstmBackward(z, c, tanhC, dH, dC, dZ, STEP);

      for (int row = FROM; row < ROWS; row++) {
        for (int j = 0; j < units; j++) {
          double[] x = gates(z0, 4, row, j);
          double cPrevious = previous(c, row, j);
          double dh = dH.get(row, j);
          double dc = dC0.get(row, j);
          for (int gate = 0; gate < 4; gate++) {
            int at = gate;
            double derivative =
                derivative(
                    x[gate],
                    v -> {
                      double[] changed = x.clone();
                      changed[at] = v;
                      double[] cell = lstm(changed, cPrevious);
                      return dh * cell[5] + dc * cell[4];
                    });
            close(dZ.get(row, gate * units + j), derivative);
          }
          if (row - FROM < CONTINUED) {
            double derivative = derivative(cPrevious, v -> dh * lstm(x, v)[5] + dc * lstm(x, v)[4]);
            close(dC.get(row - FROM, j), derivative);
          }
          assertThat(dC.get(row, j)).isEqualTo(dC0.get(row, j));
          assertThat(dZ.get(0, j)).isEqualTo(dZ0.get(0, j));
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void gruMatchesItsEquations(Ops ops) {
    for (int units : UNITS) {
      FMatrixRMaj x = Floats.matrix(random, ROWS, 3 * units);
      FMatrixRMaj u = Floats.matrix(random, ROWS, 3 * units);
      FMatrixRMaj h = Floats.matrix(random, ROWS, units);
      FMatrixRMaj x0 = Floats.copy(x);
      FMatrixRMaj u0 = Floats.copy(u);
      FMatrixRMaj h0 = Floats.copy(h);

      ops.gruForward(x, u, h, STEP);

      assertThat(u.data).containsExactly(u0.data);
      for (int row = 0; row < ROWS; row++) {
        for (int j = 0; j < units; j++) {
          if (row < FROM) {
            assertThat(h.get(row, j)).isEqualTo(h0.get(row, j));
            assertThat(x.get(row, j)).isEqualTo(x0.get(row, j));
          } else {
            double[] cell = gru(gates(x0, 3, row, j), gates(u, 3, row, j), previous(h0, row, j));
            for (int gate = 0; gate < 3; gate++) {
              close(x.get(row, gate * units + j), cell[gate]);
            }
            close(h.get(row, j), cell[3]);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void gruGradientsMatchNumericalDerivatives(Ops ops) {
    for (int units : UNITS) {
      FMatrixRMaj x = Floats.matrix(random, ROWS, 3 * units);
      FMatrixRMaj u = Floats.matrix(random, ROWS, 3 * units);
      FMatrixRMaj h = Floats.matrix(random, ROWS, units);
      FMatrixRMaj x0 = Floats.copy(x);
      ops.gruForward(x, u, h, STEP);
      FMatrixRMaj dH = Floats.matrix(random, ROWS, units);
      FMatrixRMaj dH0 = Floats.copy(dH);
      FMatrixRMaj dX = Floats.matrix(random, ROWS, 3 * units);
      FMatrixRMaj dU = Floats.matrix(random, ROWS, 3 * units);

      ops.gruBackward(x, u, h, dH, dX, dU, STEP);

      for (int row = FROM; row < ROWS; row++) {
        for (int j = 0; j < units; j++) {
          double[] inputs = gates(x0, 3, row, j);
          double[] states = gates(u, 3, row, j);
          double hPrevious = previous(h, row, j);
          double dh = dH0.get(row, j);
          for (int gate = 0; gate < 3; gate++) {
            int at = gate;
            double byInput =
                derivative(
                    inputs[gate],
                    v -> {
                      double[] changed = inputs.clone();
                      changed[at] = v;
                      return dh * gru(changed, states, hPrevious)[3];
                    });
            double byState =
                derivative(
                    states[gate],
                    v -> {
                      double[] changed = states.clone();
                      changed[at] = v;
                      return dh * gru(inputs, changed, hPrevious)[3];
                    });
            close(dX.get(row, gate * units + j), byInput);
            close(dU.get(row, gate * units + j), byState);
          }
          if (row - FROM < CONTINUED) {
            double direct = derivative(hPrevious, v -> dh * gru(inputs, states, v)[3]);
            close(dH.get(row - FROM, j), dH0.get(row - FROM, j) + direct);
          }
          assertThat(dH.get(row, j)).isEqualTo(dH0.get(row, j));
        }
      }
    }
  }

  /** i, f, g, o, c, h. */
  private static double[] lstm(double[] z, double cPrevious) {
    double i = sigmoid(z[0]);
    double f = sigmoid(z[1]);
    double g = Math.tanh(z[2]);
    double o = sigmoid(z[3]);
    double c = f * cPrevious + i * g;
    return new double[] {i, f, g, o, c, o * Math.tanh(c)};
  }

  /** z, r, n, h. */
  private static double[] gru(double[] x, double[] u, double hPrevious) {
    double z = sigmoid(x[0] + u[0]);
    double r = sigmoid(x[1] + u[1]);
    double n = Math.tanh(x[2] + r * u[2]);
    return new double[] {z, r, n, z * hPrevious + (1 - z) * n};
  }

  private static double sigmoid(double x) {
    return 1 / (1 + Math.exp(-x));
  }

  private static double[] gates(FMatrixRMaj z, int gates, int row, int j) {
    double[] values = new double[gates];
    for (int gate = 0; gate < gates; gate++) {
      values[gate] = z.get(row, gate * (z.numCols / gates) + j);
    }
    return values;
  }

  private static double previous(FMatrixRMaj states, int row, int j) {
    return row - FROM < CONTINUED ? states.get(row - FROM, j) : 0;
  }

  private interface Function {
    double at(double x);
  }

  private static double derivative(double x, Function function) {
    double step = 1e-5;
    return (function.at(x + step) - function.at(x - step)) / (2 * step);
  }

  private static void close(float actual, double expected) {
    assertThat((double) actual).isCloseTo(expected, within(3e-6));
  }
}
