package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Every product is, to the bit, a chain of fma over ascending k. */
class ProductsTest {

  @Property(tries = 60)
  void productsOfAnyShapeAreFmaChains(@ForAll long seed) {
    Random random = new Random(seed);
    int rows = random.nextInt(130);
    int k = random.nextInt(5) == 0 ? 500 + random.nextInt(50) : random.nextInt(30);
    int cols = random.nextInt(5) == 0 ? 500 + random.nextInt(50) : random.nextInt(70);
    for (Ops ops : Floats.ops()) {
      checkMultiply(ops, random, rows, k, cols);
      checkMultiplyTransposed(ops, random, rows, k, cols);
    }
  }

  @Test
  void everyTileRemainderIsChainOfFma() {
    Random random = new Random(1);
    for (Ops ops : Floats.ops()) {
      for (int rows = 0; rows <= 13; rows++) {
        for (int cols = 0; cols <= 66; cols++) {
          int k = random.nextInt(10);
          checkMultiply(ops, random, rows, k, cols);
          checkMultiplyTransposed(ops, random, rows, k, cols);
        }
      }
    }
  }

  private static void checkMultiply(Ops ops, Random random, int rows, int k, int cols) {
    int aRow = random.nextInt(3);
    int cRow = random.nextInt(3);
    FMatrixRMaj a = Floats.matrix(random, aRow + rows + random.nextInt(2), k);
    FMatrixRMaj b = Floats.matrix(random, k, cols);
    FMatrixRMaj c = Floats.matrix(random, cRow + rows + random.nextInt(2), cols);
    boolean accumulate = random.nextBoolean();
    FMatrixRMaj expected = Floats.copy(c);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        float sum = accumulate ? c.get(cRow + i, j) : 0f;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a.get(aRow + i, p), b.get(p, j), sum);
        }
        expected.set(cRow + i, j, sum);
      }
    }

    ops.multiply(a, aRow, rows, packed(ops, random, b), c, cRow, accumulate);

    assertThat(Floats.bits(c.data))
        .as("%s: [%d x %d] by [%d x %d]", ops.name(), rows, k, k, cols)
        .isEqualTo(Floats.bits(expected.data));
  }

  private static void checkMultiplyTransposed(Ops ops, Random random, int rows, int k, int cols) {
    FMatrixRMaj a = Floats.matrix(random, k, rows);
    FMatrixRMaj b = Floats.matrix(random, k, cols);
    FMatrixRMaj c = Floats.matrix(random, rows, cols);
    boolean accumulate = random.nextBoolean();
    FMatrixRMaj expected = Floats.copy(c);
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < cols; j++) {
        float sum = accumulate ? c.get(i, j) : 0f;
        for (int p = 0; p < k; p++) {
          sum = Math.fma(a.get(p, i), b.get(p, j), sum);
        }
        expected.set(i, j, sum);
      }
    }

    ops.multiplyTransposed(a, packed(ops, random, b), c, accumulate);

    assertThat(Floats.bits(c.data))
        .as("%s: [%d x %d]^T by [%d x %d]", ops.name(), k, rows, k, cols)
        .isEqualTo(Floats.bits(expected.data));
  }

  /** Packs {@code b} or its transpose, sometimes into a used packed matrix. */
  private static PanelMatrix packed(Ops ops, Random random, FMatrixRMaj b) {
    PanelMatrix packed = new PanelMatrix();
    if (random.nextBoolean()) {
      ops.pack(Floats.matrix(random, 1 + random.nextInt(40), 50), false, packed);
    }
    if (random.nextBoolean()) {
      ops.pack(b, false, packed);
    } else {
      FMatrixRMaj transposed = Floats.matrix(random, b.numCols, b.numRows);
      for (int i = 0; i < b.numRows; i++) {
        for (int j = 0; j < b.numCols; j++) {
          transposed.set(j, i, b.get(i, j));
        }
      }
      ops.pack(transposed, true, packed);
    }
    assertThat(packed.rows()).isEqualTo(b.numRows);
    assertThat(packed.cols()).isEqualTo(b.numCols);
    return packed;
  }
}
