package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.function.BiConsumer;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Scalar and vector operations give the same bits, also for NaN, infinities and tiny numbers. */
class OpsBitsTest {
  private static final int LONGEST = 100;

  @BeforeEach
  void needsBothKinds() {
    assumeTrue(OpsProvider.vector().isPresent(), "needs --add-modules jdk.incubator.vector");
  }

  @Test
  void elementOperationsGiveTheSameBits() {
    List<BiConsumer<Ops, float[][]>> operations = new ArrayList<>();
    AdamStep adam = new AdamStep(0.7f, 0.9f, 0.999f, 0.01f, 1e-8f, 0.9f, 0.1f);
    for (int length = 0; length <= LONGEST; length++) {
      int n = length;
      operations.add((ops, x) -> ops.addScaled(x[0][0], x[1], 3, x[2], 1, n));
      operations.add((ops, x) -> ops.multiplyElements(x[0], 3, x[1], 1, x[2], 2, n));
      operations.add((ops, x) -> ops.multiplyElements(x[0], 3, x[1], 1, x[1], 1, n));
      operations.add((ops, x) -> ops.scale(x[0][0], x[1], 2, n));
      operations.add((ops, x) -> ops.average(0.9f, x[0], x[1], 2, n));
      operations.add((ops, x) -> ops.tanh(x[0], 2, n));
      operations.add((ops, x) -> ops.sigmoid(x[0], 2, n));
      operations.add((ops, x) -> ops.relu(x[0], 2, n));
      operations.add((ops, x) -> ops.exp(x[0], 2, n));
      operations.add((ops, x) -> ops.tanhBackward(x[0], 3, x[1], 1, x[2], 2, n));
      operations.add((ops, x) -> ops.tanhBackward(x[0], 3, x[1], 1, x[1], 1, n));
      operations.add((ops, x) -> ops.reluBackward(x[0], 3, x[1], 1, x[2], 2, n));
      operations.add((ops, x) -> ops.sigmoidBackward(x[0], 3, x[1], 1, x[2], 2, n));
      operations.add((ops, x) -> x[0][0] = (float) ops.sumOfSquares(x[1], 3, n));
      operations.add((ops, x) -> ops.adam(adam, x[0], x[1], 2, x[2], x[3], 1, n));
    }
    Random random = new Random(2);
    for (int i = 0; i < operations.size(); i++) {
      float[][] inputs = new float[4][];
      for (int j = 0; j < inputs.length; j++) {
        inputs[j] = Floats.wild(random, LONGEST + 4);
      }
      checkBits("operation " + i % 15 + " on " + i / 15 + " elements", inputs, operations.get(i));
    }
  }

  @Test
  void rowOperationsGiveTheSameBits() {
    Random random = new Random(3);
    for (int cols = 0; cols <= 40; cols++) {
      int n = cols;
      float[][] inputs = {Floats.wild(random, 7 * cols), Floats.wild(random, cols)};
      checkBits("fillRows", inputs, (k, x) -> k.fillRows(m(1, n, x[1]), m(7, n, x[0]), 2, 4));
      checkBits("sums", inputs, (k, x) -> k.addColumnSums(m(7, n, x[0]), 2, 4, m(1, n, x[1])));
      checkBits("softmaxRows", inputs, (k, x) -> k.softmaxRows(m(7, n, x[0]), 2, 4));
      checkBits(
          "softmaxMaximum",
          inputs,
          (k, x) -> {
            float maximum = k.softmaxMaximum(x[0], 2 * n, n);
            Arrays.fill(x[0], maximum);
          });
    }
  }

  @Test
  void gatesGiveTheSameBits() {
    Random random = new Random(4);
    for (int units = 0; units <= 70; units++) {
      int n = units;
      float[][] x = new float[6][];
      for (int i = 0; i < x.length; i++) {
        x[i] = random.nextInt(4) == 0 ? Floats.wild(random, 36 * n) : Floats.tame(random, 36 * n);
      }
      Step step = new Step(5, 3, 1, random.nextInt(4));
      checkBits(
          "lstmForward of " + n,
          x,
          (k, y) ->
              k.lstmForward(m(9, 4 * n, y[0]), m(9, n, y[1]), m(9, n, y[2]), m(9, n, y[3]), step));
      checkBits(
          "lstmBackward of " + n,
          x,
          (k, y) ->
              k.lstmBackward(
                  m(9, 4 * n, y[0]),
                  m(9, n, y[1]),
                  m(9, n, y[2]),
                  m(9, n, y[3]),
                  m(9, n, y[4]),
                  m(9, 4 * n, y[5]),
                  step));
      checkBits(
          "gruForward of " + n,
          x,
          (k, y) -> k.gruForward(m(9, 3 * n, y[0]), m(9, 3 * n, y[1]), m(9, n, y[2]), step));
      checkBits(
          "gruBackward of " + n,
          x,
          (k, y) ->
              k.gruBackward(
                  m(9, 3 * n, y[0]),
                  m(9, 3 * n, y[1]),
                  m(9, n, y[2]),
                  m(9, n, y[3]),
                  m(9, 3 * n, y[4]),
                  m(9, 3 * n, y[5]),
                  step));
    }
  }

  @Test
  void chainsGiveTheSameBits() {
    Random random = new Random(5);
    for (int cols = 0; cols <= 70; cols++) {
      int n = cols;
      int rows = random.nextInt(20);
      float[][] x = new float[5][];
      boolean wild = random.nextBoolean();
      for (int i = 0; i < x.length; i++) {
        int size = 3 + (i < 2 ? rows * n : Math.max(rows, n));
        x[i] = wild ? Floats.wild(random, size) : Floats.tame(random, size);
      }
      String shape = " of [" + rows + " x " + n + "]";
      checkBits("maxPlus" + shape, x, (k, y) -> k.maxPlus(y[2], 1, m(rows, n, y[0]), y[3], 2));
      checkBits(
          "logMultiply" + shape, x, (k, y) -> k.logMultiply(y[2], 1, m(rows, n, y[0]), y[3], 2));
      checkBits(
          "logMultiplyBackward" + shape,
          x,
          (k, y) ->
              k.logMultiplyBackward(y[2], 1, m(rows, n, y[0]), y[3], 2, y[4], 3, m(rows, n, y[1])));
    }
  }

  /** A matrix that wraps this array. */
  private static FMatrixRMaj m(int rows, int cols, float[] data) {
    FMatrixRMaj matrix = new FMatrixRMaj();
    matrix.data = data;
    matrix.numRows = rows;
    matrix.numCols = cols;
    return matrix;
  }

  private static void checkBits(
      String what, float[][] inputs, BiConsumer<Ops, float[][]> operation) {
    float[][] scalar = copy(inputs);
    float[][] vector = copy(inputs);
    operation.accept(new ScalarOps(true), scalar);
    operation.accept(OpsProvider.vector().orElseThrow(), vector);
    for (int i = 0; i < inputs.length; i++) {
      assertThat(Floats.bits(vector[i])).as(what).isEqualTo(Floats.bits(scalar[i]));
    }
  }

  private static float[][] copy(float[][] inputs) {
    float[][] copy = new float[inputs.length][];
    for (int i = 0; i < inputs.length; i++) {
      copy[i] = inputs[i].clone();
    }
    return copy;
  }
}
