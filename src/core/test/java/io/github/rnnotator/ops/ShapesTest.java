package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A wrong shape throws with a message that lists all shapes, and nothing is written. */
class ShapesTest {
  private static final String OPS = "io.github.rnnotator.ops.Floats#ops";

  @ParameterizedTest
  @MethodSource(OPS)
  void multiplyErrorListsAllShapes(Ops ops) {
    PanelMatrix b = packed(ops, 4, 2);
    refuse(
        () -> ops.multiply(m(5, 4), 3, 2, packed(ops, 6, 2), m(4, 2), 0, false),
        "multiply: A rows 3..4 of [5 x 4] by B [6 x 2] into C rows 0..1 of [4 x 2]:"
            + " inner dimensions 4 and 6 differ");
    refuse(
        () -> ops.multiply(m(5, 4), 0, 2, b, m(4, 3), 0, false),
        "multiply: A rows 0..1 of [5 x 4] by B [4 x 2] into C rows 0..1 of [4 x 3]:"
            + " B has 2 columns and C 3");
    refuse(
        () -> ops.multiply(m(5, 4), 3, 5, b, m(9, 2), 0, false),
        "multiply: A rows 3..7 of [5 x 4] by B [4 x 2] into C rows 0..4 of [9 x 2]:"
            + " A has no such rows");
    refuse(
        () -> ops.multiply(m(5, 4), 0, 2, b, m(4, 2), 3, false),
        "multiply: A rows 0..1 of [5 x 4] by B [4 x 2] into C rows 3..4 of [4 x 2]:"
            + " C has no such rows");
    refuse(
        () -> ops.multiply(m(5, 4), 0, 2, new PanelMatrix(), m(4, 2), 3, false),
        "inner dimensions 4 and 0 differ");
    refuse(
        () -> ops.multiply(m(5, 0), 0, 2, new PanelMatrix(), m(4, 0), 0, false),
        "B was never packed");
    refuse(() -> ops.multiply(m(5, 4), -1, 2, b, m(4, 2), 0, false), "A has no such rows");
    refuse(() -> ops.multiply(m(5, 4), 0, -1, b, m(4, 2), 0, false), "A has no such rows");
    FMatrixRMaj square = m(2, 2);
    refuse(
        () -> ops.multiply(square, 0, 1, packed(ops, 2, 2), square, 1, false),
        "A and C share one array");
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void multiplyTransposedErrorListsAllShapes(Ops ops) {
    refuse(
        () -> ops.multiplyTransposed(m(5, 4), packed(ops, 6, 2), m(4, 2), false),
        "multiplyTransposed: A^T of [5 x 4] by B [6 x 2] into C [4 x 2]:"
            + " inner dimensions 5 and 6 differ");
    refuse(
        () -> ops.multiplyTransposed(m(5, 4), packed(ops, 5, 2), m(4, 3), false),
        "B has 2 columns and C 3");
    refuse(
        () -> ops.multiplyTransposed(m(5, 4), packed(ops, 5, 2), m(3, 2), false),
        "A has 4 columns and C 3 rows");
  }

  @Test
  void matrixPackedByOtherOpsIsRefused() {
    Ops scalar = new ScalarOps(true);
    PanelMatrix packed = packed(scalar, 4, 2);
    packed.panel = 3;
    refuse(
        () -> scalar.multiply(m(5, 4), 0, 2, packed, m(4, 2), 0, false),
        "B was packed by other operations");
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void rowOperationErrorsListAllShapes(Ops ops) {
    refuse(
        () -> ops.fillRows(m(1, 3), m(4, 2), 1, 2),
        "fillRows: vector [1 x 3] and rows 1..2 of [4 x 2]: columns differ");
    refuse(() -> ops.fillRows(m(2, 2), m(4, 2), 1, 2), "the vector needs 1 row");
    refuse(
        () -> ops.addColumnSums(m(4, 2), 3, 2, m(1, 2)),
        "addColumnSums: vector [1 x 2] and rows 3..4 of [4 x 2]: the matrix has no such rows");
    refuse(
        () -> ops.softmaxRows(m(4, 2), 3, 2),
        "softmaxRows: rows 3..4 of [4 x 2]: the matrix has no such rows");
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void elementOperationErrorsNameTheRange(Ops ops) {
    float[] x = new float[20];
    float[] y = new float[40];
    refuse(() -> ops.tanh(x, 3, 18), "tanh: elements 3..20 of an array of 20: out of range");
    refuse(() -> ops.sigmoid(x, -1, 2), "sigmoid: elements -1..0 of an array of 20");
    refuse(() -> ops.exp(x, 0, 21), "exp: elements 0..20 of an array of 20");
    refuse(() -> ops.relu(x, 0, 21), "relu: ");
    refuse(() -> ops.scale(1f, x, 0, 21), "scale: ");
    refuse(() -> ops.sumOfSquares(x, Integer.MAX_VALUE, 2), "sumOfSquares: ");
    refuse(() -> ops.sumOfSquares(x, Integer.MAX_VALUE, Integer.MAX_VALUE), "sumOfSquares: ");
    refuse(() -> ops.addScaled(1f, x, 0, y, 30, 11), "elements 30..40 of an array of 40");
    refuse(() -> ops.multiplyElements(x, 0, y, 0, y, 0, 21), "an array of 20");
    refuse(() -> ops.tanhBackward(y, 0, x, 0, y, 0, 21), "an array of 20");
    refuse(() -> ops.sigmoidBackward(y, 0, y, 0, x, 0, 21), "an array of 20");
    refuse(() -> ops.reluBackward(y, 0, y, 0, x, 0, 21), "an array of 20");
    refuse(
        () -> ops.adam(new AdamStep(1, 1, 1, 1, 1, 1, 1), y, x, 5, y, y, 0, 16),
        "adam g: elements 5..20 of an array of 20");
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void gateErrorsListAllShapes(Ops ops) {
    refuse(
        () -> ops.lstmForward(m(5, 8), m(5, 2), m(5, 3), m(5, 2), new Step(2, 3, 0, 2)),
        "lstmForward: rows 2..4 after rows 0..1, gates [5 x 8], states [5 x 2] [5 x 3] [5 x 2]:"
            + " the states differ in their columns");
    refuse(
        () -> ops.lstmForward(m(5, 7), m(5, 2), m(5, 2), m(5, 2), new Step(2, 3, 0, 2)),
        "with 2 units there must be 8 columns of gates");
    refuse(
        () -> ops.lstmForward(m(5, 8), m(5, 2), m(5, 2), m(5, 2), new Step(2, 3, 1, 2)),
        "rows 2..4 after rows 1..2");
    refuse(
        () ->
            ops.lstmBackward(
                m(5, 8), m(5, 2), m(5, 2), m(5, 2), m(5, 2), m(4, 8), new Step(2, 3, 0, 2)),
        "a matrix of gates has no such rows");
    refuse(
        () -> ops.gruForward(m(5, 6), m(5, 6), m(4, 2), new Step(2, 3, 0, 2)),
        "gruForward: rows 2..4 after rows 0..1, gates [5 x 6] [5 x 6], states [4 x 2]:"
            + " a matrix of states has no such rows");
    refuse(
        () ->
            ops.gruBackward(
                m(5, 6), m(5, 6), m(5, 2), m(5, 2), m(5, 6), m(5, 6), new Step(3, 1, 0, 2)),
        "more previous rows than rows");
  }

  @ParameterizedTest
  @MethodSource(OPS)
  void chainErrorsNameTheRange(Ops ops) {
    float[] x = new float[20];
    float[] y = new float[40];
    FMatrixRMaj m = m(15, 25);
    refuse(() -> ops.maxPlus(x, 6, m, y, 0), "maxPlus: elements 6..20 of an array of 20");
    refuse(() -> ops.logMultiply(x, 0, m, y, 16), "elements 16..40 of an array of 40");
    refuse(() -> ops.maxPlus(y, 10, m, y, 0), "maxPlus: x 10..24 and out 0..24 overlap");
    refuse(() -> ops.logMultiply(y, 25, m(15, 26), y, 0), "x 25..39 and out 0..25 overlap");
    refuse(
        () -> ops.logMultiplyBackward(x, 0, m, y, 0, y, 0, m(16, 25)),
        "logMultiplyBackward: [15 x 25] and [16 x 25] differ in shape");
    refuse(() -> ops.logMultiplyBackward(x, 0, m, x, 0, y, 0, m(15, 25)), "of an array of 20");
    refuse(() -> ops.logMultiplyBackward(x, 0, m, y, 0, x, 0, m(15, 25)), "of an array of 20");
  }

  private static void refuse(ThrowingCallable call, String message) {
    assertThatThrownBy(call)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  private static FMatrixRMaj m(int rows, int cols) {
    return new FMatrixRMaj(rows, cols);
  }

  private static PanelMatrix packed(Ops ops, int rows, int cols) {
    PanelMatrix packed = new PanelMatrix();
    ops.pack(m(rows, cols), false, packed);
    assertThat(packed.rows()).isEqualTo(rows);
    return packed;
  }
}
