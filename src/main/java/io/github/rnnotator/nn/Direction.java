package io.github.rnnotator.nn;

/** The order in which a recurrent layer reads the timesteps. */
public enum Direction {
  /** From the first timestep to the last. */
  FORWARD,
  /** From the last timestep to the first (Keras' {@code go_backwards}). */
  BACKWARD;

  /** Returns the timestep read at position {@code i} of {@code timesteps}. */
  int timestep(int i, int timesteps) {
    return this == FORWARD ? i : timesteps - 1 - i;
  }

  /** Returns the timestep read before {@code t}; may be outside the sequence. */
  int previous(int t) {
    return this == FORWARD ? t - 1 : t + 1;
  }

  /** Returns the timestep read after {@code t}; may be outside the sequence. */
  int next(int t) {
    return this == FORWARD ? t + 1 : t - 1;
  }
}
