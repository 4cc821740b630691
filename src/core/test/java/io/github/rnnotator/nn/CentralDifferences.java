package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.function.DoubleSupplier;
import org.ejml.data.FMatrixRMaj;

/** Compares gradients with central differences of a loss. */
public final class CentralDifferences {
  private static final float EPSILON = 8e-3f;
  private static final double TOLERANCE = 5e-3;

  private CentralDifferences() {}

  /** Checks all weights. */
  public static void check(
      String what, List<Parameter> parameters, Gradients gradients, DoubleSupplier loss) {
    for (Parameter parameter : parameters) {
      check(what + " " + parameter, parameter.value(), dense(parameter, gradients), loss);
    }
  }

  /** Checks all elements of one matrix. */
  public static void check(
      String what, FMatrixRMaj value, FMatrixRMaj gradient, DoubleSupplier loss) {
    for (int i = 0; i < value.numRows * value.numCols; i++) {
      float old = value.data[i];
      value.data[i] = old + EPSILON;
      double above = loss.getAsDouble();
      value.data[i] = old - EPSILON;
      double below = loss.getAsDouble();
      value.data[i] = old;
      double numeric = (above - below) / (2 * EPSILON);
      double tolerance = TOLERANCE * Math.max(1, Math.abs(numeric));
      assertThat((double) gradient.data[i])
          .as("%s[%d]", what, i)
          .isCloseTo(numeric, within(tolerance));
    }
  }

  private static FMatrixRMaj dense(Parameter parameter, Gradients gradients) {
    if (!parameter.isTable()) {
      return gradients.of(parameter);
    }
    FMatrixRMaj dense = new FMatrixRMaj(parameter.value().numRows, parameter.value().numCols);
    Gradients.TableGradient table = gradients.ofTable(parameter);
    for (int slot = 0; slot < table.size(); slot++) {
      System.arraycopy(
          table.values(),
          table.begin(slot),
          dense.data,
          table.row(slot) * dense.numCols,
          dense.numCols);
    }
    return dense;
  }
}
