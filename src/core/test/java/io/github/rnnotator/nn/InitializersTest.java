package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.FMatrixRMaj;

class InitializersTest {
  @Property(tries = 50)
  void orthogonalRowsOrColumnsAreOrthonormal(
      @ForAll @IntRange(min = 1, max = 24) int rows,
      @ForAll @IntRange(min = 1, max = 24) int cols,
      @ForAll long seed) {
    FMatrixRMaj w = Initializers.orthogonal(rows, cols, new SplittableRandom(seed));
    boolean byRow = rows <= cols;
    for (int i = 0; i < Math.min(rows, cols); i++) {
      for (int j = 0; j <= i; j++) {
        double dot = 0;
        for (int k = 0; k < Math.max(rows, cols); k++) {
          dot += byRow ? (double) w.get(i, k) * w.get(j, k) : (double) w.get(k, i) * w.get(k, j);
        }
        assertThat(dot).as("%d and %d", i, j).isCloseTo(i == j ? 1 : 0, within(1e-6));
      }
    }
  }

  @Example
  void glorotFillsItsRange() {
    // sqrt(6 / (100 + 50)) = 0.2
    assertFills(Initializers.glorotUniform(100, 50, new SplittableRandom(1)), 0.2f);
  }

  @Example
  void convolutionFansIncludeTheWindow() {
    Sequential convolution = Sequential.of(40, 1, new Conv1d(20, 5));
    // sqrt(6 / (5 * 40 + 5 * 20))
    assertFills(Samples.parameter(convolution, "0.kernel").value(), (float) Math.sqrt(0.02));
  }

  @Example
  void blankWeightsAreZero() {
    assertThat(Initializers.glorotUniform(3, 4, Initializers.BLANK).data).containsOnly(0);
    assertThat(Initializers.orthogonal(3, 3, Initializers.BLANK).data).containsOnly(0);
    assertThatThrownBy(Initializers.BLANK::nextFloat).isInstanceOf(IllegalStateException.class);
  }

  @Example
  void uniformFillsItsRange() {
    assertFills(Initializers.uniform(80, 60, 0.7f, new SplittableRandom(2)), 0.7f);
  }

  @Example
  void initialWeightsMatchKeras() {
    Sequential lstm = Sequential.of(40, 1, new Lstm(20));
    // sqrt(6 / (40 + 80))
    assertFills(Samples.parameter(lstm, "0.kernel").value(), (float) Math.sqrt(0.05));
    float[] forgetGatesOpen = new float[80];
    Arrays.fill(forgetGatesOpen, 20, 40, 1);
    assertThat(Samples.parameter(lstm, "0.bias").value().data).isEqualTo(forgetGatesOpen);
    for (LayerSpec spec :
        List.of(new SimpleRnn(20), new Gru(20), new Dense(20), new Conv1d(20, 3))) {
      for (Parameter parameter : Sequential.of(40, 1, spec).parameters()) {
        float[] data = parameter.value().data;
        if (parameter.name().endsWith("bias")) {
          assertThat(data).as("%s %s", spec, parameter).containsOnly(0);
        } else {
          assertThat(data).as("%s %s", spec, parameter).doesNotContain(0);
        }
      }
    }
  }

  @Example
  void seedDeterminesTheWeights() {
    LayerSpec layer = new Bidirectional(new Gru(8));
    assertThat(weights(Sequential.of(4, 1, layer))).isEqualTo(weights(Sequential.of(4, 1, layer)));
    assertThat(weights(Sequential.of(4, 1, layer)))
        .isNotEqualTo(weights(Sequential.of(4, 2, layer)));
  }

  @Example
  void directionsStartFromDifferentWeights() {
    Sequential both = Sequential.of(4, 1, new Bidirectional(new Gru(8)));
    assertThat(Samples.parameter(both, "forward.kernel").value().data)
        .isNotEqualTo(Samples.parameter(both, "backward.kernel").value().data);
  }

  private static List<List<Float>> weights(Layer layer) {
    return layer.parameters().stream()
        .map(
            parameter -> {
              List<Float> values = new ArrayList<>();
              for (float value : parameter.value().data) {
                values.add(value);
              }
              return values;
            })
        .toList();
  }

  /** All within +-limit, close to both ends, with the mean and variance of a uniform. */
  private static void assertFills(FMatrixRMaj w, float limit) {
    double sum = 0;
    double squares = 0;
    float min = 0;
    float max = 0;
    for (float value : w.data) {
      sum += value;
      squares += (double) value * value;
      min = Math.min(min, value);
      max = Math.max(max, value);
    }
    assertThat(max).isBetween(0.98f * limit, limit);
    assertThat(min).isBetween(-limit, -0.98f * limit);
    assertThat(sum / w.data.length).isCloseTo(0, within(0.05 * limit));
    assertThat(squares / w.data.length).isCloseTo(limit * limit / 3, within(0.05 * limit * limit));
  }
}
