package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Columns;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.PanelMatrix;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The weights of an {@link Attention} and its passes. Rows of different sequences never meet, so a
 * sequence gets the same bits in any batch.
 *
 * @param w {@code W_a} of the queries, if the score has it
 * @param u the kernel of the keys, if the score has it
 * @param v {@code v_a}, if the score is additive
 */
record AttentionLayer(
    @Nullable Parameter w, @Nullable Parameter u, @Nullable Parameter v, int valueDim) {

  List<Parameter> parameters() {
    return Stream.of(w, u, v).filter(Objects::nonNull).toList();
  }

  /**
   * The states of one source, ready to be read.
   *
   * @param states {@code s_j}, {@code [n x valueDim]}
   * @param keys {@code s_j}, or its product with the key kernel, {@code [n x dim]}
   * @param packedStates {@code s_j} as right operand
   * @param packedKeys the transposed keys as right operand; null if the score is additive
   */
  record Source(
      FMatrixRMaj states,
      FMatrixRMaj keys,
      PanelMatrix packedStates,
      @Nullable PanelMatrix packedKeys) {}

  /** Prepares the sources of a batch, in the caller's order. */
  List<Source> sources(SequenceBatch encoded, PassContext pass) {
    FMatrixRMaj keys = u == null ? encoded.values() : Products.of(encoded.values(), u, pass);
    Packing packing = encoded.packing();
    List<Source> sources = new ArrayList<>();
    for (int i = 0; i < packing.sequences(); i++) {
      int[] rows = rows(packing, i);
      FMatrixRMaj ownStates = gathered(encoded.values(), rows, pass);
      FMatrixRMaj ownKeys = u == null ? ownStates : gathered(keys, rows, pass);
      sources.add(
          new Source(
              ownStates,
              ownKeys,
              pass.pack(ownStates),
              v == null ? packedTransposed(ownKeys, pass) : null));
    }
    return sources;
  }

  /** Returns {@code W_a h_t}, or {@code h_t} itself. */
  FMatrixRMaj queries(FMatrixRMaj h, PassContext pass) {
    return w == null ? h : Products.of(h, w, pass);
  }

  /**
   * Returns the weights {@code a_tj} of one source, {@code [queries x n]}.
   *
   * @param queries {@code [queries x dim]}. Not modified.
   */
  FMatrixRMaj weights(Source source, FMatrixRMaj queries, PassContext pass) {
    int n = source.keys().numRows;
    FMatrixRMaj e = pass.matrix(queries.numRows, n);
    if (v == null) {
      // e_tj = q_t . k_j
      PanelMatrix keys = Objects.requireNonNull(source.packedKeys());
      pass.ops().multiply(queries, 0, queries.numRows, keys, e, 0, false);
    } else {
      // e_tj = v_a . tanh(q_t + k_j)
      FMatrixRMaj sum = pass.matrix(n, queries.numCols);
      FMatrixRMaj scores = pass.matrix(n, 1);
      for (int t = 0; t < queries.numRows; t++) {
        tanhOfSums(source.keys(), queries, t, sum, pass);
        pass.ops().multiply(sum, 0, n, pass.packed(v, false), scores, 0, false);
        System.arraycopy(scores.data, 0, e.data, t * n, n);
      }
    }
    pass.ops().softmaxRows(e, 0, e.numRows);
    return e;
  }

  /** {@code sum_j = tanh(q_t + k_j)} for every {@code j}. */
  private static void tanhOfSums(
      FMatrixRMaj keys, FMatrixRMaj queries, int t, FMatrixRMaj sum, PassContext pass) {
    int dim = keys.numCols;
    System.arraycopy(keys.data, 0, sum.data, 0, keys.numRows * dim);
    for (int j = 0; j < keys.numRows; j++) {
      pass.ops().addScaled(1, queries.data, t * dim, sum.data, j * dim, dim);
    }
    pass.ops().tanh(sum.data, 0, keys.numRows * dim);
  }

  /** Returns {@code c_t = sum_j a_tj s_j}, {@code [queries x valueDim]}. */
  FMatrixRMaj context(Source source, FMatrixRMaj weights, PassContext pass) {
    FMatrixRMaj c = pass.matrix(weights.numRows, valueDim);
    pass.ops().multiply(weights, 0, weights.numRows, source.packedStates(), c, 0, false);
    return c;
  }

  /**
   * The contexts of a batch and their backward pass.
   *
   * @param c {@code [target tokens x valueDim]}
   * @param a the weights of each pair, {@code [its target tokens x its source tokens]}
   */
  record Output(FMatrixRMaj c, List<FMatrixRMaj> a, Backprop backprop) {}

  /** The backward pass of one forward pass. */
  interface Backprop {
    /**
     * Adds the gradients of the weights.
     *
     * @param dC {@code [target tokens x valueDim]}. Not modified.
     * @param dA of the weights of each pair, if anything else reads them. Not modified.
     */
    InputGradient apply(FMatrixRMaj dC, @Nullable List<FMatrixRMaj> dA, Gradients gradients);
  }

  /** Gradients of the decoder's and of the encoder's states. */
  record InputGradient(FMatrixRMaj dH, FMatrixRMaj dEncoded) {}

  /** Computes the contexts of a batch of pairs in training. */
  Output forward(SequenceBatch h, SequenceBatch encoded, PassContext pass) {
    List<Source> sources = sources(encoded, pass);
    FMatrixRMaj queries = queries(h.values(), pass);
    FMatrixRMaj c = pass.zeros(h.packing().tokens(), valueDim);
    List<FMatrixRMaj> ownQueries = new ArrayList<>();
    List<FMatrixRMaj> weights = new ArrayList<>();
    for (int i = 0; i < sources.size(); i++) {
      int[] rows = rows(h.packing(), i);
      ownQueries.add(gathered(queries, rows, pass));
      weights.add(weights(sources.get(i), ownQueries.get(i), pass));
      Columns.scatterAdd(context(sources.get(i), weights.get(i), pass), rows, c);
    }
    return new Output(
        c,
        weights,
        (dC, dA, gradients) -> {
          FMatrixRMaj dEncoded = pass.zeros(encoded.packing().tokens(), valueDim);
          FMatrixRMaj dKeys =
              u == null ? dEncoded : pass.zeros(encoded.packing().tokens(), queries.numCols);
          FMatrixRMaj dQueries = pass.zeros(h.packing().tokens(), queries.numCols);
          for (int i = 0; i < sources.size(); i++) {
            int[] rows = rows(h.packing(), i);
            int[] sourceRows = rows(encoded.packing(), i);
            FMatrixRMaj a = weights.get(i);
            FMatrixRMaj dOwn = gathered(dC, rows, pass);
            // ds_j += sum_t a_tj dc_t     da_tj = dc_t . s_j
            FMatrixRMaj dStates = pass.matrix(a.numCols, valueDim);
            pass.ops().multiplyTransposed(a, pass.pack(dOwn), dStates, false);
            Columns.scatterAdd(dStates, sourceRows, dEncoded);
            FMatrixRMaj dE = weightGradient(a, dOwn, sources.get(i), pass);
            if (dA != null) {
              pass.ops().addScaled(1, dA.get(i).data, 0, dE.data, 0, dE.numRows * dE.numCols);
            }
            toScoreGradient(a, dE);
            Pair d = backward(sources.get(i), ownQueries.get(i), dE, gradients, pass);
            Columns.scatterAdd(d.dQueries(), rows, dQueries);
            Columns.scatterAdd(d.dKeys(), sourceRows, dKeys);
          }
          if (u != null) {
            Products.addGradient(encoded.values(), u, dKeys, dEncoded, gradients, pass);
          }
          if (w == null) {
            return new InputGradient(dQueries, dEncoded);
          }
          FMatrixRMaj dH = pass.zeros(h.packing().tokens(), h.dim());
          Products.addGradient(h.values(), w, dQueries, dH, gradients, pass);
          return new InputGradient(dH, dEncoded);
        });
  }

  private record Pair(FMatrixRMaj dQueries, FMatrixRMaj dKeys) {}

  /** {@code da_tj = dc_t . s_j}. */
  private static FMatrixRMaj weightGradient(
      FMatrixRMaj a, FMatrixRMaj dC, Source source, PassContext pass) {
    FMatrixRMaj dA = pass.matrix(a.numRows, a.numCols);
    PanelMatrix states = packedTransposed(source.states(), pass);
    pass.ops().multiply(dC, 0, a.numRows, states, dA, 0, false);
    return dA;
  }

  /** Replaces {@code da_tj} by {@code de_tj = a_tj (da_tj - sum_k a_tk da_tk)}. */
  private static void toScoreGradient(FMatrixRMaj a, FMatrixRMaj dA) {
    int n = a.numCols;
    for (int t = 0; t < a.numRows; t++) {
      float mean = 0;
      for (int j = 0; j < n; j++) {
        mean += a.data[t * n + j] * dA.data[t * n + j];
      }
      for (int j = 0; j < n; j++) {
        dA.data[t * n + j] = a.data[t * n + j] * (dA.data[t * n + j] - mean);
      }
    }
  }

  private Pair backward(
      Source source, FMatrixRMaj queries, FMatrixRMaj dE, Gradients gradients, PassContext pass) {
    int n = source.keys().numRows;
    int dim = queries.numCols;
    FMatrixRMaj dQueries = pass.matrix(queries.numRows, dim);
    FMatrixRMaj dKeys = pass.zeros(n, dim);
    if (v == null) {
      // dq_t = sum_j de_tj k_j     dk_j = sum_t de_tj q_t
      pass.ops().multiply(dE, 0, dE.numRows, pass.pack(source.keys()), dQueries, 0, false);
      pass.ops().multiplyTransposed(dE, pass.pack(queries), dKeys, false);
      return new Pair(dQueries, dKeys);
    }
    // With m_tj = tanh(q_t + k_j): dv_a += de_tj m_tj, and de_tj v_a (1 - m_tj^2) for q_t and k_j
    FMatrixRMaj m = pass.matrix(n, dim);
    FMatrixRMaj one = pass.zeros(1, dim);
    float[] dV = gradients.of(v).data;
    for (int t = 0; t < queries.numRows; t++) {
      tanhOfSums(source.keys(), queries, t, m, pass);
      one.zero();
      for (int j = 0; j < n; j++) {
        float de = dE.data[t * n + j];
        pass.ops().addScaled(de, m.data, j * dim, dV, 0, dim);
        for (int k = 0; k < dim; k++) {
          float y = m.data[j * dim + k];
          float d = de * v.value().data[k] * (1 - y * y);
          one.data[k] += d;
          dKeys.data[j * dim + k] += d;
        }
      }
      System.arraycopy(one.data, 0, dQueries.data, t * dim, dim);
    }
    return new Pair(dQueries, dKeys);
  }

  private static PanelMatrix packedTransposed(FMatrixRMaj x, PassContext pass) {
    FMatrixRMaj transposed = pass.matrix(x.numCols, x.numRows);
    for (int i = 0; i < x.numRows; i++) {
      for (int j = 0; j < x.numCols; j++) {
        transposed.data[j * x.numRows + i] = x.data[i * x.numCols + j];
      }
    }
    return pass.pack(transposed);
  }

  private static FMatrixRMaj gathered(FMatrixRMaj from, int[] rows, PassContext pass) {
    FMatrixRMaj own = pass.matrix(rows.length, from.numCols);
    Columns.gather(from, rows, own);
    return own;
  }

  /** The rows of a sequence, in the order of its timesteps. */
  private static int[] rows(Packing packing, int sequence) {
    int[] rows = new int[packing.length(sequence)];
    for (int t = 0; t < rows.length; t++) {
      rows[t] = packing.row(sequence, t);
    }
    return rows;
  }
}
