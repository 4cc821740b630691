package io.github.rnnotator.nn;

import java.util.Objects;
import java.util.random.RandomGenerator;

/**
 * Keras' {@code TimeDistributed}: applies a layer to the vector of each timestep. Layers that need
 * no sequence already do so here, such as {@link Dense}; the wrapper says it, and rejects others.
 *
 * @param layer a layer of single vectors
 */
public record TimeDistributed(LayerSpec layer) implements LayerSpec {
  /** Checks that the layer takes single vectors. */
  public TimeDistributed {
    Objects.requireNonNull(layer, "the layer of TimeDistributed is null");
    if (layer.needsTimesteps() || layer.makesTimesteps()) {
      throw new IllegalArgumentException(
          layer.getClass().getSimpleName()
              + " needs whole sequences, TimeDistributed gives one vector");
    }
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return layer.build(name, inputDim, random);
  }
}
