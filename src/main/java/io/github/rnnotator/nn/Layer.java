package io.github.rnnotator.nn;

import java.util.List;
import org.ejml.data.FMatrixRMaj;

/**
 * A function from a batch to a batch, with weights. {@link #forward} gives the output together with
 * its own way back, so that nothing has to be remembered elsewhere. Layers hold no state of a pass
 * and may be shared by threads while the weights do not change.
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
   * An output and the way back from it.
   *
   * @param output {@code [tokens x outputDim]}, valid until the workspace is reset
   * @param backward the way back, to be called at most once
   */
  record Forward(PackedBatch output, Backward backward) {}

  /** The way back through one layer for the batch that just went forward. */
  interface Backward {
    /**
     * Adds the gradients of the layer's weights and gives that of its input.
     *
     * @param dY gradient of the loss by the output, {@code [tokens x outputDim]}; may be
     *     overwritten
     * @return gradient by the input, {@code [tokens x inputDim]}
     */
    FMatrixRMaj backward(FMatrixRMaj dY, Gradients gradients);
  }
}
