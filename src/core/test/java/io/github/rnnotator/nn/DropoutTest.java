package io.github.rnnotator.nn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.dense.row.CommonOps_FDRM;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DropoutTest {
  private static final int DIM = 5;

  @Test
  void variationalDropoutUsesOneMaskForAllTimesteps() {
    SequenceBatch ones = ones(7, 7, 2, 5);
    for (boolean variational : List.of(true, false)) {
      Layer layer = new Dropout(0.5f, variational).build("dropout", DIM, new SplittableRandom(0));
      float[][][] y = layer.forward(ones, Samples.training(8)).y().toTensor();
      boolean same = true;
      for (float[][] sequence : y) {
        for (float[] vector : sequence) {
          same &= Arrays.equals(vector, sequence[0]);
          for (float value : vector) {
            assertThat(value).isIn(0f, 2f);
          }
        }
      }
      assertThat(same).isEqualTo(variational);
      assertThat(y[0][0]).isNotEqualTo(y[1][0]);
    }
  }

  @Test
  void dropoutDropsAtItsRateAndKeepsTheMean() {
    SequenceBatch ones = ones(2000, 500);
    for (float rate : new float[] {0.1f, 0.33f, 0.8f}) {
      Layer layer = new Dropout(rate).build("dropout", DIM, new SplittableRandom(0));
      float[] y = layer.forward(ones, Samples.training(9)).y().values().data;
      int n = ones.packing().tokens() * DIM;
      int dropped = 0;
      double sum = 0;
      for (int i = 0; i < n; i++) {
        dropped += y[i] == 0 ? 1 : 0;
        sum += y[i];
      }
      // Five standard deviations.
      double deviation = 5 * Math.sqrt(rate * (1 - rate) / n);
      assertThat(dropped / (double) n).isBetween(rate - deviation, rate + deviation);
      assertThat(sum / n).isBetween(1 - deviation / (1 - rate), 1 + deviation / (1 - rate));
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void ratesOutOfRangeAreRefused(float rate) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new Dropout(rate))
        .withMessage("dropout %s is not in [0, 1)", rate);
    for (RecurrentSpec layer : List.of(new SimpleRnn(2), new Gru(2), new Lstm(2))) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> Sequential.of(DIM, 1, layer.recurrentDropout(rate)))
          .withMessage("recurrent dropout %s is not in [0, 1)", rate);
    }
  }

  /** With W = 0, U = 1 and b = 1: {@code h_t = 1 + m h_(t-1)}, where the mask m is 0 or 2. */
  @Test
  void recurrentDropoutUsesOneMaskForAllTimesteps() {
    Layer layer =
        new SimpleRnn(20)
            .activation(Activation.RELU)
            .returnSequences(true)
            .recurrentDropout(0.5f)
            .build("rnn", DIM, new SplittableRandom(0));
    Samples.parameter(layer, ".kernel").value().zero();
    Arrays.fill(Samples.parameter(layer, ".bias").value().data, 1);
    CommonOps_FDRM.setIdentity(Samples.parameter(layer, ".recurrent_kernel").value());
    float[][][] h = layer.forward(ones(4, 4, 2), Samples.training(3)).y().toTensor();
    int hidden = 0;
    for (float[][] sequence : h) {
      for (int unit = 0; unit < 20; unit++) {
        boolean hides = sequence[1][unit] == 1;
        hidden += hides ? 1 : 0;
        for (int t = 0; t < sequence.length; t++) {
          assertThat(sequence[t][unit]).isEqualTo(hides ? 1 : (2 << t) - 1);
        }
      }
    }
    assertThat(hidden).isBetween(15, 45);
    assertThat(layer.forward(ones(3), Samples.inference()).y().toTensor()[0][2]).containsOnly(3);
  }

  @Test
  void seedDeterminesTheMask() {
    SequenceBatch ones = ones(30);
    Layer layer = new Dropout(0.5f).build("dropout", DIM, new SplittableRandom(0));
    float[][][] y = layer.forward(ones, Samples.training(1)).y().toTensor();
    assertThat(layer.forward(ones, Samples.training(1)).y().toTensor()[0]).isDeepEqualTo(y[0]);
    assertThat(layer.forward(ones, Samples.training(2)).y().toTensor()[0][0]).isNotEqualTo(y[0][0]);
  }

  private static SequenceBatch ones(int... lengths) {
    SequenceBatch batch = Samples.batch(lengths, DIM, new SplittableRandom(0));
    Arrays.fill(batch.values().data, 1);
    return batch;
  }
}
