package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * A named weight matrix. Layers only read it; an optimizer changes it between passes. Two
 * parameters are the same only if they are the same object.
 */
public final class Parameter {
  private final String name;
  private final FMatrixRMaj value;
  private final boolean table;

  private Parameter(String name, FMatrixRMaj value, boolean table) {
    this.name = name;
    this.value = value;
    this.table = table;
  }

  /** A weight matrix that every pass uses as a whole. */
  public static Parameter dense(String name, FMatrixRMaj value) {
    return new Parameter(name, value, false);
  }

  /** A table of rows of which a pass looks up a few: an embedding. Its gradients are sparse. */
  public static Parameter table(String name, FMatrixRMaj value) {
    return new Parameter(name, value, true);
  }

  /** Its name within the network, parts joined by dots: {@code encoder.0.forward.kernel}. */
  public String name() {
    return name;
  }

  /** The weights themselves, not a copy. */
  public FMatrixRMaj value() {
    return value;
  }

  /** Whether gradients come for a few rows at a time. */
  public boolean isTable() {
    return table;
  }

  /** The number of weights. */
  public int size() {
    return value.numRows * value.numCols;
  }

  @Override
  public String toString() {
    return name + " [" + value.numRows + " x " + value.numCols + "]";
  }
}
