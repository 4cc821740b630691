package io.github.rnnotator.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Parallel;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each rule against the equations of its paper in double precision, element by element. */
class OptimizerTest {
  private static final int ROWS = 6;
  private static final int COLS = 5;
  private static final int STEPS = 8;
  private static final float SCALE = 0.7f;

  private final SplittableRandom random = new SplittableRandom(1);
  private final Parameter dense =
      Parameter.dense("dense", Initializers.uniform(ROWS, COLS, 1, random));
  private final Parameter table =
      Parameter.table("table", Initializers.uniform(ROWS, COLS, 1, random));
  private final List<Parameter> parameters = List.of(dense, table);

  @ParameterizedTest
  @MethodSource("rules")
  void stepsMatchThePaper(Optimizer.Rule rule) {
    Optimizer optimizer = new Optimizer(rule, parameters, Ops.best());
    Element[] denseElements = elements(dense);
    Element[] tableElements = elements(table);
    for (int step = 1; step <= STEPS; step++) {
      Gradients gradients = gradients(step, random);
      float rate = 0.1f / step;
      optimizer.step(gradients, SCALE, rate);
      for (int i = 0; i < denseElements.length; i++) {
        denseElements[i].step(rule, gradients.of(dense).data[i], step, rate);
        assertThat((double) dense.value().data[i])
            .as("step %d, dense %d", step, i)
            .isCloseTo(denseElements[i].w, within(1e-5));
      }
      Gradients.TableGradient rows = gradients.ofTable(table);
      for (int slot = 0; slot < rows.size(); slot++) {
        for (int j = 0; j < COLS; j++) {
          tableElements[rows.row(slot) * COLS + j].step(
              rule, rows.values()[rows.begin(slot) + j], step, rate);
        }
      }
      for (int i = 0; i < tableElements.length; i++) {
        assertThat((double) table.value().data[i])
            .as("step %d, table %d", step, i)
            .isCloseTo(tableElements[i].w, within(1e-5));
      }
    }
    assertThat(optimizer.step()).isEqualTo(STEPS);
  }

  /** A parameter with a factor moves as if the whole rate had it; the others do not change. */
  @ParameterizedTest
  @MethodSource("rules")
  void factorScalesTheRateOfItsParameterOnly(Optimizer.Rule rule) {
    Parameter denseCopy = Parameter.dense("dense", dense.value().copy());
    Parameter tableCopy = Parameter.table("table", table.value().copy());
    Parameter slow = Parameter.dense("dense", dense.value().copy());
    Optimizer plain = new Optimizer(rule, parameters, Ops.best());
    Optimizer slower = new Optimizer(rule, List.of(slow), Ops.best());
    Optimizer mixed =
        new Optimizer(
            rule,
            List.of(denseCopy, tableCopy),
            Ops.best(),
            parameter -> parameter == denseCopy ? 0.25 : 1);
    for (int step = 1; step <= STEPS; step++) {
      plain.step(gradients(step, new SplittableRandom(step)), SCALE, 0.1f);
      Gradients own = new Gradients(List.of(denseCopy, tableCopy));
      Gradients alone = new Gradients(List.of(slow));
      Gradients same = gradients(step, new SplittableRandom(step));
      System.arraycopy(same.of(dense).data, 0, own.of(denseCopy).data, 0, dense.size());
      System.arraycopy(same.of(dense).data, 0, alone.of(slow).data, 0, dense.size());
      Gradients.TableGradient rows = same.ofTable(table);
      for (int slot = 0; slot < rows.size(); slot++) {
        own.ofTable(tableCopy).addRow(rows.row(slot), rows.values(), rows.begin(slot));
      }
      mixed.step(own, SCALE, 0.1f);
      slower.step(alone, SCALE, 0.025f);
    }
    assertThat(tableCopy.value().data).isEqualTo(table.value().data);
    assertThat(denseCopy.value().data).isEqualTo(slow.value().data);
    assertThat(denseCopy.value().data).isNotEqualTo(dense.value().data);
  }

  @ParameterizedTest
  @MethodSource("rules")
  void absentRowsKeepTheirWeightsAndMoments(Optimizer.Rule rule) {
    Optimizer optimizer = new Optimizer(rule, parameters, Ops.best());
    optimizer.step(gradients(1, random), 1, 0.1f);
    var before =
        optimizer.state().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith(".table"))
            .map(entry -> entry.getValue().copy())
            .toList();
    float[] weights = table.value().data.clone();
    Gradients gradients = new Gradients(parameters);
    gradients.ofTable(table).addRow(2, new float[] {1, 1, 1, 1, 1}, 0);
    optimizer.step(gradients, 1, 0.1f);
    var after =
        optimizer.state().entrySet().stream()
            .filter(entry -> entry.getKey().endsWith(".table"))
            .map(java.util.Map.Entry::getValue)
            .toList();
    assertThat(after).hasSize(rule instanceof Optimizer.Sgd ? 1 : 2);
    for (int i = 0; i < weights.length; i++) {
      boolean present = i / COLS == 2;
      assertThat(table.value().data[i] != weights[i]).as("weight %d", i).isEqualTo(present);
      for (int k = 0; k < after.size(); k++) {
        if (!present) {
          assertThat(after.get(k).data[i]).as("moment %d", i).isEqualTo(before.get(k).data[i]);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("rules")
  void resumedRunEqualsUninterruptedRun(Optimizer.Rule rule) {
    Optimizer optimizer = new Optimizer(rule, parameters, Ops.best());
    optimizer.step(gradients(1, new SplittableRandom(7)), 1, 0.1f);
    List<Parameter> copies =
        List.of(
            Parameter.dense("dense", dense.value().copy()),
            Parameter.table("table", table.value().copy()));
    Optimizer resumed = new Optimizer(rule, copies, Ops.best());
    resumed
        .state()
        .forEach(
            (name, matrix) ->
                System.arraycopy(
                    optimizer.state().get(name).data, 0, matrix.data, 0, matrix.data.length));
    resumed.resumeAt(optimizer.step());
    optimizer.step(gradients(parameters, 2, new SplittableRandom(8)), 1, 0.1f);
    resumed.step(gradients(copies, 2, new SplittableRandom(8)), 1, 0.1f);
    for (int i = 0; i < copies.size(); i++) {
      assertThat(copies.get(i).value().data).isEqualTo(parameters.get(i).value().data);
    }
  }

  /** Adam's first step is {@code rate} against the gradient's sign, whatever its magnitude. */
  @Test
  void firstStepOfAdamIsTheRate() {
    Gradients gradients = new Gradients(parameters);
    gradients.of(dense).data[0] = 1e-3f;
    gradients.of(dense).data[1] = -500;
    float[] before = dense.value().data.clone();
    new Optimizer(new Optimizer.Adam(), parameters, Ops.best()).step(gradients, 1, 0.01f);
    assertThat(dense.value().data[0] - before[0]).isCloseTo(-0.01f, within(1e-5f));
    assertThat(dense.value().data[1] - before[1]).isCloseTo(0.01f, within(1e-5f));
    assertThat(dense.value().data[2]).isEqualTo(before[2]);
  }

  @Test
  void gradientsOfSeveralThreadsAddUp() {
    Gradients first = gradients(1, random);
    Gradients second = gradients(2, random);
    double[] sum = new double[2 * ROWS * COLS];
    for (Gradients gradients : List.of(first, second)) {
      for (int i = 0; i < ROWS * COLS; i++) {
        sum[i] += gradients.of(dense).data[i];
      }
      Gradients.TableGradient rows = gradients.ofTable(table);
      for (int slot = 0; slot < rows.size(); slot++) {
        for (int j = 0; j < COLS; j++) {
          sum[(ROWS + rows.row(slot)) * COLS + j] += rows.values()[rows.begin(slot) + j];
        }
      }
    }
    Gradients total = first;
    double norm = total.add(List.of(second), Ops.best(), Parallel.NONE);
    double squares = 0;
    for (double value : sum) {
      squares += value * value;
    }
    assertThat(norm).isCloseTo(Math.sqrt(squares), within(1e-5));
    assertThat(total.norm(Ops.best())).isEqualTo(norm);
    for (int i = 0; i < ROWS * COLS; i++) {
      assertThat((double) total.of(dense).data[i]).isCloseTo(sum[i], within(1e-6));
    }
    Gradients.TableGradient rows = total.ofTable(table);
    for (int slot = 0; slot < rows.size(); slot++) {
      for (int j = 0; j < COLS; j++) {
        assertThat((double) rows.values()[rows.begin(slot) + j])
            .isCloseTo(sum[(ROWS + rows.row(slot)) * COLS + j], within(1e-6));
      }
    }
    total.clear();
    assertThat(total.norm(Ops.best())).isZero();
    assertThat(total.ofTable(table).size()).isZero();
  }

  @Test
  void tableGradientGrowsAndClearsToZero() {
    Parameter large = Parameter.table("large", Initializers.uniform(300, 2, 1, random));
    Gradients gradients = new Gradients(List.of(large));
    Gradients.TableGradient rows = gradients.ofTable(large);
    for (int round = 0; round < 2; round++) {
      for (int row = 299; row >= 0; row--) {
        rows.addRow(row, new float[] {9, row, 1}, 1);
        rows.addRow(299 - row, new float[] {0, 1}, 0);
      }
      assertThat(rows.size()).isEqualTo(300);
      for (int slot = 0; slot < 300; slot++) {
        assertThat(rows.values()[rows.begin(slot)]).isEqualTo(rows.row(slot));
        assertThat(rows.values()[rows.begin(slot) + 1]).isEqualTo(2);
      }
      gradients.clear();
    }
  }

  static Stream<Optimizer.Rule> rules() {
    return Stream.of(
        new Optimizer.Adam(),
        new Optimizer.Adam(0.8f, 0.95f, 1e-2f),
        new Optimizer.Nadam(),
        new Optimizer.Sgd(),
        new Optimizer.Sgd(0.9f));
  }

  private Gradients gradients(int step, SplittableRandom random) {
    return gradients(parameters, step, random);
  }

  /** Gradients for all of the dense parameter and some rows of the table, one of them twice. */
  private static Gradients gradients(
      List<Parameter> parameters, int step, SplittableRandom random) {
    Gradients gradients = new Gradients(parameters);
    float[] dense = gradients.of(parameters.get(0)).data;
    for (int i = 0; i < dense.length; i++) {
      dense[i] = 2 * random.nextFloat() - 1;
    }
    for (int row : new int[] {step % ROWS, 3 * step % ROWS, step % ROWS}) {
      gradients
          .ofTable(parameters.get(1))
          .addRow(row, Initializers.uniform(1, COLS, 1, random).data, 0);
    }
    return gradients;
  }

  private static Element[] elements(Parameter parameter) {
    Element[] elements = new Element[parameter.size()];
    for (int i = 0; i < elements.length; i++) {
      elements[i] = new Element(parameter.value().data[i]);
    }
    return elements;
  }

  /** One weight in double precision. */
  private static final class Element {
    private double w;
    private double m;
    private double v;

    Element(double w) {
      this.w = w;
    }

    void step(Optimizer.Rule rule, double gradient, int t, double rate) {
      double g = SCALE * gradient;
      if (rule instanceof Optimizer.Adam adam) {
        moments(g, adam.beta1(), adam.beta2());
        double mHat = m / (1 - Math.pow(adam.beta1(), t));
        w -= rate * mHat / (rootOfVHat(adam.beta2(), t) + adam.epsilon());
      } else if (rule instanceof Optimizer.Nadam nadam) {
        moments(g, nadam.beta1(), nadam.beta2());
        double mHat =
            nadam.beta1() * m / (1 - Math.pow(nadam.beta1(), t + 1))
                + (1 - nadam.beta1()) * g / (1 - Math.pow(nadam.beta1(), t));
        w -= rate * mHat / (rootOfVHat(nadam.beta2(), t) + nadam.epsilon());
      } else if (rule instanceof Optimizer.Sgd sgd) {
        m = sgd.momentum() * m - rate * g;
        w += m;
      }
    }

    private void moments(double g, double beta1, double beta2) {
      m = beta1 * m + (1 - beta1) * g;
      v = beta2 * v + (1 - beta2) * g * g;
    }

    private double rootOfVHat(double beta2, int t) {
      return Math.sqrt(v / (1 - Math.pow(beta2, t)));
    }
  }
}
