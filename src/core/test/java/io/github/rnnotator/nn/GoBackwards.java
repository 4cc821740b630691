package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/** A single recurrent layer that reads backward: Keras' {@code go_backwards=True}. */
record GoBackwards(RecurrentSpec layer) implements LayerSpec {
  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return layer.build(name, inputDim, Direction.BACKWARD, random);
  }
}
