package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Step;

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

  /** Returns the rows of the timestep read at position {@code i}, and of the one before it. */
  Step step(Packing packing, int i) {
    int t = timestep(i, packing.timesteps());
    if (i == 0) {
      return new Step(packing.offset(t), packing.active(t), 0, 0);
    }
    int previous = timestep(i - 1, packing.timesteps());
    int continued = Math.min(packing.active(t), packing.active(previous));
    return new Step(packing.offset(t), packing.active(t), packing.offset(previous), continued);
  }

  /** Returns the timestep read after {@code t}; may be outside the sequence. */
  public int next(int t) {
    return this == FORWARD ? t + 1 : t - 1;
  }
}
