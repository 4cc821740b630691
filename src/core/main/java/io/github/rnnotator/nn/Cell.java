package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Step;
import org.ejml.data.FMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * The arithmetic of one kind of recurrent cell. The layer computes the pre-activations, products of
 * all gates at once,
 *
 * <pre>
 *   a_t = W x_t + b        u_t = U h_(t-1)
 * </pre>
 *
 * <p>and loops over time; the cell computes {@code h_t} from them. A cell is stateless: what a pass
 * needs is in its {@link Run}.
 */
interface Cell {
  /** How the recurrent term {@code u_t = U h_(t-1)} enters a cell. */
  enum RecurrentTerm {
    /** Without {@code U}: {@code h_(t-1)} enters element by element. */
    NONE,
    /** Added to the input term: {@code a_t = W x_t + b + U h_(t-1)}. */
    ADDED,
    /** On its own, with its own bias: {@code u_t = U h_(t-1) + b_u}. */
    SEPARATE
  }

  /** The number of gates: blocks of {@code units} columns in {@code W}, {@code U} and {@code b}. */
  int gates();

  /** How the recurrent term enters. */
  RecurrentTerm recurrentTerm();

  /** Whether a state consists of {@code h_t} and a cell state {@code c_t}. */
  default boolean hasCellState() {
    return false;
  }

  /** Sets the initial bias {@code b [1 x gates * units]}, which is 0. */
  default void initializeBias(FMatrixRMaj b, int units) {}

  /**
   * Begins a pass.
   *
   * @param a {@code a_t} of every timestep, {@code [tokens x gates * units]}; complete for a
   *     timestep when its step is reached
   * @param u {@code u_t} of every timestep, of the same shape; {@code a} itself unless separate
   * @param h receives {@code h_t}, {@code [tokens x units]}
   */
  Run begin(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, PassContext pass);

  /** The forward pass through the timesteps. */
  interface Run {
    /** Computes the rows of {@code h} for one timestep; steps come in reading order. */
    void forward(Step step);

    /** Returns {@code c_t} of every timestep, {@code [tokens x units]}, if the cell has it. */
    default @Nullable FMatrixRMaj cellState() {
      return null;
    }

    /**
     * Begins the backward pass.
     *
     * @param dH gradient of every {@code h_t}, {@code [tokens x units]}; complete for a timestep
     *     when its step is reached, but for what the step itself adds to the one before
     * @param dA receives the gradient of {@code a}
     * @param dU receives the gradient of {@code u}; {@code dA} itself unless separate
     */
    BackwardRun backward(FMatrixRMaj dH, FMatrixRMaj dA, FMatrixRMaj dU, PassContext pass);
  }

  /** The backward pass through the timesteps. */
  interface BackwardRun {
    /**
     * Computes the rows of {@code dA} and {@code dU} for one timestep, and adds to {@code dh_(t-1)}
     * what does not pass through {@code U}. Steps come in reverse order.
     */
    void backward(Step step);

    /**
     * Returns the gradient of {@link Run#cellState}; before the first step it may be set in the
     * last row of each sequence, which nothing else contributes to.
     */
    default @Nullable FMatrixRMaj cellStateGradient() {
      return null;
    }
  }
}
