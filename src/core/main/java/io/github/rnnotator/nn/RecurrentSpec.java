package io.github.rnnotator.nn;

import java.util.Optional;
import java.util.random.RandomGenerator;

/** Describes a recurrent layer, which can be made {@link Bidirectional}. */
public interface RecurrentSpec extends LayerSpec {
  /** The length of {@code h_t}, the hidden size. */
  int units();

  /** Whether the output is {@code h_t} at every timestep, or only the last one. */
  boolean returnSequences();

  /**
   * The fraction of {@code h_(t-1)} dropped from the recurrent product in training, in {@code [0,
   * 1)}; the same units at every timestep of a sequence (Gal &amp; Ghahramani 2016).
   */
  float recurrentDropout();

  /** Returns a copy that outputs the whole sequence or only the last state. */
  RecurrentSpec returnSequences(boolean returnSequences);

  /** Returns a copy with this recurrent dropout. */
  RecurrentSpec recurrentDropout(float recurrentDropout);

  /** The arithmetic of the layer's cell. */
  Cell cell();

  /** Whether a state has a cell state {@code c_t} in addition to {@code h_t}. */
  default boolean hasCellState() {
    return cell().hasCellState();
  }

  /** The ONNX operator that computes the same, if there is one. */
  Optional<OnnxOperator> onnxOperator();

  /**
   * Returns the number of weights for one direction.
   *
   * @throws ArithmeticException if it overflows a {@code long}
   */
  default long weights(long inputDim) {
    long rows =
        switch (cell().recurrentTerm()) {
          case NONE -> inputDim + 1;
          case ADDED -> inputDim + 1 + units();
          case SEPARATE -> inputDim + 1 + units() + 1;
        };
    return Math.multiplyExact((long) cell().gates() * units(), rows);
  }

  /** Builds the layer for one direction. */
  default RecurrentLayer build(
      String name, int inputDim, Direction direction, RandomGenerator random) {
    return RecurrentLayer.build(name, inputDim, this, direction, random);
  }

  @Override
  default boolean needsTimesteps() {
    return true;
  }

  @Override
  default boolean keepsTimesteps() {
    return returnSequences();
  }

  @Override
  default Layer build(String name, int inputDim, RandomGenerator random) {
    return build(name, inputDim, Direction.FORWARD, random);
  }
}
