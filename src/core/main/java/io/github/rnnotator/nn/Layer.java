package io.github.rnnotator.nn;

import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A function from batch to batch, with weights. {@link #forward} returns the output together with
 * its backward pass, so layers hold no state of a pass and may be shared by threads while the
 * weights do not change.
 */
public interface Layer {
  /** The length of each output vector. */
  int outputDim();

  /** The weights, in a fixed order. */
  List<Parameter> parameters();

  /**
   * Computes the output.
   *
   * @param x {@code [tokens x inputDim]}. Not modified.
   */
  Forward forward(PackedBatch x, Pass pass);

  /**
   * An output and its backward pass.
   *
   * @param output {@code [tokens x outputDim]}, valid until the workspace is reset
   * @param backward the backward pass, to be called at most once
   */
  record Forward(PackedBatch output, Backward backward) {}

  /** The backward pass of one layer for one forward pass. */
  interface Backward {
    /**
     * Adds the gradients of the layer's weights and returns that of its input.
     *
     * @param dY gradient of the loss with respect to the output, {@code [tokens x outputDim]}; may
     *     be overwritten
     * @return gradient with respect to the input, {@code [tokens x inputDim]}
     */
    FMatrixRMaj backward(FMatrixRMaj dY, Gradients gradients);
  }
}
