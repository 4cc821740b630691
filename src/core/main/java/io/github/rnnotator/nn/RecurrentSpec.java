package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/** Describes a recurrent layer, which can be made {@link Bidirectional}. */
public sealed interface RecurrentSpec extends LayerSpec permits SimpleRnn, Gru, Lstm {
  /** The hidden size. */
  int units();

  /** Whether the output is the whole sequence. */
  boolean returnSequences();

  /** Returns a copy that outputs the whole sequence or only the last state. */
  RecurrentSpec returnSequences(boolean returnSequences);

  /** Returns a copy with this recurrent dropout. */
  RecurrentSpec recurrentDropout(float recurrentDropout);

  /** Builds the layer for one direction. */
  RecurrentLayer build(String name, int inputDim, Direction direction, RandomGenerator random);

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
