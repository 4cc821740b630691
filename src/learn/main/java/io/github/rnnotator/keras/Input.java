package io.github.rnnotator.keras;

/**
 * Keras' {@code Input}: what a model reads, {@code (batch, timesteps, dim)}.
 *
 * @param timesteps the number of timesteps of every sequence, or 0 if sequences differ in length
 * @param dim the length of the vector of a timestep; 0 for the id of a word, which an {@link
 *     Embedding} reads
 */
public record Input(int timesteps, int dim) {
  /** Checks that neither is negative. */
  public Input {
    if (timesteps < 0 || dim < 0) {
      throw new IllegalArgumentException(
          "an input of " + timesteps + " timesteps of " + dim + " values; neither may be negative");
    }
  }

  /** Ids, in sequences of any length. */
  public static Input ids() {
    return new Input(0, 0);
  }

  /**
   * Vectors, in sequences of any length.
   *
   * @param dim their length, at least 1
   */
  public static Input vectors(int dim) {
    if (dim < 1) {
      throw new IllegalArgumentException("vectors of length " + dim + ", expected at least 1");
    }
    return new Input(0, dim);
  }

  /** Returns the input with this number of timesteps in every sequence. */
  public Input timesteps(int timesteps) {
    return new Input(timesteps, dim);
  }

  /** Whether a timestep is an id. */
  boolean isIds() {
    return dim == 0;
  }
}
