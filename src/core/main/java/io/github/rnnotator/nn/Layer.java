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
  Output forward(SequenceBatch x, PassContext pass);

  /**
   * An output and its backward pass.
   *
   * @param y {@code [tokens x outputDim]}, valid until the workspace is reset
   * @param backprop the backward pass, to be called at most once
   */
  record Output(SequenceBatch y, Backprop backprop) {}

  /** The backward pass of one layer for one forward pass. */
  interface Backprop {
    /**
     * Adds the gradients of the layer's weights and returns that of its input.
     *
     * @param dY gradient of the loss with respect to the output, {@code [tokens x outputDim]}; may
     *     be overwritten
     * @return gradient with respect to the input, {@code [tokens x inputDim]}
     */
    FMatrixRMaj apply(FMatrixRMaj dY, Gradients gradients);
  }
}
