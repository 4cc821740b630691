package io.github.rnnotator.data;

import io.github.rnnotator.embed.WordVectors;
import java.util.Set;

/**
 * Adds words to those of pretrained layers: the vectors of words that raw text had too rarely, or
 * not at all, follow from those of a file by the linear map that fits the words of both best
 * (vocabulary expansion, Kiros et al. 2015, section 2.2, equation 10).
 *
 * @param own the vectors of the pretrained layers, the most frequent word first
 * @param file the vectors of a file, the most frequent word first, of any length
 */
record VocabularyExpansion(WordVectors own, WordVectors file) {
  /** The words to which the map is fitted; rarer ones have learned little. */
  private static final int FITTED = 30_000;

  /** Keeps the equations solvable if there are fewer words than dimensions. */
  private static final double RIDGE = 1e-3;

  /**
   * Returns the vectors of the first words of both, alternately, until there are as many as wanted,
   * and of further ones.
   *
   * @param keep how many
   * @param needed words that are kept as well
   */
  WordVectors words(int keep, Set<String> needed, WordVectors.Type type) {
    double[][] map = map();
    WordVectors.Builder builder = new WordVectors.Builder(own.dim(), type);
    float[] vector = new float[own.dim()];
    for (int i = 0; i < Math.max(own.size(), file.size()); i++) {
      if (i < own.size() && (builder.size() < keep || needed.contains(own.word(i)))) {
        own.copy(i, vector, 0);
        builder.add(own.word(i), vector);
      }
      if (i < file.size()
          && (builder.size() < keep || needed.contains(file.word(i)))
          && own.find(file.word(i)) < 0) {
        apply(map, i, vector);
        builder.add(file.word(i), vector);
      }
    }
    return builder.build();
  }

  private void apply(double[][] map, int row, float[] vector) {
    double[] x = input(row);
    for (int j = 0; j < vector.length; j++) {
      double sum = 0;
      for (int i = 0; i < x.length; i++) {
        sum += x[i] * map[i][j];
      }
      vector[j] = (float) sum;
    }
  }

  /** A vector of the file and a constant 1. */
  private double[] input(int row) {
    float[] vector = new float[file.dim()];
    file.copy(row, vector, 0);
    double[] x = new double[vector.length + 1];
    for (int i = 0; i < vector.length; i++) {
      x[i] = vector[i];
    }
    x[vector.length] = 1;
    return x;
  }

  /**
   * Fits the map by least squares: the solution of {@code (X'X + rI) M = X'Y}, a row of X and Y for
   * each word of both.
   *
   * @return {@code [file.dim + 1 x own.dim]}
   */
  private double[][] map() {
    int rows = file.dim() + 1;
    double[][] equations = new double[rows][rows + own.dim()];
    float[] y = new float[own.dim()];
    int fitted = 0;
    for (int word = 0; word < own.size() && fitted < FITTED; word++) {
      int row = file.find(own.word(word));
      if (row < 0) {
        continue;
      }
      fitted++;
      double[] x = input(row);
      own.copy(word, y, 0);
      for (int i = 0; i < rows; i++) {
        for (int j = 0; j < rows; j++) {
          equations[i][j] += x[i] * x[j];
        }
        for (int j = 0; j < y.length; j++) {
          equations[i][rows + j] += x[i] * y[j];
        }
      }
    }
    for (int i = 0; i < rows; i++) {
      equations[i][i] += RIDGE;
    }
    return solved(equations);
  }

  /** Eliminates (Gauss-Jordan). The matrix is positive definite, so that no pivot is 0. */
  private static double[][] solved(double[][] equations) {
    int rows = equations.length;
    int columns = equations[0].length;
    for (int pivot = 0; pivot < rows; pivot++) {
      for (int i = 0; i < rows; i++) {
        double factor = i == pivot ? 0 : equations[i][pivot] / equations[pivot][pivot];
        for (int j = pivot; j < columns && factor != 0; j++) {
          equations[i][j] -= factor * equations[pivot][j];
        }
      }
    }
    double[][] solution = new double[rows][columns - rows];
    for (int i = 0; i < rows; i++) {
      for (int j = 0; j < solution[i].length; j++) {
        solution[i][j] = equations[i][rows + j] / equations[i][i];
      }
    }
    return solution;
  }
}
