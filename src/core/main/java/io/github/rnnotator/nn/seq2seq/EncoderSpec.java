package io.github.rnnotator.nn.seq2seq;

import io.github.rnnotator.nn.LayerSpec;
import java.util.List;

/**
 * Describes an encoder.
 *
 * @param ids the number of source ids, at least 1
 * @param dim the length of their vectors, at least 1
 * @param layers the layers, which must keep the timesteps; dropout is placed before each
 * @param forwardDim how many leading columns of the last layer's output were read forward: half of
 *     them if it is bidirectional
 */
public record EncoderSpec(int ids, int dim, List<LayerSpec> layers, int forwardDim) {
  /** Copies the list and checks the sizes. */
  public EncoderSpec {
    layers = List.copyOf(layers);
    if (ids < 1 || dim < 1) {
      throw new IllegalArgumentException(
          "an encoder of %d ids with vectors of length %d, expected at least 1 of each"
              .formatted(ids, dim));
    }
    if (layers.isEmpty()) {
      throw new IllegalArgumentException("an encoder without layers, expected at least one");
    }
  }
}
