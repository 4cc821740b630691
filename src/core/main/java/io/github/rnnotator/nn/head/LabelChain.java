package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * All label sequences of one sentence, each with the score
 *
 * <pre>
 *   s(y) = start[y_0] + sum_t emission_t[y_t] + sum_t transition[y_(t-1), y_t] + end[y_(T-1)]
 * </pre>
 *
 * <p>Scores are natural logs, kept relative to the best of each timestep, so that they stay small
 * and exact in sentences of any length. Buffers belong to the pass. Not thread-safe.
 */
final class LabelChain {
  /** Represents minus infinity, but is finite, as are its sums and differences. */
  static final float ILLEGAL = -1e30f;

  /** A sum that contains {@link #ILLEGAL} is below, any other above. */
  private static final float LEGAL = -1e29f;

  /** The minimum sum of the scaled probabilities of a timestep; below it some may round to 0. */
  private static final float LEAST = 1e-18f;

  private final Ops ops;
  private final int labels;
  private final FMatrixRMaj transitions;
  private final FMatrixRMaj transposed;
  private final FMatrixRMaj start;
  private final FMatrixRMaj end;
  private final FMatrixRMaj emissions;
  private final FMatrixRMaj arrivals;
  private final FMatrixRMaj forward;
  private final FMatrixRMaj marginals;
  private final FMatrixRMaj later;
  private final FMatrixRMaj total;
  private @Nullable ChainWeights weights;
  private int length;

  /**
   * Creates a chain without a sentence.
   *
   * @param transitions {@code [labels x labels]}, from row to column. Not modified.
   * @param start {@code [1 x labels]}. Not modified.
   * @param end {@code [labels x 1]}. Not modified.
   * @param longest the timesteps of the longest sentence to come
   */
  LabelChain(
      FMatrixRMaj transitions, FMatrixRMaj start, FMatrixRMaj end, int longest, PassContext pass) {
    this.ops = pass.ops();
    this.labels = transitions.numCols;
    this.transitions = transitions;
    this.start = start;
    this.end = end;
    this.transposed = pass.matrix(labels, labels);
    for (int i = 0; i < labels; i++) {
      for (int j = 0; j < labels; j++) {
        transposed.data[j * labels + i] = transitions.data[i * labels + j];
      }
    }
    this.emissions = pass.matrix(longest, labels);
    this.arrivals = pass.matrix(longest, labels);
    this.forward = pass.matrix(longest, labels);
    this.marginals = pass.matrix(longest, labels);
    this.later = pass.matrix(1, labels);
    this.total = pass.matrix(1, 1);
  }

  /** Moves to a sentence of a batch. */
  void read(SequenceBatch scores, int sentence) {
    length = scores.packing().length(sentence);
    for (int t = 0; t < length; t++) {
      int from = scores.packing().row(sentence, t) * labels;
      System.arraycopy(scores.values().data, from, emissions.data, t * labels, labels);
    }
  }

  /** Excludes the sequences with this label at a timestep. */
  void forbid(int t, int label) {
    emissions.data[t * labels + label] = ILLEGAL;
  }

  /** The number of labels. */
  int labels() {
    return labels;
  }

  /** The number of timesteps of the sentence. */
  int length() {
    return length;
  }

  /** The start score plus the emission of a label. */
  double startScore(int label) {
    return (double) start.data[label] + emissions.data[label];
  }

  /** The transition score plus the emission of a label at timestep {@code t}. */
  double stepScore(int from, int t, int label) {
    return (double) transitions.data[from * labels + label] + emissions.data[t * labels + label];
  }

  /** The end score of a label. */
  double endScore(int label) {
    return end.data[label];
  }

  /** Returns whether a score, or sum of scores, is that of a legal sequence; true for NaN. */
  static boolean isLegal(double score) {
    return !(score <= LEGAL);
  }

  /**
   * The forward algorithm (Rabiner 1989, equations 19 to 21, in logarithms): {@code log sum_y exp
   * s(y)}, not {@link #isLegal legal} if no sequence is.
   */
  double logPartition() {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      int at = t * labels;
      if (t == 0) {
        System.arraycopy(start.data, 0, arrivals.data, 0, labels);
      } else {
        ops.logMultiply(forward.data, at - labels, transitions, arrivals.data, at);
      }
      System.arraycopy(arrivals.data, at, forward.data, at, labels);
      sum += addEmissions(t);
    }
    ops.logMultiply(forward.data, (length - 1) * labels, end, total.data, 0);
    return sum + total.data[0];
  }

  /** Adds the emissions to a timestep's scores, subtracts the maximum and returns it. */
  private float addEmissions(int t) {
    int at = t * labels;
    ops.addScaled(1f, emissions.data, at, forward.data, at, labels);
    return subtractMax(forward.data, at);
  }

  private float subtractMax(float[] scores, int from) {
    float max = Float.NEGATIVE_INFINITY;
    for (int j = from; j < from + labels; j++) {
      max = Math.max(max, scores[j]);
    }
    for (int j = from; j < from + labels; j++) {
      scores[j] -= max;
    }
    return max;
  }

  /**
   * The backward algorithm (Rabiner 1989, equations 24, 25 and 27, in logarithms), to be called
   * after {@link #logPartition} if that was legal.
   *
   * @return the probability of each label at each timestep, {@code [>= length x labels]}, valid
   *     until the next call of any method
   */
  FMatrixRMaj marginals() {
    for (int t = length - 1; t >= 0; t--) {
      int at = t * labels;
      if (t == length - 1) {
        System.arraycopy(end.data, 0, marginals.data, at, labels);
      } else {
        System.arraycopy(marginals.data, at + labels, later.data, 0, labels);
        ops.addScaled(1f, emissions.data, at + labels, later.data, 0, labels);
        ops.logMultiply(later.data, 0, transposed, marginals.data, at);
        subtractMax(marginals.data, at);
      }
    }
    ops.addScaled(1f, forward.data, 0, marginals.data, 0, length * labels);
    ops.softmaxRows(marginals, 0, length);
    return marginals;
  }

  private ChainWeights weights() {
    ChainWeights known = weights;
    if (known == null) {
      known = ChainWeights.of(transitions, transposed, start, end, ops);
      weights = known;
    }
    return known;
  }

  /**
   * Computes {@link #marginals} without {@link #logPartition} first, with one exponential per label
   * instead of one per transition: the forward-backward algorithm on probabilities scaled to sum to
   * 1 at each timestep (Rabiner 1989, section V.A). Falls back to log space if they become too
   * small to be exact, as when the best labels cannot follow each other.
   *
   * @return as {@link #marginals}
   */
  FMatrixRMaj probabilities() {
    if (!scaledForwardBackward()) {
      logPartition();
      return marginals();
    }
    return marginals;
  }

  private boolean scaledForwardBackward() {
    ChainWeights w = weights();
    // arrivals holds exp(emissions), forward and marginals the forward and backward probabilities.
    System.arraycopy(emissions.data, 0, arrivals.data, 0, length * labels);
    ops.softmaxRows(arrivals, 0, length);
    for (int t = 0; t < length; t++) {
      int at = t * labels;
      if (t == 0) {
        System.arraycopy(w.start(), 0, forward.data, 0, labels);
      } else {
        multiply(forward.data, at - labels, w.moves(), forward.data, at);
      }
      ops.multiplyElements(arrivals.data, at, forward.data, at, forward.data, at, labels);
      if (!normalize(forward.data, at)) {
        return false;
      }
    }
    for (int t = length - 1; t >= 0; t--) {
      int at = t * labels;
      if (t == length - 1) {
        System.arraycopy(w.end(), 0, marginals.data, at, labels);
      } else {
        System.arraycopy(marginals.data, at + labels, later.data, 0, labels);
        ops.multiplyElements(arrivals.data, at + labels, later.data, 0, later.data, 0, labels);
        multiply(later.data, 0, w.back(), marginals.data, at);
      }
      if (!normalize(marginals.data, at)) {
        return false;
      }
    }
    ops.multiplyElements(forward.data, 0, marginals.data, 0, marginals.data, 0, length * labels);
    for (int t = 0; t < length; t++) {
      if (!normalize(marginals.data, t * labels)) {
        return false;
      }
    }
    return true;
  }

  /** Computes {@code out = x M} for a row of labels. */
  private void multiply(float[] x, int from, float[] m, float[] out, int outFrom) {
    Arrays.fill(out, outFrom, outFrom + labels, 0f);
    for (int i = 0; i < labels; i++) {
      ops.addScaled(x[from + i], m, i * labels, out, outFrom, labels);
    }
  }

  /** Scales a row to sum to 1; returns false if its sum is too small or NaN. */
  private boolean normalize(float[] x, int from) {
    float sum = 0f;
    for (int j = from; j < from + labels; j++) {
      sum += x[j];
    }
    if (!(sum >= LEAST)) {
      return false;
    }
    ops.scale(1f / sum, x, from, labels);
    return true;
  }

  /**
   * Adds {@code factor} times the expected counts to the gradients of {@link #logPartition}, to be
   * called after it if it was legal.
   *
   * @param gradients of the whole batch. Modified.
   */
  void addExpected(float factor, Packing packing, int sentence, ChainGradients gradients) {
    float[] p = marginals().data;
    ops.scale(factor, p, 0, length * labels);
    for (int t = 0; t < length; t++) {
      int at = t * labels;
      ops.addScaled(1f, p, at, gradients.dScores().data, packing.row(sentence, t) * labels, labels);
      if (t > 0) {
        // Distributes a label's probability over its predecessors in proportion to their terms.
        ops.logMultiplyBackward(
            forward.data,
            at - labels,
            transitions,
            arrivals.data,
            at,
            p,
            at,
            gradients.dTransitions());
      }
    }
    ops.addScaled(1f, p, 0, gradients.dStart().data, 0, labels);
    ops.addScaled(1f, p, (length - 1) * labels, gradients.dEnd().data, 0, labels);
  }

  /**
   * Finds the best sequence (Viterbi 1967). Ties go to the sequence with the smallest trailing
   * label ids.
   *
   * @param best receives one label per timestep
   * @return its score, not {@link #isLegal legal} if no sequence is
   */
  double viterbi(int[] best) {
    double sum = 0;
    for (int t = 0; t < length; t++) {
      int at = t * labels;
      if (t == 0) {
        System.arraycopy(start.data, 0, forward.data, 0, labels);
      } else {
        ops.maxPlus(forward.data, at - labels, transitions, forward.data, at);
      }
      sum += addEmissions(t);
    }
    int at = (length - 1) * labels;
    int label = argmax(at, end.data, 0);
    sum += forward.data[at + label] + end.data[label];
    best[length - 1] = label;
    for (int t = length - 2; t >= 0; t--) {
      label = argmax(t * labels, transposed.data, label * labels);
      best[t] = label;
    }
    return sum;
  }

  /** The smallest label with the maximum of score plus bonus. */
  private int argmax(int at, float[] bonus, int bonusAt) {
    int best = 0;
    for (int j = 1; j < labels; j++) {
      if (forward.data[at + j] + bonus[bonusAt + j]
          > forward.data[at + best] + bonus[bonusAt + best]) {
        best = j;
      }
    }
    return best;
  }
}
