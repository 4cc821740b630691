package io.github.rnnotator.nn;

import java.util.function.IntFunction;

/**
 * The kinds of recurrent cells that a configuration may name. A new kind is one class, a {@link
 * RecurrentSpec}, and one line here.
 */
public enum CellKind {
  /** {@link SimpleRnn} with tanh. */
  SIMPLE_RNN(SimpleRnn::new),
  /** {@link Gru}. */
  GRU(Gru::new),
  /** {@link Lstm}. */
  LSTM(Lstm::new),
  /** {@link MinGru}. */
  MIN_GRU(MinGru::new);

  private final IntFunction<RecurrentSpec> layer;

  CellKind(IntFunction<RecurrentSpec> layer) {
    this.layer = layer;
  }

  /** Describes a layer of this cell with Keras' defaults. */
  public RecurrentSpec layer(int units) {
    return layer.apply(units);
  }
}
