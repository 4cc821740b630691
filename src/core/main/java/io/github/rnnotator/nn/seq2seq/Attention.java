package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * How a decoder's state {@code h_t} reads the encoder's states {@code s_1 .. s_n}. Except for
 * {@link #MONOTONE}, each gets a score, the weights are their softmax, and the context is the
 * weighted mean.
 *
 * <pre>
 *   e_tj = score(h_t, s_j)
 *   a_tj = exp(e_tj) / sum_k exp(e_tk)
 *   c_t = sum_j a_tj s_j
 * </pre>
 */
public enum Attention {
  /**
   * {@code score(h_t, s_j) = h_t . s_j} (Luong et al. 2015, "dot"); both need the same length.
   * Keras' {@code Attention}.
   */
  DOT {
    @Override
    AttentionLayer build(String name, int queryDim, int valueDim, RandomGenerator random) {
      if (queryDim != valueDim) {
        throw new IllegalArgumentException(
            "attention: dot needs states of one length, the decoder has "
                + queryDim
                + " and the encoder "
                + valueDim
                + "; use general or additive");
      }
      return new AttentionLayer(null, null, null, valueDim);
    }
  },
  /**
   * {@code score(h_t, s_j) = h_t . (W_a s_j)} (Luong et al. 2015, "general").
   *
   * <p>Weights: kernel {@code W_a [encoder dim x decoder dim]} (Glorot uniform).
   */
  GENERAL {
    @Override
    AttentionLayer build(String name, int queryDim, int valueDim, RandomGenerator random) {
      return new AttentionLayer(
          null, dense(name + ".key_kernel", valueDim, queryDim, random), null, valueDim);
    }
  },
  /**
   * {@code score(h_t, s_j) = v_a . tanh(W_a h_t + U_a s_j)} (Bahdanau et al. 2015), with the
   * decoder's current state. Keras' {@code AdditiveAttention} after two {@code Dense}.
   *
   * <p>Weights: query kernel {@code W_a [decoder dim x decoder dim]}, key kernel {@code U_a
   * [encoder dim x decoder dim]}, {@code v_a [decoder dim x 1]} (all Glorot uniform).
   */
  ADDITIVE {
    @Override
    AttentionLayer build(String name, int queryDim, int valueDim, RandomGenerator random) {
      return new AttentionLayer(
          dense(name + ".query_kernel", queryDim, queryDim, random),
          dense(name + ".key_kernel", valueDim, queryDim, random),
          dense(name + ".scale", queryDim, 1, random),
          valueDim);
    }
  },
  /**
   * Not a mean: one state at a time, from left to right; each is read until a step to the next one
   * is more likely than another symbol (Graves 2012). All ways to read count in training. For
   * targets in the order of their sources, such as pronunciations. {@link MonotoneDecoder} has the
   * equations.
   */
  MONOTONE {
    @Override
    AttentionLayer build(String name, int queryDim, int valueDim, RandomGenerator random) {
      throw new IllegalArgumentException("attention: monotone computes no scores");
    }
  };

  abstract AttentionLayer build(String name, int queryDim, int valueDim, RandomGenerator random);

  /** Returns the number of weights. */
  long weights(long queryDim, long valueDim) {
    return switch (this) {
      case DOT, MONOTONE -> 0;
      case GENERAL -> queryDim * valueDim;
      case ADDITIVE -> queryDim * (queryDim + valueDim + 1);
    };
  }

  private static Parameter dense(String name, int rows, int cols, RandomGenerator random) {
    FMatrixRMaj value = Initializers.glorotUniform(rows, cols, random);
    return Parameter.dense(name, value);
  }
}
