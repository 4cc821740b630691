package io.github.rnnotator.nn.optimizer;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WeightAverageTest {
  private static final int ROWS = 7;
  private static final int COLS = 3;

  private final SplittableRandom random = new SplittableRandom(1);
  private final List<Parameter> parameters = parameters(random);
  private final Gradients gradients = new Gradients(parameters);

  @ParameterizedTest
  @ValueSource(floats = {0, 0.5f, 0.9f, 0.999f})
  void lazyRowsEqualDenseAveraging(float decay) {
    WeightAverage average = new WeightAverage(decay, parameters, Ops.best());
    double[][] expected = new double[2][];
    for (int p = 0; p < 2; p++) {
      expected[p] = new double[ROWS * COLS];
      for (int i = 0; i < ROWS * COLS; i++) {
        expected[p][i] = parameters.get(p).value().data[i];
      }
    }
    List<Parameter> targets = parameters(random);
    for (int step = 0; step < 200; step++) {
      change(parameters, gradients, average, random);
      double d = Math.min(decay, (1.0 + step) / (10 + step));
      for (int p = 0; p < 2; p++) {
        for (int i = 0; i < ROWS * COLS; i++) {
          expected[p][i] = d * expected[p][i] + (1 - d) * parameters.get(p).value().data[i];
        }
      }
      if (step % 37 == 36) {
        average.copyTo(targets);
        for (int p = 0; p < 2; p++) {
          for (int i = 0; i < ROWS * COLS; i++) {
            assertThat((double) targets.get(p).value().data[i])
                .as("step %d, %s, element %d", step, targets.get(p), i)
                .isCloseTo(expected[p][i], within(1e-6));
          }
        }
      }
    }
  }

  @Test
  void averagingKeepsTheWeights() {
    WeightAverage average = new WeightAverage(0.9f, parameters, Ops.best());
    change(parameters, gradients, average, random);
    float[] weights = parameters.get(0).value().data.clone();
    average.copyTo(parameters(random));
    assertThat(parameters.get(0).value().data).isEqualTo(weights);
  }

  @Test
  void resumedAverageEqualsUninterruptedBitForBit() {
    WeightAverage average = new WeightAverage(0.95f, parameters, Ops.best());
    // Enough steps that a sum over all of them loses digits that a sum since the resume keeps.
    int steps = 1_000_000;
    for (int step = 0; step < steps; step++) {
      step(average, gradients, () -> {});
    }
    List<Parameter> others = copies(parameters);
    WeightAverage resumed = new WeightAverage(0.95f, others, Ops.best());
    var saved = average.state();
    resumed
        .state()
        .forEach(
            (name, matrix) ->
                System.arraycopy(saved.get(name).data, 0, matrix.data, 0, matrix.data.length));
    resumed.resumeAt(steps);
    Gradients otherGradients = new Gradients(others);
    List<Parameter> expected = parameters(random);
    List<Parameter> actual = parameters(random);
    for (int pause = 1; pause < 80; pause++) {
      change(parameters, gradients, average, new SplittableRandom(pause));
      change(others, otherGradients, resumed, new SplittableRandom(pause));
      gradients.clear();
      otherGradients.clear();
      for (int step = 0; step < pause; step++) {
        step(average, gradients, () -> {});
        step(resumed, otherGradients, () -> {});
      }
      average.copyTo(expected);
      resumed.copyTo(actual);
      for (int p = 0; p < 2; p++) {
        assertThat(actual.get(p).value().data)
            .as("%s, %d steps after a change", actual.get(p), pause)
            .isEqualTo(expected.get(p).value().data);
      }
    }
  }

  /** One step: all of the dense parameter and few rows of the table change. */
  private static void change(
      List<Parameter> parameters,
      Gradients gradients,
      WeightAverage average,
      SplittableRandom random) {
    gradients.clear();
    int row = random.nextInt(ROWS - 1);
    gradients.ofTable(parameters.get(1)).addRow(row, new float[COLS], 0);
    step(
        average,
        gradients,
        () -> {
          for (int i = 0; i < ROWS * COLS; i++) {
            parameters.get(0).value().data[i] = 2 * random.nextFloat() - 1;
          }
          for (int j = 0; j < COLS; j++) {
            parameters.get(1).value().data[row * COLS + j] = 2 * random.nextFloat() - 1;
          }
        });
  }

  /** A step of both parameters. */
  private static void step(WeightAverage average, Gradients gradients, Runnable update) {
    WeightAverage.Step step = average.begin();
    for (int i = 0; i < 2; i++) {
      step.before(i, gradients);
    }
    update.run();
    for (int i = 0; i < 2; i++) {
      step.after(i, gradients);
    }
  }

  private static List<Parameter> parameters(SplittableRandom random) {
    return List.of(
        Parameter.dense("dense", Initializers.uniform(ROWS, COLS, 1, random)),
        Parameter.table("table", Initializers.uniform(ROWS, COLS, 1, random)));
  }

  private static List<Parameter> copies(List<Parameter> parameters) {
    return List.of(
        Parameter.dense("dense", parameters.get(0).value().copy()),
        Parameter.table("table", parameters.get(1).value().copy()));
  }
}
