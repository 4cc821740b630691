package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/**
 * Describes a layer, with Keras' names and defaults. {@link #build} makes a {@link Layer} with
 * weights for a given input size.
 */
public interface LayerSpec {
  /**
   * Builds the layer with fresh weights.
   *
   * @param name the prefix of its parameters' names
   * @param inputDim the length of each input vector
   * @param random draws the initial weights
   */
  Layer build(String name, int inputDim, RandomGenerator random);

  /** Whether the layer needs all timesteps of a sequence. */
  default boolean needsTimesteps() {
    return false;
  }

  /** Whether the output has the timesteps of the input, not one vector per sequence. */
  default boolean keepsTimesteps() {
    return true;
  }

  /** Whether the output has timesteps although the input has one vector per sequence. */
  default boolean makesTimesteps() {
    return false;
  }
}
