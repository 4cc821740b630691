package io.github.rnnotator.train.weights;

import java.util.List;
import org.ejml.data.FMatrixRMaj;
import org.ejml.dense.row.SingularOps_FDRM;
import org.ejml.dense.row.factory.DecompositionFactory_FDRM;
import org.ejml.interfaces.decomposition.SingularValueDecomposition_F32;

/**
 * Two thin matrices whose product is the nearest to a matrix among those of their rank (Eckart and
 * Young 1936): for {@code A = U S V^T} the first columns of {@code U sqrt(S)} and the first rows of
 * {@code sqrt(S) V^T}, so that both learn at about the same rate.
 *
 * @param left {@code [rows x rank]}
 * @param right {@code [rank x columns]}
 */
record LowRank(FMatrixRMaj left, FMatrixRMaj right) {
  /**
   * Factors a matrix.
   *
   * @param rank at least 1. What exceeds the smaller side of the matrix is 0 on the left, and on
   *     the right repeats rows, so that it can learn.
   */
  static LowRank of(FMatrixRMaj matrix, int rank) {
    SingularValueDecomposition_F32<FMatrixRMaj> svd =
        DecompositionFactory_FDRM.svd(matrix.numRows, matrix.numCols, true, true, true);
    if (!svd.decompose(matrix.copy())) {
      throw new IllegalArgumentException(
          "the weights [%d x %d] have no singular values; are some not finite?"
              .formatted(matrix.numRows, matrix.numCols));
    }
    FMatrixRMaj u = svd.getU(null, false);
    FMatrixRMaj s = svd.getW(null);
    FMatrixRMaj vT = svd.getV(null, true);
    SingularOps_FDRM.descendingOrder(u, false, s, vT, true);
    FMatrixRMaj left = new FMatrixRMaj(matrix.numRows, rank);
    FMatrixRMaj right = new FMatrixRMaj(rank, matrix.numCols);
    int values = Math.min(s.numRows, s.numCols);
    for (int k = 0; k < rank; k++) {
      int value = k % values;
      float root = (float) Math.sqrt(s.get(value, value));
      for (int row = 0; row < matrix.numRows && k < values; row++) {
        left.set(row, k, root * u.get(row, k));
      }
      for (int column = 0; column < matrix.numCols; column++) {
        right.set(k, column, root * vT.get(value, column));
      }
    }
    return new LowRank(left, right);
  }

  /** Returns columns {@code [from, to)} of the right factor. */
  FMatrixRMaj rightColumns(int from, int to) {
    FMatrixRMaj columns = new FMatrixRMaj(right.numRows, to - from);
    for (int row = 0; row < right.numRows; row++) {
      System.arraycopy(
          right.data, row * right.numCols + from, columns.data, row * columns.numCols, to - from);
    }
    return columns;
  }

  /** Returns matrices of the same height side by side. */
  static FMatrixRMaj columns(List<FMatrixRMaj> matrices) {
    FMatrixRMaj all =
        new FMatrixRMaj(
            matrices.get(0).numRows, matrices.stream().mapToInt(matrix -> matrix.numCols).sum());
    int from = 0;
    for (FMatrixRMaj matrix : matrices) {
      for (int row = 0; row < matrix.numRows; row++) {
        System.arraycopy(
            matrix.data, row * matrix.numCols, all.data, row * all.numCols + from, matrix.numCols);
      }
      from += matrix.numCols;
    }
    return all;
  }

  // EJML's own product and sum have other signatures in newer versions, which a build may bring.

  static FMatrixRMaj product(FMatrixRMaj a, FMatrixRMaj b) {
    FMatrixRMaj product = new FMatrixRMaj(a.numRows, b.numCols);
    for (int i = 0; i < a.numRows; i++) {
      for (int k = 0; k < a.numCols; k++) {
        float factor = a.data[i * a.numCols + k];
        for (int j = 0; j < b.numCols; j++) {
          product.data[i * b.numCols + j] += factor * b.data[k * b.numCols + j];
        }
      }
    }
    return product;
  }

  static FMatrixRMaj sum(FMatrixRMaj a, FMatrixRMaj b) {
    FMatrixRMaj sum = new FMatrixRMaj(a.numRows, a.numCols);
    for (int i = 0; i < sum.data.length; i++) {
      sum.data[i] = a.data[i] + b.data[i];
    }
    return sum;
  }
}
