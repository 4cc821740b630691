package io.github.rnnotator.bench;

import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/** Uniform random numbers in -1 to 1, determined by the seed. */
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
