package io.github.rnnotator.nn;

import java.util.random.RandomGenerator;

/**
 * The description of a layer, with Keras' names and defaults. It becomes a {@link Layer} with
 * weights once the length of its input vectors is known.
 */
public interface LayerSpec {
  /**
   * Makes the layer with fresh weights.
   *
   * @param name the beginning of its parameters' names
   * @param inputDim the length of each input vector
   * @param random gives the initial weights
   */
  Layer build(String name, int inputDim, RandomGenerator random);

  /** Whether the layer looks at the timesteps of a sequence together, and so needs them all. */
  default boolean needsTimesteps() {
    return false;
  }

  /** Whether the output has the timesteps of the input, not one vector for each sequence. */
  default boolean keepsTimesteps() {
    return true;
  }
}
