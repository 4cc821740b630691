package io.github.rnnotator.nn.seq2seq;

import java.util.Arrays;

/**
 * All ways to write {@code m} symbols while reading {@code n} positions from left to right (Graves
 * 2012, section 2.4). At a node {@code (j, u)}, position {@code j} is read and {@code u} symbols
 * are written; from there the next symbol is written, or the next position is read. After the last
 * position comes the end.
 *
 * <pre>
 *   alpha(j, u) = alpha(j-1, u) advance(j-1, u) + alpha(j, u-1) write(j, u-1)
 *   beta(j, u)  = beta(j+1, u) advance(j, u) + beta(j, u+1) write(j, u)
 *   p(y | x)    = alpha(n-1, m) advance(n-1, m)
 * </pre>
 *
 * <p>Sums are kept as logarithms, in double precision. Node {@code (j, u)} has the index {@code j
 * (m + 1) + u}.
 */
final class Lattice {
  private final int symbols;

  /** {@code log p(y | x)}, in nats. */
  private final double logProbability;

  private final double[] write;
  private final double[] advance;

  /**
   * Sums over all ways.
   *
   * @param positions {@code n}, at least 1
   * @param symbols {@code m}
   * @param write the log probability of the next symbol at each node; ignored where all are written
   * @param advance the log probability of reading on at each node
   */
  Lattice(int positions, int symbols, double[] write, double[] advance) {
    this.symbols = symbols;
    int end = positions * (symbols + 1);
    double[] alpha = new double[end];
    double[] beta = new double[end];
    Arrays.fill(alpha, Double.NEGATIVE_INFINITY);
    alpha[0] = 0;
    for (int i = 0; i < end; i++) {
      if (i >= symbols + 1) {
        alpha[i] = sum(alpha[i], alpha[i - symbols - 1] + advance[i - symbols - 1]);
      }
      if (i % (symbols + 1) > 0) {
        alpha[i] = sum(alpha[i], alpha[i - 1] + write[i - 1]);
      }
    }
    Arrays.fill(beta, Double.NEGATIVE_INFINITY);
    for (int i = end - 1; i >= 0; i--) {
      beta[i] = after(beta, i) + advance[i];
      if (!isWhole(i)) {
        beta[i] = sum(beta[i], beta[i + 1] + write[i]);
      }
    }
    this.logProbability = alpha[end - 1] + advance[end - 1];
    this.write = new double[end];
    this.advance = new double[end];
    for (int i = 0; i < end; i++) {
      double rest = alpha[i] - logProbability;
      this.advance[i] = StrictMath.exp(rest + advance[i] + after(beta, i));
      this.write[i] = isWhole(i) ? 0 : StrictMath.exp(rest + write[i] + beta[i + 1]);
    }
  }

  private boolean isWhole(int node) {
    return node % (symbols + 1) == symbols;
  }

  /** {@code beta} of the next position; after the last one only the whole target may end. */
  private double after(double[] beta, int node) {
    int next = node + symbols + 1;
    if (next < beta.length) {
      return beta[next];
    }
    return isWhole(node) ? 0 : Double.NEGATIVE_INFINITY;
  }

  /** {@code log(exp(a) + exp(b))}. */
  static double sum(double a, double b) {
    double max = Math.max(a, b);
    if (max == Double.NEGATIVE_INFINITY) {
      return max;
    }
    return max + StrictMath.log1p(StrictMath.exp(Math.min(a, b) - max));
  }

  /** {@code log p(y | x)}, in nats; at most 0. */
  double logProbability() {
    return logProbability;
  }

  /** The share of the ways, by their probability, that write the next symbol at a node. */
  double written(int position, int symbol) {
    return write[position * (symbols + 1) + symbol];
  }

  /** The share of the ways, by their probability, that read on from a node. */
  double advanced(int position, int symbol) {
    return advance[position * (symbols + 1) + symbol];
  }
}
