package io.github.rnnotator.embed;

/**
 * A column of a file whose values have vectors. In training a value is sometimes treated as
 * unknown, as rare words are, which trains the vector of values that the training data lacks.
 *
 * @param dim the length of a value's vector
 */
public record ColumnConfig(int dim) {
  private static final ColumnConfig DEFAULTS = new ColumnConfig(20);

  /** Checks the range. */
  public ColumnConfig {
    Checks.range("embed.columns: dim", dim, 1, Checks.LONGEST_VECTOR);
  }

  /** Returns the defaults: vectors of length 20. */
  public static ColumnConfig defaults() {
    return DEFAULTS;
  }
}
