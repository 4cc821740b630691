package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Parallel;
import java.util.Arrays;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The gradients of a loss with respect to all parameters. Layers add to them in the backward pass.
 * Each thread fills its own object; these are then {@link #add added} in a fixed order, so that the
 * sum does not depend on timing.
 */
public final class Gradients {
  private final List<Parameter> parameters;
  private final Map<Parameter, FMatrixRMaj> dense = new IdentityHashMap<>();
  private final Map<Parameter, TableGradient> tables = new IdentityHashMap<>();

  /** Creates zero gradients for these parameters. */
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

  /** Returns the gradient of a dense parameter, of the same shape, to be added to. */
  public FMatrixRMaj of(Parameter parameter) {
    FMatrixRMaj gradient = dense.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException("no dense gradient for " + parameter);
    }
    return gradient;
  }

  /** Returns the gradient of a table, to be added to. */
  public TableGradient ofTable(Parameter parameter) {
    TableGradient gradient = tables.get(parameter);
    if (gradient == null) {
      throw new IllegalArgumentException("no table gradient for " + parameter);
    }
    return gradient;
  }

  /** Sets all gradients to 0. */
  public void clear() {
    dense.values().forEach(FMatrixRMaj::zero);
    tables.values().forEach(TableGradient::clear);
  }

  /**
   * Adds the gradients of other parts of the same loss, in list order.
   *
   * @param others not modified
   * @return the L2 norm of the sum over all parameters
   */
  public double add(List<Gradients> others, Ops ops, Parallel parallel) {
    double[] squares = new double[parameters.size()];
    parallel.forEach(
        parameters.size(),
        i -> {
          Parameter parameter = parameters.get(i);
          for (Gradients other : others) {
            if (parameter.isTable()) {
              ofTable(parameter).add(other.ofTable(parameter), ops);
            } else {
              float[] sum = of(parameter).data;
              ops.addScaled(1, other.of(parameter).data, 0, sum, 0, parameter.size());
            }
          }
          squares[i] = sumOfSquares(parameter, ops);
        });
    return Math.sqrt(Arrays.stream(squares).sum());
  }

  /** Returns the L2 norm over all parameters. */
  public double norm(Ops ops) {
    double[] squares = new double[parameters.size()];
    Arrays.setAll(squares, i -> sumOfSquares(parameters.get(i), ops));
    return Math.sqrt(Arrays.stream(squares).sum());
  }

  /** Returns the L2 norm of one parameter's gradient; NaN or infinite if any element is. */
  public double norm(Parameter parameter, Ops ops) {
    return Math.sqrt(sumOfSquares(parameter, ops));
  }

  private double sumOfSquares(Parameter parameter, Ops ops) {
    return parameter.isTable()
        ? ofTable(parameter).sumOfSquares(ops)
        : ops.sumOfSquares(of(parameter).data, 0, parameter.size());
  }

  /** The sparse gradient of an embedding table: values for the rows that were looked up. */
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

    /** The number of rows with a gradient. */
    public int size() {
      return size;
    }

    /** The table row of a slot; slots are in order of first lookup. */
    public int row(int slot) {
      return rows[slot];
    }

    /** The start of a slot in {@link #values}. */
    public int begin(int slot) {
      return slot * cols;
    }

    /** The values of all slots; valid until the next {@link #addRow}. */
    public float[] values() {
      return values;
    }

    /** Adds {@code gradient[from...]} to the gradient of a table row. */
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

    private void add(TableGradient other, Ops ops) {
      for (int slot = 0; slot < other.size; slot++) {
        int begin = slot(other.rows[slot]) * cols;
        ops.addScaled(1, other.values, slot * cols, values, begin, cols);
      }
    }

    private double sumOfSquares(Ops ops) {
      return ops.sumOfSquares(values, 0, size * cols);
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
