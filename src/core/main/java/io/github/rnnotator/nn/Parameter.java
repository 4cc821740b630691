package io.github.rnnotator.nn;

import org.ejml.data.FMatrixRMaj;

/**
 * A named weight matrix. Layers only read it; an optimizer updates it between passes. Equality is
 * identity.
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

  /** Creates a parameter with dense gradients. */
  public static Parameter dense(String name, FMatrixRMaj value) {
    return new Parameter(name, value, false);
  }

  /** Creates an embedding table, with sparse gradients for the rows looked up. */
  public static Parameter table(String name, FMatrixRMaj value) {
    return new Parameter(name, value, true);
  }

  /** The name within the network, parts joined by dots: {@code encoder.0.forward.kernel}. */
  public String name() {
    return name;
  }

  /** The weights themselves, not a copy. */
  public FMatrixRMaj value() {
    return value;
  }

  /** Whether gradients are sparse. */
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
