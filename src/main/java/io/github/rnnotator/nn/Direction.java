package io.github.rnnotator.nn;

/** The order in which a recurrent layer reads the timesteps. */
public enum Direction {
  /** From the first timestep to the last. */
  FORWARD,
  /** From the last timestep to the first (Keras' {@code go_backwards}). */
  BACKWARD;

  /** The timestep that is read at position {@code i} of {@code timesteps}. */
  int timestep(int i, int timesteps) {
    return this == FORWARD ? i : timesteps - 1 - i;
  }

  /** The timestep that is read before {@code t}; may be outside the sequence. */
  int previous(int t) {
    return this == FORWARD ? t - 1 : t + 1;
  }

  /** The timestep that is read after {@code t}; may be outside the sequence. */
  int next(int t) {
    return this == FORWARD ? t + 1 : t - 1;
  }
}
