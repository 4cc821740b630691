package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.seq2seq.Attention;
import io.github.rnnotator.nn.seq2seq.DecoderSpec;
import org.jspecify.annotations.Nullable;

/**
 * The decoder of a transducer.
 *
 * @param recurrent the cell
 * @param hidden the hidden size
 * @param layers the number of recurrent layers
 * @param attention how it reads the source; null to begin with the encoder's last states and read
 *     no more of it
 * @param smoothing in training, the fraction of the target spread evenly over all symbols, in
 *     {@code [0, 1)} (Szegedy et al. 2016)
 * @param copy whether symbols of the source may be copied, those unseen in training too (See et al.
 *     2017)
 */
public record DecoderConfig(
    CellKind recurrent,
    int hidden,
    int layers,
    @Nullable Attention attention,
    float smoothing,
    boolean copy) {
  private static final int MOST_HIDDEN = 1 << 14;
  private static final int MOST_LAYERS = 16;

  private static final DecoderConfig DEFAULTS =
      new DecoderConfig(CellKind.GRU, 128, 1, null, 0, false);

  /** Checks the ranges. */
  public DecoderConfig {
    if (hidden < 1 || hidden > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "decoder.hidden is " + hidden + ", expected 1 to " + MOST_HIDDEN);
    }
    if (!(smoothing >= 0 && smoothing < 1)) {
      throw new IllegalArgumentException(
          "decoder.smoothing is " + smoothing + ", expected 0 or more and less than 1");
    }
    if (attention == Attention.MONOTONE && smoothing > 0) {
      throw new IllegalArgumentException(
          "decoder.smoothing is " + smoothing + ", expected 0 with attention: monotone");
    }
    if (copy && (attention == null || attention == Attention.MONOTONE)) {
      throw new IllegalArgumentException(
          "decoder.copy is true "
              + (attention == null ? "without attention" : "with attention: monotone")
              + ", but copying needs the weights of attention: dot, general or additive");
    }
    if (layers < 1 || layers > MOST_LAYERS) {
      throw new IllegalArgumentException(
          "decoder.layers is " + layers + ", expected 1 to " + MOST_LAYERS);
    }
  }

  /** Returns a copy with other smoothing. */
  public DecoderConfig smoothing(float smoothing) {
    return new DecoderConfig(recurrent, hidden, layers, attention, smoothing, copy);
  }

  /** Returns a copy that copies symbols of the source, or does not. */
  public DecoderConfig copy(boolean copy) {
    return new DecoderConfig(recurrent, hidden, layers, attention, smoothing, copy);
  }

  /** Returns the defaults: one GRU layer of 128, no attention, nothing copied. */
  public static DecoderConfig defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another cell of another size. */
  public DecoderConfig recurrent(CellKind cell, int hidden) {
    return new DecoderConfig(cell, hidden, layers, attention, smoothing, copy);
  }

  /** Returns a copy with another attention. */
  public DecoderConfig attention(@Nullable Attention attention) {
    return new DecoderConfig(recurrent, hidden, layers, attention, smoothing, copy);
  }

  DecoderSpec spec(int ids, int dim) {
    return new DecoderSpec(ids, dim, recurrent, hidden, layers, attention, copy);
  }
}
