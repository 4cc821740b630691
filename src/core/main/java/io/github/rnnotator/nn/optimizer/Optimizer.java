package io.github.rnnotator.nn.optimizer;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.AdamStep;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Parallel;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.IntConsumer;
import java.util.function.ToDoubleFunction;
import org.ejml.data.FMatrixRMaj;

/**
 * Updates weights from their gradients. One object holds the state of one training run. Not
 * thread-safe.
 *
 * <p>Rows of an embedding table without a gradient, which are most in a step, keep their weights
 * and moments (as in "lazy Adam").
 */
public final class Optimizer {
  /** The update rule, with Keras' defaults. */
  public sealed interface Rule {}

  /** Adam (Kingma &amp; Ba 2015). */
  public record Adam(float beta1, float beta2, float epsilon) implements Rule {
    public Adam() {
      this(0.9f, 0.999f, 1e-7f);
    }
  }

  /** Adam with Nesterov's momentum (Dozat 2016), without its momentum schedule. */
  public record Nadam(float beta1, float beta2, float epsilon) implements Rule {
    public Nadam() {
      this(0.9f, 0.999f, 1e-7f);
    }
  }

  /** Gradient descent: {@code m = momentum * m - rate * g}, {@code w = w + m}. */
  public record Sgd(float momentum) implements Rule {
    public Sgd() {
      this(0);
    }
  }

  private final Rule rule;
  private final Ops ops;
  private final List<Parameter> parameters;
  private final float[] rates;
  private final List<FMatrixRMaj> first = new ArrayList<>();
  private final List<FMatrixRMaj> second = new ArrayList<>();
  private long step;

  /** Creates an optimizer at step 0. */
  public Optimizer(Rule rule, List<Parameter> parameters, Ops ops) {
    this(rule, parameters, ops, parameter -> 1);
  }

  /**
   * Creates an optimizer at step 0 that updates some parameters more slowly than others, so that
   * what was learned before is not forgotten (Howard &amp; Ruder 2018, "Universal Language Model
   * Fine-tuning for Text Classification", section 3.2).
   *
   * @param factor of the learning rate of each parameter
   */
  public Optimizer(
      Rule rule, List<Parameter> parameters, Ops ops, ToDoubleFunction<Parameter> factor) {
    this.rule = rule;
    this.ops = ops;
    this.parameters = List.copyOf(parameters);
    this.rates = new float[parameters.size()];
    for (int i = 0; i < rates.length; i++) {
      rates[i] = (float) factor.applyAsDouble(parameters.get(i));
    }
    for (Parameter parameter : parameters) {
      FMatrixRMaj value = parameter.value();
      first.add(new FMatrixRMaj(value.numRows, value.numCols));
      second.add(
          rule instanceof Sgd
              ? new FMatrixRMaj(0, 0)
              : new FMatrixRMaj(value.numRows, value.numCols));
    }
  }

  /** The number of steps taken. */
  public long step() {
    return step;
  }

  /** Resumes at this step, after the state was filled from a checkpoint. */
  public void resumeAt(long step) {
    this.step = step;
  }

  /** Returns the running moments by name, to be saved or filled; not copies. */
  public Map<String, FMatrixRMaj> state() {
    Map<String, FMatrixRMaj> state = new java.util.LinkedHashMap<>();
    for (int i = 0; i < parameters.size(); i++) {
      state.put("optimizer.m." + parameters.get(i).name(), first.get(i));
      if (second.get(i).numRows > 0) {
        state.put("optimizer.v." + parameters.get(i).name(), second.get(i));
      }
    }
    return state;
  }

  /**
   * Takes one step.
   *
   * @param gradients not modified
   * @param scale multiplies the gradients first, for clipping
   * @param rate the learning rate of this step
   */
  public void step(Gradients gradients, float scale, float rate) {
    Parallel.NONE.forEach(parameters.size(), begin(gradients, scale, rate));
  }

  /**
   * Begins a step and returns the update of each parameter by its index. Updates may run in any
   * order and in parallel, each once, and all before the next step.
   *
   * @param gradients not modified; read by the updates
   * @param scale multiplies the gradients first, for clipping
   * @param rate the learning rate of this step
   */
  public IntConsumer begin(Gradients gradients, float scale, float rate) {
    step++;
    Map<Float, Update> updates = new HashMap<>();
    for (float factor : rates) {
      updates.computeIfAbsent(factor, own -> update(scale, rate * own));
    }
    return i -> {
      Parameter parameter = parameters.get(i);
      Update update = Objects.requireNonNull(updates.get(rates[i]));
      if (!parameter.isTable()) {
        update.apply(i, gradients.of(parameter).data, 0, 0, parameter.size());
        return;
      }
      Gradients.TableGradient table = gradients.ofTable(parameter);
      int cols = parameter.value().numCols;
      for (int slot = 0; slot < table.size(); slot++) {
        update.apply(i, table.values(), table.begin(slot), table.row(slot) * cols, cols);
      }
    };
  }

  /** Updates elements {@code [from, from + length)} of a parameter, and its moments. */
  private interface Update {
    void apply(int index, float[] g, int gFrom, int from, int length);
  }

  private Update update(float scale, float rate) {
    if (rule instanceof Adam adam) {
      // The bias corrections 1 - beta^t move into rate and epsilon.
      double c1 = 1 - Math.pow(adam.beta1, step);
      double c2 = Math.sqrt(1 - Math.pow(adam.beta2, step));
      float epsilon = (float) (adam.epsilon * c2);
      float corrected = (float) (rate * c2 / c1);
      return adam(new AdamStep(scale, adam.beta1, adam.beta2, corrected, epsilon, 1, 0));
    }
    if (rule instanceof Nadam nadam) {
      // m-hat = beta1 m / (1 - beta1^(t+1)) + (1 - beta1) g / (1 - beta1^t)
      double c2 = Math.sqrt(1 - Math.pow(nadam.beta2, step));
      float epsilon = (float) (nadam.epsilon * c2);
      float mWeight = (float) (nadam.beta1 / (1 - Math.pow(nadam.beta1, step + 1)));
      float gWeight = (float) ((1 - nadam.beta1) / (1 - Math.pow(nadam.beta1, step)));
      float corrected = (float) (rate * c2);
      return adam(
          new AdamStep(scale, nadam.beta1, nadam.beta2, corrected, epsilon, mWeight, gWeight));
    }
    float momentum = ((Sgd) rule).momentum;
    return (index, g, gFrom, from, length) -> {
      float[] m = first.get(index).data;
      ops.scale(momentum, m, from, length);
      ops.addScaled(-rate * scale, g, gFrom, m, from, length);
      ops.addScaled(1, m, from, parameters.get(index).value().data, from, length);
    };
  }

  private Update adam(AdamStep adam) {
    return (index, g, gFrom, from, length) -> {
      float[] w = parameters.get(index).value().data;
      float[] m = first.get(index).data;
      float[] v = second.get(index).data;
      ops.adam(adam, w, g, gFrom, m, v, from, length);
    };
  }
}
