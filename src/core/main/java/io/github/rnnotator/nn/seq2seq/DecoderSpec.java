package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.CellKind;
import org.jspecify.annotations.Nullable;

/**
 * Describes a decoder.
 *
 * @param ids the number of target ids, with {@link EncoderDecoder#BOUNDARY}, at least 1
 * @param dim the length of their vectors, at least 1
 * @param cell the recurrent cell
 * @param units the length of its states, at least 1
 * @param layers the number of recurrent layers, at least 1
 * @param attention how the decoder reads the encoder's states; null to read only the last one
 * @param copy whether symbols of the source may be copied; needs attention with weights
 */
public record DecoderSpec(
    int ids,
    int dim,
    CellKind cell,
    int units,
    int layers,
    @Nullable Attention attention,
    boolean copy) {
  /** Describes a decoder that copies nothing. */
  public DecoderSpec(
      int ids, int dim, CellKind cell, int units, int layers, @Nullable Attention attention) {
    this(ids, dim, cell, units, layers, attention, false);
  }

  /** Checks the sizes, and that there are weights to copy with. */
  public DecoderSpec {
    if (ids < 1 || dim < 1 || units < 1) {
      throw new IllegalArgumentException(
          "a decoder of %d ids, vectors of length %d and %d units, expected at least 1 of each"
              .formatted(ids, dim, units));
    }
    if (layers < 1) {
      throw new IllegalArgumentException("a decoder of " + layers + " layers, expected at least 1");
    }
    if (copy && (attention == null || attention == Attention.MONOTONE)) {
      throw new IllegalArgumentException(
          "copying needs the weights of an attention: dot, general or additive");
    }
  }

  /** Returns a copy that copies symbols of the source. */
  public DecoderSpec copying() {
    return new DecoderSpec(ids, dim, cell, units, layers, attention, true);
  }

  /** The number of symbols with a vector: with copying one more, for those that have no id. */
  int inputs() {
    return copy ? Math.addExact(ids, 1) : ids;
  }

  /**
   * Returns the number of weights.
   *
   * @param encoderDim the length of the encoder's states
   * @throws ArithmeticException if it overflows a {@code long}
   */
  public long weights(long encoderDim) {
    boolean cellState = cell.layer(units).hasCellState();
    long sum = Math.multiplyExact((long) inputs(), dim);
    long inputDim = dim;
    for (int i = 0; i < layers; i++) {
      sum = Math.addExact(sum, cell.layer(units).weights(inputDim));
      sum = Math.addExact(sum, (cellState ? 2 : 1) * (encoderDim + 1) * units);
      inputDim = units;
    }
    long read = units;
    if (attention != null) {
      sum = Math.addExact(sum, attention.weights(units, encoderDim));
      read += encoderDim;
    }
    sum = Math.addExact(sum, (read + 1) * units);
    if (copy) {
      sum = Math.addExact(sum, read + dim + 1);
    }
    return Math.addExact(sum, Math.multiplyExact((long) ids, units + 1L));
  }
}
