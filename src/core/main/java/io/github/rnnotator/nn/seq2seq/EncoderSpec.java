package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.LayerSpec;
import java.util.List;

/**
 * Describes an encoder.
 *
 * @param ids the number of source ids
 * @param dim the length of their vectors
 * @param layers the layers, which must keep the timesteps; dropout is placed before each
 * @param forwardDim how many leading columns of the last layer's output were read forward: half of
 *     them if it is bidirectional
 */
public record EncoderSpec(int ids, int dim, List<LayerSpec> layers, int forwardDim) {
  /** Copies the list. */
  public EncoderSpec {
    layers = List.copyOf(layers);
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an encoder without layers, expected at least one");
    }
  }
}
