package io.github.rnnotator.kernel;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

/** Every product is, to the bit, a chain of fma over ascending k. */
class KernelProductsTest {

  @Property(tries = 60)
  void productsOfAnyShapeAreFmaChains(@ForAll long seed) {
    Random random = new Random(seed);
    int rows = random.nextInt(130);
    int k = random.nextInt(5) == 0 ? 500 + random.nextInt(50) : random.nextInt(30);
    int cols = random.nextInt(5) == 0 ? 500 + random.nextInt(50) : random.nextInt(70);
    for (Kernel kernel : Floats.kernels()) {
      checkMultiply(kernel, random, rows, k, cols);
      checkMultiplyTransposed(kernel, random, rows, k, cols);
    }
  }

  @Test
  void everyTileRemainderIsChainOfFma() {
    Random random = new Random(1);
    for (Kernel kernel : Floats.kernels()) {
      for (int rows = 0; rows <= 13; rows++) {
        for (int cols = 0; cols <= 66; cols++) {
          int k = random.nextInt(10);
          checkMultiply(kernel, random, rows, k, cols);
          checkMultiplyTransposed(kernel, random, rows, k, cols);
        }
      }
    }
  }

  private static void checkMultiply(Kernel kernel, Random random, int rows, int k, int cols) {
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

    kernel.multiply(a, aRow, rows, packed(kernel, random, b), c, cRow, accumulate);

    assertThat(Floats.bits(c.data))
        .as("%s: [%d x %d] by [%d x %d]", kernel.name(), rows, k, k, cols)
        .isEqualTo(Floats.bits(expected.data));
  }

  private static void checkMultiplyTransposed(
      Kernel kernel, Random random, int rows, int k, int cols) {
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

    kernel.multiplyTransposed(a, packed(kernel, random, b), c, accumulate);

    assertThat(Floats.bits(c.data))
        .as("%s: [%d x %d]^T by [%d x %d]", kernel.name(), k, rows, k, cols)
        .isEqualTo(Floats.bits(expected.data));
  }

  /** Packs {@code b} or its transpose, sometimes into a used packed matrix. */
  private static PackedMatrix packed(Kernel kernel, Random random, FMatrixRMaj b) {
    PackedMatrix packed = new PackedMatrix();
    if (random.nextBoolean()) {
      kernel.pack(Floats.matrix(random, 1 + random.nextInt(40), 50), false, packed);
    }
    if (random.nextBoolean()) {
      kernel.pack(b, false, packed);
    } else {
      FMatrixRMaj transposed = Floats.matrix(random, b.numCols, b.numRows);
      for (int i = 0; i < b.numRows; i++) {
        for (int j = 0; j < b.numCols; j++) {
          transposed.set(j, i, b.get(i, j));
        }
      }
      kernel.pack(transposed, true, packed);
    }
    assertThat(packed.rows()).isEqualTo(b.numRows);
    assertThat(packed.cols()).isEqualTo(b.numCols);
    return packed;
  }
}
