package io.github.rnnotator.train.weights;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LowRankTest {
  @ParameterizedTest
  @CsvSource({"7, 12", "12, 7", "5, 5", "1, 9", "9, 1"})
  void theFullRankKeepsTheMatrix(int rows, int columns) {
    FMatrixRMaj matrix = random(rows, columns, 1);
    LowRank factors = LowRank.of(matrix, Math.min(rows, columns));
    assertThat(distance(matrix, product(factors))).isCloseTo(0, within(1e-5));
    LowRank more = LowRank.of(matrix, Math.min(rows, columns) + 3);
    assertThat(distance(matrix, product(more))).isCloseTo(0, within(1e-5));
    assertThat(more.left().numCols).isEqualTo(Math.min(rows, columns) + 3);
  }

  /** The best of rank 2, found by alternating least squares from many starts. */
  @Test
  void noOtherFactorsOfTheRankAreNearer() {
    FMatrixRMaj matrix = random(6, 8, 2);
    double found = distance(matrix, product(LowRank.of(matrix, 2)));
    assertThat(found).isGreaterThan(0.1);
    double best = Double.POSITIVE_INFINITY;
    for (int start = 0; start < 20; start++) {
      FMatrixRMaj right = random(2, 8, 100 + start);
      FMatrixRMaj left = new FMatrixRMaj(6, 2);
      for (int i = 0; i < 200; i++) {
        left = transposed(solved(transposed(right), transposed(matrix)));
        right = solved(left, matrix);
      }
      best = Math.min(best, distance(matrix, LowRank.product(left, right)));
    }
    assertThat(found).isCloseTo(best, within(1e-4));
  }

  @Test
  void aSmallerRankIsFartherAway() {
    FMatrixRMaj matrix = random(10, 6, 3);
    double before = 0;
    for (int rank = 6; rank >= 1; rank--) {
      double distance = distance(matrix, product(LowRank.of(matrix, rank)));
      assertThat(distance).isGreaterThan(before);
      before = distance + 1e-3;
    }
  }

  @Test
  void matricesSideBySideAreCutApartAgain() {
    FMatrixRMaj a = random(4, 3, 4);
    FMatrixRMaj b = random(4, 5, 5);
    LowRank factors = LowRank.of(LowRank.columns(List.of(a, b)), 4);
    FMatrixRMaj first = LowRank.product(factors.left(), factors.rightColumns(0, 3));
    FMatrixRMaj second = LowRank.product(factors.left(), factors.rightColumns(3, 8));
    assertThat(distance(a, first)).isCloseTo(0, within(1e-5));
    assertThat(distance(b, second)).isCloseTo(0, within(1e-5));
  }

  /** {@code x} of the least squares of {@code a x - b}, for {@code a} with two columns. */
  private static FMatrixRMaj solved(FMatrixRMaj a, FMatrixRMaj b) {
    FMatrixRMaj g = LowRank.product(transposed(a), a);
    float determinant = g.get(0, 0) * g.get(1, 1) - g.get(0, 1) * g.get(1, 0);
    float[] inverse = {g.get(1, 1), -g.get(0, 1), -g.get(1, 0), g.get(0, 0)};
    FMatrixRMaj inverted = new FMatrixRMaj(2, 2);
    for (int i = 0; i < inverse.length; i++) {
      inverted.data[i] = inverse[i] / determinant;
    }
    return LowRank.product(inverted, LowRank.product(transposed(a), b));
  }

  private static FMatrixRMaj transposed(FMatrixRMaj a) {
    FMatrixRMaj transposed = new FMatrixRMaj(a.numCols, a.numRows);
    for (int i = 0; i < a.numRows; i++) {
      for (int j = 0; j < a.numCols; j++) {
        transposed.set(j, i, a.get(i, j));
      }
    }
    return transposed;
  }

  private static FMatrixRMaj product(LowRank factors) {
    return LowRank.product(factors.left(), factors.right());
  }

  private static double distance(FMatrixRMaj a, FMatrixRMaj b) {
    assertThat(b.data).hasSameSizeAs(a.data);
    double squares = 0;
    for (int i = 0; i < a.data.length; i++) {
      squares += Math.pow(a.data[i] - b.data[i], 2);
    }
    return Math.sqrt(squares);
  }

  private static FMatrixRMaj random(int rows, int columns, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    FMatrixRMaj matrix = new FMatrixRMaj(rows, columns);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = random.nextFloat() - 0.5f;
    }
    return matrix;
  }
}
