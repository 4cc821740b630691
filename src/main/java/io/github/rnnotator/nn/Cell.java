package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * What is particular to one kind of recurrent cell: how {@code h_t} comes from the input's part
 * {@code W x_t + b} and the state's part {@code U h_(t-1)}. The loop over time and all products are
 * {@link RecurrentLayer}'s.
 */
sealed interface Cell permits SimpleRnnCell, GruCell, LstmCell {
  /** How many blocks of {@code units} columns the kernels have. */
  int gates();

  /**
   * Whether the state's part has a bias and a matrix of its own, because it is not simply added to
   * the input's part.
   */
  boolean separatesState();

  /** Sets the initial bias {@code [1 x gates * units]}, which is 0 so far. */
  void initializeBias(FMatrixRMaj bias, int units);

  /**
   * Begins one pass.
   *
   * @param x the input's part of every timestep, {@code [tokens x gates * units]}; includes the
   *     state's part once a timestep is reached, unless it is separate
   * @param u the state's part of every timestep, of the same shape; {@code x} itself unless
   *     separate
   * @param h receives the states, {@code [tokens x units]}
   */
  Run begin(FMatrixRMaj x, FMatrixRMaj u, FMatrixRMaj h, Pass pass);

  /** One pass through the timesteps, and the way back. */
  interface Run {
    /** Computes the rows of {@code h} for one timestep; steps come in the order of reading. */
    void forward(Step step);

    /**
     * Begins the way back.
     *
     * @param dH gradient of every state, {@code [tokens x units]}; complete for a timestep when its
     *     step is reached
     * @param dX receives the gradient of {@code x}
     * @param dU receives the gradient of {@code u}; {@code dX} itself unless separate
     */
    BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dX, FMatrixRMaj dU, Pass pass);
  }

  /** The way back; steps come in the reverse order. */
  interface BackwardRun {
    /** Computes the rows of {@code dX} and {@code dU} for one timestep. */
    void backward(Step step);
  }
}
