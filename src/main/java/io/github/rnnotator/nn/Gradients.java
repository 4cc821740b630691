package io.github.rnnotator.nn;

import io.github.rnnotator.kernel.Kernel;
import io.github.rnnotator.kernel.Parallel;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradient of a loss by every parameter. Layers add to it on the way back. One thread fills one
 * object; the parts of several threads are then {@link #add added} in a fixed order, so that the
 * sum does not depend on who was first.
 */
public final class Gradients {
  private final List<Parameter> parameters;
  private final Map<Parameter, FMatrixRMaj> dense = new IdentityHashMap<>();
  private final Map<Parameter, TableGradient> tables = new IdentityHashMap<>();

  /** Gradients of 0 for these parameters. */
  public Gradients(List<Parameter> parameters) {
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      FMatrixRMaj value = parameter.value();
      if (parameter.isTable()) {
        tables.put(parameter, new TableGradient(value.numRows, value.numCols));
      } else {
        dense.put(parameter, new FMatrixRMaj(value.numRows, value.numCols));
      }
    }
  }

  /** The parameters, in order. */
  public List<Parameter> parameters() {
    return parameters;
  }

  /** The gradient of a dense parameter, to be added to; of its shape. */
  public FMatrixRMaj of(Parameter parameter) {
    FMatrixRMaj gradient = dense.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException("no dense gradient for " + parameter);
    }
    return gradient;
  }

  /** The gradient of a table, to be added to. */
  public TableGradient ofTable(Parameter parameter) {
    TableGradient gradient = tables.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException("no table gradient for " + parameter);
    }
    return gradient;
  }

  /** Sets all to 0. */
  public void clear() {
    dense.values().forEach(FMatrixRMaj::zero);
    tables.values().forEach(TableGradient::clear);
  }

  /**
   * Adds other parts of the same loss, in their order.
   *
   * @param others not modified
   * @return the L2 norm of the sum over all parameters
   */
  public double add(List<Gradients> others, Kernel kernel, Parallel parallel) {
    double[] squares = new double[parameters.size()];
    parallel.forEach(
        parameters.size(),
        i -> {
          Parameter parameter = parameters.get(i);
          for (Gradients other : others) {
            if (parameter.isTable()) {
              ofTable(parameter).add(other.ofTable(parameter), kernel);
            } else {
              float[] sum = of(parameter).data;
              kernel.addScaled(1, other.of(parameter).data, 0, sum, 0, parameter.size());
            }
          }
          squares[i] = sumOfSquares(parameter, kernel);
        });
    return Math.sqrt(Arrays.stream(squares).sum());
  }

  /** The L2 norm over all parameters. */
  public double norm(Kernel kernel) {
    double[] squares = new double[parameters.size()];
    Arrays.setAll(squares, i -> sumOfSquares(parameters.get(i), kernel));
    return Math.sqrt(Arrays.stream(squares).sum());
  }

  /** The L2 norm of one parameter's gradient; no number if one of its elements is none. */
  public double norm(Parameter parameter, Kernel kernel) {
    return Math.sqrt(sumOfSquares(parameter, kernel));
  }

  private double sumOfSquares(Parameter parameter, Kernel kernel) {
    return parameter.isTable()
        ? ofTable(parameter).sumOfSquares(kernel)
        : kernel.sumOfSquares(of(parameter).data, 0, parameter.size());
  }

  /** The gradient of an embedding table: values for the rows that were looked up, no others. */
  public static final class TableGradient {
    private final int cols;
    private final int[] slotOf;
    private int[] rows = new int[64];
    private float[] values;
    private int size;

    private TableGradient(int tableRows, int cols) {
      this.cols = cols;
      this.slotOf = new int[tableRows];
      Arrays.fill(slotOf, -1);
      this.values = new float[rows.length * cols];
    }

    /** How many rows have a gradient. */
    public int size() {
      return size;
    }

    /** The table's row in slot {@code slot}; slots are in the order of the first look-up. */
    public int row(int slot) {
      return rows[slot];
    }

    /** Where the values of a slot begin in {@link #values}. */
    public int begin(int slot) {
      return slot * cols;
    }

    /** The values of all slots; valid until the next {@link #addRow}. */
    public float[] values() {
      return values;
    }

    /** Adds {@code gradient[from ...]} to the gradient of one row of the table. */
    public void addRow(int row, float[] gradient, int from) {
      int begin = slot(row) * cols;
      for (int j = 0; j < cols; j++) {
        values[begin + j] += gradient[from + j];
      }
    }

    private int slot(int row) {
      if (slotOf[row] < 0) {
        if (size == rows.length) {
          rows = Arrays.copyOf(rows, 2 * size);
          values = Arrays.copyOf(values, 2 * size * cols);
        }
        rows[size] = row;
        slotOf[row] = size++;
      }
      return slotOf[row];
    }

    private void add(TableGradient other, Kernel kernel) {
      for (int slot = 0; slot < other.size; slot++) {
        int begin = slot(other.rows[slot]) * cols;
        kernel.addScaled(1, other.values, slot * cols, values, begin, cols);
      }
    }

    private double sumOfSquares(Kernel kernel) {
      return kernel.sumOfSquares(values, 0, size * cols);
    }

    private void clear() {
      for (int slot = 0; slot < size; slot++) {
        slotOf[rows[slot]] = -1;
      }
      Arrays.fill(values, 0, size * cols, 0);
      size = 0;
    }
  }
}
