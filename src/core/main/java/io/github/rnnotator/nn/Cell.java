package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Step;
import org.ejml.data.FMatrixRMaj;

/**
 * One kind of recurrent cell: computes {@code h_t} from the input term {@code W x_t + b} and the
 * recurrent term {@code U h_(t-1)}. {@link RecurrentLayer} does the loop over time and all
 * products.
 */
sealed interface Cell permits SimpleRnnCell, GruCell, LstmCell {
  /** The number of blocks of {@code units} columns in {@code W} and {@code U}. */
  int gates();

  /**
   * Whether the recurrent term has its own bias and matrix, because it is not simply added to the
   * input term.
   */
  boolean hasRecurrentBias();

  /** Initializes the bias {@code [1 x gates * units]}, which starts as 0. */
  void initializeBias(FMatrixRMaj bias, int units);

  /**
   * Begins a pass.
   *
   * @param z {@code W x_t + b} of every timestep, {@code [tokens x gates * units]}; {@code U
   *     h_(t-1)} is added before each step, unless {@code u} is separate
   * @param u the recurrent term of every timestep, of the same shape; {@code z} itself unless
   *     separate
   * @param h receives the states, {@code [tokens x units]}
   */
  Run begin(FMatrixRMaj z, FMatrixRMaj u, FMatrixRMaj h, Pass pass);

  /** One forward pass through the timesteps, and its backward pass. */
  interface Run {
    /** Computes the rows of {@code h} for one timestep; steps come in reading order. */
    void forward(Step step);

    /**
     * Begins the backward pass.
     *
     * @param dH gradient of every state, {@code [tokens x units]}; complete for a timestep when its
     *     step is reached
     * @param dZ receives the gradient of {@code z}
     * @param dU receives the gradient of {@code u}; {@code dZ} itself unless separate
     */
    BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dZ, FMatrixRMaj dU, Pass pass);
  }

  /** The backward pass; steps come in reverse order. */
  interface BackwardRun {
    /** Computes the rows of {@code dZ} and {@code dU} for one timestep. */
    void backward(Step step);
  }
}
