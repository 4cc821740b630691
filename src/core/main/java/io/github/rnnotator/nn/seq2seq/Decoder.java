package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.StatefulLayer;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/** Predicts the target from the states of the encoder, one symbol after the other. */
sealed interface Decoder permits AttentiveDecoder, MonotoneDecoder {
  /**
   * Builds a decoder with fresh weights.
   *
   * @param name what the names of its weights begin with
   * @param dropout in training, in {@code [0, 1)}
   * @param smoothing the fraction of the target spread over all symbols, in {@code [0, 1)}
   */
  static Decoder build(
      String name,
      DecoderSpec spec,
      int encoderDim,
      float dropout,
      float smoothing,
      RandomGenerator random) {
    return spec.attention() == Attention.MONOTONE
        ? new MonotoneDecoder(name, spec, encoderDim, dropout, random)
        : new AttentiveDecoder(name, spec, encoderDim, dropout, smoothing, random);
  }

  /** The weights, in a fixed order. */
  List<Parameter> parameters();

  /**
   * The cross-entropy of the targets, each symbol given the right ones before it (teacher forcing).
   *
   * @param encoded all states of the encoder
   * @param last its last states, a row per rank of the source
   */
  Loss loss(
      List<IdPair> pairs, SequenceBatch encoded, FMatrixRMaj last, float weight, PassContext pass);

  /** A loss; the backward pass returns the gradients of the encoder's states and last states. */
  record Loss(double sum, Backprop backprop) {}

  /** The backward pass of one loss, to be called at most once. */
  interface Backprop {
    EncoderGradient apply(Gradients gradients);
  }

  /**
   * Gradients of what the decoder reads.
   *
   * @param dEncoded of all states, {@code [source tokens x encoderDim]}; null without attention
   * @param dLast of the last states, a row per rank of the source
   */
  record EncoderGradient(@Nullable FMatrixRMaj dEncoded, FMatrixRMaj dLast) {}

  /**
   * Returns the weights {@code a_tj} of one pair, with a row for each symbol and for the end.
   *
   * @throws IllegalStateException without attention
   */
  float[][] attention(IdPair pair, SequenceBatch encoded, FMatrixRMaj last, PassContext pass);

  /**
   * Begins the outputs of sources.
   *
   * @param sources in the caller's order
   * @param encoded all states of the encoder
   * @param last its last states, a row per source in the caller's order
   */
  Writing begin(
      List<IdSource> sources, SequenceBatch encoded, SequenceBatch last, PassContext pass);

  /** The outputs of a batch of sources while they are written. */
  interface Writing {
    /** The states before the first symbol: of each layer, a row per source. */
    List<StatefulLayer.State> initial();

    /** The number of ids that may follow a source: those from 0 on. */
    int ids(int source);

    /** The last position of a source; 0 if the decoder reads all positions at once. */
    int lastPosition(int source);

    /**
     * Predicts what follows each beginning.
     *
     * @param states of each layer, a row per beginning
     */
    Next step(Beginnings beginnings, List<StatefulLayer.State> states, PassContext pass);
  }

  /**
   * What outputs begin with, a row each.
   *
   * @param symbols the id of the last symbol, {@link EncoderDecoder#BOUNDARY} before the first
   * @param fresh whether the states are those before the last symbol
   * @param sources the source, ascending
   * @param positions the position in it
   */
  record Beginnings(int[] symbols, boolean[] fresh, int[] sources, int[] positions) {}

  /**
   * The result of one step.
   *
   * @param p {@code p(y_t)}, {@code [rows x ids]}, with the most ids of any source; {@link
   *     EncoderDecoder#BOUNDARY} is the end, or before the last position a step to the next one
   * @param states of each layer, after the last symbol
   */
  record Next(FMatrixRMaj p, List<StatefulLayer.State> states) {}
}
