package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/** A recurrent layer's description: what can be made {@link Bidirectional}. */
public sealed interface RecurrentSpec extends LayerSpec permits SimpleRnn, Gru, Lstm {
  /** The hidden size. */
  int units();

  /** Whether the output is the whole sequence. */
  boolean returnSequences();

  /** The same with the whole sequence or the last state as output. */
  RecurrentSpec returnSequences(boolean returnSequences);

  /** The same with another recurrent dropout. */
  RecurrentSpec recurrentDropout(float recurrentDropout);

  /** Makes the layer for one direction. */
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
