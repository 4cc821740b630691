package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Initializers;
import io.github.rnnotator.nn.Packing;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Collectors;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class LanguageModelTest {
  private static final int HIDDEN = 3;
  private static final int WORDS = 5;

  private final SplittableRandom random = new SplittableRandom(11);
  private final LanguageModel model = LanguageModel.build("lm", HIDDEN, WORDS, random);

  /** Against the equations, word by word in double precision. */
  @Test
  void lossMatchesTheEquations() {
    Samples.randomize(model.parameters(), 0.8f, random);
    int[] lengths = {4, 1, 6, 2};
    float[][][] states = Samples.tensor(lengths, 2 * HIDDEN, random);
    int[][] words = new int[lengths.length][];
    double expected = 0;
    for (int i = 0; i < lengths.length; i++) {
      words[i] = random.ints(lengths[i], 0, WORDS + 3).toArray();
      for (int t = 0; t < lengths[i]; t++) {
        if (t + 1 < lengths[i]) {
          expected += loss("forward", Arrays.copyOf(states[i][t], HIDDEN), words[i][t + 1]);
        }
        if (t > 0) {
          float[] backward = Arrays.copyOfRange(states[i][t], HIDDEN, 2 * HIDDEN);
          expected += loss("backward", backward, words[i][t - 1]);
        }
      }
    }
    SequenceBatch batch = SequenceBatch.of(states);
    Head.Loss loss = model.loss(batch, rows(batch.packing(), words), 1, Samples.training(1));
    assertThat(loss.sum()).isCloseTo(expected, within(1e-3));
  }

  @Test
  void singleWordHasNoLoss() {
    SequenceBatch batch = Samples.batch(new int[] {1, 1, 1}, 2 * HIDDEN, random);
    Gradients gradients = new Gradients(model.parameters());
    Head.Loss loss = model.loss(batch, new int[] {0, 1, 2}, 1, Samples.training(1));
    FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
    assertThat(loss.sum()).isZero();
    assertThat(Arrays.copyOf(dX.data, 3 * 2 * HIDDEN)).containsOnly(0);
    for (Parameter parameter : model.parameters()) {
      assertThat(gradients.of(parameter).data).containsOnly(0);
    }
  }

  /** The last forward state and the first backward state have no target. */
  @Test
  void statesAtTheEndsHaveNoGradient() {
    Packing packing = Packing.of(new int[] {3, 2});
    SequenceBatch batch =
        new SequenceBatch(packing, Initializers.uniform(packing.tokens(), 2 * HIDDEN, 1, random));
    Gradients gradients = new Gradients(model.parameters());
    FMatrixRMaj dX =
        model
            .loss(batch, new int[] {1, 2, 3, 4, 0}, 1, Samples.training(1))
            .backprop()
            .apply(new FMatrixRMaj(0, 0), gradients);
    for (int i = 0; i < packing.sequences(); i++) {
      for (int t = 0; t < packing.length(i); t++) {
        int at = packing.row(i, t) * 2 * HIDDEN;
        float[] forward = Arrays.copyOfRange(dX.data, at, at + HIDDEN);
        float[] backward = Arrays.copyOfRange(dX.data, at + HIDDEN, at + 2 * HIDDEN);
        assertThat(isZero(forward)).isEqualTo(t == packing.length(i) - 1);
        assertThat(isZero(backward)).isEqualTo(t == 0);
      }
    }
  }

  private static boolean isZero(float[] values) {
    for (float value : values) {
      if (value != 0) {
        return false;
      }
    }
    return true;
  }

  private double loss(String side, float[] state, int word) {
    Map<String, FMatrixRMaj> weights =
        model.parameters().stream().collect(Collectors.toMap(Parameter::name, Parameter::value));
    double[] h = new double[HIDDEN];
    Arrays.setAll(h, i -> state[i]);
    double[] m = affine(weights, "lm." + side + ".projection", h);
    Arrays.setAll(m, i -> Math.tanh(m[i]));
    double[] z = affine(weights, "lm." + side + ".words", m);
    double sum = Arrays.stream(z).map(Math::exp).sum();
    return Math.log(sum) - z[word < WORDS ? word : 0];
  }

  private static double[] affine(Map<String, FMatrixRMaj> weights, String name, double[] x) {
    FMatrixRMaj kernel = weights.get(name + ".kernel");
    double[] y = new double[kernel.numCols];
    for (int j = 0; j < y.length; j++) {
      y[j] = weights.get(name + ".bias").data[j];
      for (int i = 0; i < x.length; i++) {
        y[j] += x[i] * kernel.get(i, j);
      }
    }
    return y;
  }

  private static int[] rows(Packing packing, int[][] words) {
    int[] rows = new int[packing.tokens()];
    for (int i = 0; i < words.length; i++) {
      for (int t = 0; t < words[i].length; t++) {
        rows[packing.row(i, t)] = words[i][t];
      }
    }
    return rows;
  }

  @Test
  void weightNamesAreUnique() {
    List<String> names = new ArrayList<>(model.parameters().stream().map(Parameter::name).toList());
    assertThat(names).hasSize(8).doesNotHaveDuplicates().allMatch(name -> name.startsWith("lm."));
  }
}
