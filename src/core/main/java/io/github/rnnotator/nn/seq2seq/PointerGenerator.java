package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Writes a symbol of the vocabulary or copies one of the source (See, Liu and Manning 2017, "Get To
 * The Point: Summarization with Pointer-Generator Networks", equations 8 and 9):
 *
 * <pre>
 *   g_t = sigmoid(w_c . c_t + w_s . h_t + w_x . x_t + b)
 *   p(y_t = k) = g_t v_tk + (1 - g_t) sum of a_tj over all j whose symbol is k
 * </pre>
 *
 * where {@code v_t} is the softmax over the vocabulary, {@code a_t} the weights of the attention,
 * {@code c_t} its context, {@code h_t} the decoder's state and {@code x_t} the vector of the last
 * symbol. A symbol that the vocabulary lacks can only be copied. The end of the source is the end
 * of the target, so that the probabilities of all symbols sum to 1.
 *
 * <p>Weights: kernel {@code [w_c; w_s; w_x] [encoder dim + units + dim x 1]} (Glorot uniform), bias
 * {@code b} (0).
 */
final class PointerGenerator {
  /** The least probability whose logarithm is taken, as in the softmax head. */
  private static final float LEAST = 1e-30f;

  private final Layer gate;
  private final float smoothing;

  /**
   * Builds a gate with fresh weights.
   *
   * @param inputDim the length of {@code [c_t, h_t, x_t]}
   * @param smoothing the fraction of the target spread over the vocabulary, in {@code [0, 1)}
   */
  PointerGenerator(String name, int inputDim, float smoothing, RandomGenerator random) {
    this.gate = new Dense(1).build(name, inputDim, random);
    this.smoothing = smoothing;
  }

  List<Parameter> parameters() {
    return gate.parameters();
  }

  /**
   * Computes the logit of each {@code g_t}.
   *
   * @param read {@code [c_t, h_t]}. Not modified.
   * @param x {@code x_t}. Not modified.
   */
  Layer.Output gates(SequenceBatch read, FMatrixRMaj x, PassContext pass) {
    FMatrixRMaj all = pass.matrix(x.numRows, read.dim() + x.numCols);
    Columns.copy(read.values(), 0, all, 0, read.dim());
    Columns.copy(x, 0, all, read.dim(), x.numCols);
    return gate.forward(new SequenceBatch(read.packing(), all), pass);
  }

  /** The number of ids that may follow a source: those of the vocabulary and those it lacks. */
  static int ids(IdSource source, int vocabulary) {
    if (source.copies().length == 0) {
      throw new IllegalArgumentException(
          "a source without copies, expected one of each id for a decoder that copies");
    }
    return Math.max(vocabulary, 1 + Arrays.stream(source.copies()).max().orElse(0));
  }

  /**
   * The parts of the mixture.
   *
   * @param v the softmax over the vocabulary, {@code [rows x ids]}
   * @param gates the logits of {@code g_t}, {@code [rows x 1]}
   */
  record Parts(FMatrixRMaj v, FMatrixRMaj gates) {
    float generates(int row) {
      return sigmoid(gates.data[row]);
    }

    /** {@code 1 - g_t}, also where {@code g_t} is 1 but for rounding. */
    float copies(int row) {
      return sigmoid(-gates.data[row]);
    }

    private static float sigmoid(float z) {
      return (float) (1 / (1 + StrictMath.exp(-z)));
    }
  }

  /**
   * The weights with which a row reads its source.
   *
   * @param a the weights of some rows, {@code [.. x positions]}
   * @param row the row in them
   * @param copies what copying each position writes
   */
  record Pointer(FMatrixRMaj a, int row, int[] copies) {
    /** {@code a_tj}. */
    float weight(int j) {
      return a.data[row * a.numCols + j];
    }
  }

  /**
   * Writes {@code p(y_t)} of a row of the parts to a row of {@code out}.
   *
   * @param out {@code [.. x ids]}, with at least as many ids as may follow the source; the others
   *     become 0. Modified.
   */
  static void mix(
      Parts parts, int row, Pointer pointer, FMatrixRMaj out, int outRow, PassContext pass) {
    int vocabulary = parts.v().numCols;
    int from = outRow * out.numCols;
    System.arraycopy(parts.v().data, row * vocabulary, out.data, from, vocabulary);
    pass.ops().scale(parts.generates(row), out.data, from, vocabulary);
    Arrays.fill(out.data, from + vocabulary, from + out.numCols, 0);
    float copies = parts.copies(row);
    for (int j = 0; j < pointer.copies().length; j++) {
      out.data[from + pointer.copies()[j]] += copies * pointer.weight(j);
    }
  }

  /**
   * A loss with its gradients.
   *
   * @param dLogits of the logits of {@code v_t}, {@code [rows x ids]}
   * @param dGates of the logits of {@code g_t}, {@code [rows x 1]}
   * @param dA of the weights of the attention, for each pair
   */
  record Loss(double sum, FMatrixRMaj dLogits, FMatrixRMaj dGates, List<FMatrixRMaj> dA) {}

  /**
   * The cross-entropy of the targets.
   *
   * @param packing of the targets and their ends
   * @param a the weights of the attention for each pair, {@code [symbols and end x positions]}
   * @param weight multiplies the gradients
   */
  Loss loss(
      List<IdPair> pairs,
      Packing packing,
      Parts parts,
      List<FMatrixRMaj> a,
      float weight,
      PassContext pass) {
    FMatrixRMaj v = parts.v();
    FMatrixRMaj dLogits = pass.matrix(v.numRows, v.numCols);
    FMatrixRMaj dGates = pass.matrix(v.numRows, 1);
    List<FMatrixRMaj> dA = new ArrayList<>();
    double sum = 0;
    for (int i = 0; i < pairs.size(); i++) {
      int[] target = pairs.get(i).target();
      int[] copies = pairs.get(i).source().copies();
      FMatrixRMaj own = pass.matrix(a.get(i).numRows, a.get(i).numCols);
      FMatrixRMaj p = pass.matrix(1, ids(pairs.get(i).source(), v.numCols));
      for (int t = 0; t <= target.length; t++) {
        int row = packing.row(i, t);
        Pointer pointer = new Pointer(a.get(i), t, copies);
        mix(parts, row, pointer, p, 0, pass);
        sum += toRatios(p, t == target.length ? EncoderDecoder.BOUNDARY : target[t], v.numCols);
        // With r_k = q_k / p_k and the loss - sum_k q_k log p_k: dp_k = - r_k
        float generated = 0;
        for (int k = 0; k < v.numCols; k++) {
          generated += p.data[k] * v.data[row * v.numCols + k];
        }
        float copied = 0;
        float generates = parts.generates(row);
        float share = weight * parts.copies(row);
        for (int j = 0; j < copies.length; j++) {
          copied += p.data[copies[j]] * pointer.weight(j);
          own.data[t * own.numCols + j] = -share * p.data[copies[j]];
        }
        dGates.data[row] = share * generates * (copied - generated);
        for (int k = 0; k < v.numCols; k++) {
          dLogits.data[row * v.numCols + k] =
              weight * generates * v.data[row * v.numCols + k] * (generated - p.data[k]);
        }
      }
      dA.add(own);
    }
    return new Loss(sum, dLogits, dGates, dA);
  }

  /**
   * Replaces the probabilities {@code p_k} of a row by {@code q_k / p_k}, where {@code q} is the
   * target, and returns the cross-entropy.
   */
  private double toRatios(FMatrixRMaj p, int gold, int vocabulary) {
    if (gold >= p.numCols) {
      throw new IllegalArgumentException(
          "a target id of " + gold + ", expected less than " + p.numCols + " with this source");
    }
    float spread = smoothing / vocabulary;
    double sum = 0;
    for (int k = 0; k < p.numCols; k++) {
      float q = (k < vocabulary ? spread : 0) + (k == gold ? 1 - smoothing : 0);
      float probability = Math.max(p.data[k], LEAST);
      sum -= q == 0 ? 0 : q * StrictMath.log(probability);
      p.data[k] = q / probability;
    }
    return sum;
  }
}
