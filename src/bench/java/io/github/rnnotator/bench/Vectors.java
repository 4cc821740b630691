package io.github.rnnotator.bench;

import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/** Numbers to compute with, evenly spread over -1 to 1: the same seed gives the same ones. */
final class Vectors {
  private Vectors() {}

  static FMatrixRMaj matrix(int rows, int cols, long seed) {
    FMatrixRMaj matrix = new FMatrixRMaj(rows, cols);
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < matrix.data.length; i++) {
      matrix.data[i] = (float) random.nextDouble(-1, 1);
    }
    return matrix;
  }
}
