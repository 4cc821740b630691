package io.github.rnnotator.tagger;

import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Dense;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.nn.Shortcut;
import org.jspecify.annotations.Nullable;

/**
 * One layer of the encoder. Exactly one of the two kinds is given.
 *
 * @param bidirectional the cell of a bidirectional layer, or null
 * @param recurrent the cell of a forward-only layer, or null
 * @param hidden the hidden size of each direction
 * @param residual whether the layer's input is added to its output
 * @param dense whether the layer's input is concatenated with its output
 * @param rank the length to which the layer's input is projected first, {@code P x + c}, so that
 *     both directions multiply shorter vectors; 0 for none. In a trained layer it is the rank of
 *     the factored input weights (Xue et al. 2013, "Restructuring of deep neural network acoustic
 *     models with singular value decomposition"). For layers above the first: of the first, the
 *     product with a word's vector is cached
 */
public record EncoderLayer(
    @Nullable CellKind bidirectional,
    @Nullable CellKind recurrent,
    int hidden,
    boolean residual,
    boolean dense,
    int rank) {
  /** Larger sizes are a mistake: no network has them, and sizes multiply. */
  private static final int MOST_HIDDEN = 1 << 14;

  /** Creates a bidirectional layer. */
  public static EncoderLayer bidirectional(CellKind cell, int hidden) {
    return new EncoderLayer(cell, null, hidden, false, false, 0);
  }

  /** Creates a layer that reads forward only. */
  public static EncoderLayer recurrent(CellKind cell, int hidden) {
    return new EncoderLayer(null, cell, hidden, false, false, 0);
  }

  /** Returns a copy that adds its input to its output, or does not. */
  public EncoderLayer residual(boolean residual) {
    return new EncoderLayer(bidirectional, recurrent, hidden, residual, dense, rank);
  }

  /** Returns a copy that concatenates its input with its output, or does not. */
  public EncoderLayer dense(boolean dense) {
    return new EncoderLayer(bidirectional, recurrent, hidden, residual, dense, rank);
  }

  /** Returns a copy whose input is projected to this length first; 0 for as it is. */
  public EncoderLayer rank(int rank) {
    return new EncoderLayer(bidirectional, recurrent, hidden, residual, dense, rank);
  }

  /** Checks that one kind is given and that the sizes are in range. */
  public EncoderLayer {
    if ((bidirectional == null) == (recurrent == null)) {
      throw new IllegalArgumentException(
          "a layer of the encoder has either 'bidirectional' or 'recurrent', found "
              + (bidirectional == null ? "neither" : "both"));
    }
    if (hidden == 0) {
      throw new IllegalArgumentException(
          "hidden is missing or 0 in a layer of the encoder, expected 1 to " + MOST_HIDDEN);
    }
    if (hidden < 1 || hidden > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "a layer of the encoder has hidden: " + hidden + ", expected 1 to " + MOST_HIDDEN);
    }
    if (rank < 0 || rank > MOST_HIDDEN) {
      throw new IllegalArgumentException(
          "a layer of the encoder has rank: " + rank + ", expected 0 to " + MOST_HIDDEN);
    }
    if (residual && dense) {
      throw new IllegalArgumentException(
          "a layer of the encoder is both residual and dense, expected one of them");
    }
  }

  /** The cell of the layer. */
  public CellKind cell() {
    if (bidirectional != null) {
      return bidirectional;
    }
    if (recurrent != null) {
      return recurrent;
    }
    throw new IllegalStateException("no cell");
  }

  /** Describes the layer. */
  public LayerSpec spec(float recurrentDropout) {
    RecurrentSpec spec =
        cell().layer(hidden).returnSequences(true).recurrentDropout(recurrentDropout);
    LayerSpec states = bidirectional == null ? spec : new Bidirectional(spec);
    LayerSpec layer = rank == 0 ? states : new Dense(rank).before(states);
    if (residual) {
      return new Shortcut(layer, Shortcut.Mode.RESIDUAL);
    }
    return dense ? new Shortcut(layer, Shortcut.Mode.DENSE) : layer;
  }

  /** Returns the length of the output for inputs of the given length. */
  public long outputDim(long inputDim) {
    long states = (long) directions() * hidden;
    return dense ? inputDim + states : states;
  }

  /**
   * Returns the number of weights for inputs of the given length.
   *
   * @throws ArithmeticException if it overflows a {@code long}
   */
  public long weights(long inputDim) {
    if (rank == 0) {
      return recurrentWeights(inputDim);
    }
    long projection = Math.multiplyExact(Math.addExact(inputDim, 1), (long) rank);
    return Math.addExact(projection, recurrentWeights(rank));
  }

  private long recurrentWeights(long inputDim) {
    return Math.multiplyExact(directions(), cell().layer(hidden).weights(inputDim));
  }

  private int directions() {
    return bidirectional == null ? 1 : 2;
  }
}
