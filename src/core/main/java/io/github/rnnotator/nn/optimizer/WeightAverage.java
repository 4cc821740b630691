package io.github.rnnotator.nn.optimizer;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Ops;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.ejml.data.FMatrixRMaj;

/**
 * An exponential moving average of the weights (Polyak &amp; Juditsky 1992), which tags better than
 * the final weights: {@code a = d_t a + (1 - d_t) w} after each step, with {@code d_t = min(decay,
 * (1 + t) / (10 + t))} so that early steps are soon forgotten.
 *
 * <p>Table rows change in few steps. Between changes the average decays towards the row by the
 * product of all {@code d_t}; this is applied just before a row changes, and to all rows by {@link
 * #copyTo}.
 */
public final class WeightAverage {
  private final float decay;
  private final Ops ops;
  private final List<Parameter> parameters;
  private final Map<Parameter, FMatrixRMaj> average = new LinkedHashMap<>();

  /**
   * For tables: the step up to which each row is updated, as two floats, {@code [rows x 2]}, since
   * one is not exact above 2^24.
   */
  private final Map<Parameter, FMatrixRMaj> caughtUp = new LinkedHashMap<>();

  /** {@code logs[i]} is the log of the product of the first {@code i} factors {@code d_t}. */
  private double[] logs = new double[1024];

  private int step;

  /**
   * Creates an average that starts at the current weights.
   *
   * @param decay in {@code [0, 1)}; 0 keeps the last weights
   */
  public WeightAverage(float decay, List<Parameter> parameters, Ops ops) {
    this.decay = decay;
    this.ops = ops;
    this.parameters = List.copyOf(parameters);
    for (Parameter parameter : parameters) {
      average.put(parameter, parameter.value().copy());
      if (parameter.isTable()) {
        caughtUp.put(parameter, new FMatrixRMaj(parameter.value().numRows, 2));
      }
    }
  }

  /** One step of the average; parameters may be updated in any order and in parallel. */
  public interface Step {
    /** Called before a parameter's weights change, with the gradients of the step. */
    void before(int parameter, Gradients gradients);

    /** Called after they have changed. */
    void after(int parameter, Gradients gradients);
  }

  /** Begins a step, which must be completed for all parameters before the next. */
  public Step begin() {
    int last = step;
    double d = factor();
    advance(d);
    return new Step() {
      @Override
      public void before(int i, Gradients gradients) {
        catchUp(parameters.get(i), gradients, last);
      }

      @Override
      public void after(int i, Gradients gradients) {
        Parameter parameter = parameters.get(i);
        if (parameter.isTable()) {
          catchUp(parameter, gradients, last + 1);
        } else {
          blend(parameter, (float) d, 0, parameter.size());
        }
      }
    };
  }

  /** Brings the rows of a table that have a gradient up to date. */
  private void catchUp(Parameter parameter, Gradients gradients, int to) {
    if (parameter.isTable()) {
      Gradients.TableGradient gradient = gradients.ofTable(parameter);
      for (int slot = 0; slot < gradient.size(); slot++) {
        catchUp(parameter, gradient.row(slot), to);
      }
    }
  }

  /** {@code d_t} of the next step. */
  private double factor() {
    return Math.min(decay, (1.0 + step) / (10.0 + step));
  }

  private void advance(double d) {
    if (step + 1 == logs.length) {
      logs = Arrays.copyOf(logs, 2 * logs.length);
    }
    // With decay 0 the average equals the weights; avoid a log of 0.
    logs[step + 1] = logs[step] + Math.log(Math.max(d, 1e-30));
    step++;
  }

  /** Copies the average to parameters of the same shapes, in the same order. */
  public void copyTo(List<Parameter> targets) {
    catchUpAll();
    for (int i = 0; i < parameters.size(); i++) {
      Parameter parameter = parameters.get(i);
      System.arraycopy(matrix(parameter).data, 0, targets.get(i).value().data, 0, parameter.size());
    }
  }

  /**
   * Returns the average by name and the step of each row, to be saved or filled; not copies. Rows
   * are not brought up to date, since saving would then change the bits of a run.
   */
  public Map<String, FMatrixRMaj> state() {
    Map<String, FMatrixRMaj> state = new LinkedHashMap<>();
    average.forEach((parameter, a) -> state.put("average." + parameter.name(), a));
    caughtUp.forEach((parameter, steps) -> state.put("average.step." + parameter.name(), steps));
    return state;
  }

  /** Resumes at this step, after the state was filled from a checkpoint. */
  public void resumeAt(long step) {
    this.step = 0;
    // The same sums in the same order, hence the same bits.
    while (this.step < step) {
      advance(factor());
    }
  }

  private void catchUpAll() {
    for (Parameter parameter : caughtUp.keySet()) {
      for (int row = 0; row < parameter.value().numRows; row++) {
        catchUp(parameter, row, step);
      }
    }
  }

  private void catchUp(Parameter parameter, int row, int to) {
    float[] steps = Objects.requireNonNull(caughtUp.get(parameter)).data;
    int last = (int) steps[2 * row] << 16 | (int) steps[2 * row + 1];
    if (last < to) {
      int cols = parameter.value().numCols;
      blend(parameter, (float) Math.exp(logs[to] - logs[last]), row * cols, cols);
      steps[2 * row] = to >>> 16;
      steps[2 * row + 1] = to & 0xffff;
    }
  }

  /** {@code a = d a + (1 - d) w}. */
  private void blend(Parameter parameter, float d, int from, int length) {
    ops.average(d, parameter.value().data, matrix(parameter).data, from, length);
  }

  private FMatrixRMaj matrix(Parameter parameter) {
    return Objects.requireNonNull(average.get(parameter));
  }
}
