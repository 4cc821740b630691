package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The definition, label by label. */
class PartAgreementTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 7, 50})
  void eachLabelGetsTheFactorOfItsNumberOfParts(int labels) {
    Random random = new Random(labels);
    int[] counts = random.ints(labels, 1, 40).toArray();
    FMatrixRMaj p = new FMatrixRMaj(2, labels);
    for (int row = 0; row < 2; row++) {
      float[] values = new float[labels];
      float sum = 0;
      for (int j = 0; j < labels; j++) {
        values[j] = random.nextFloat();
        sum += values[j];
      }
      for (int j = 0; j < labels; j++) {
        p.data[row * labels + j] = values[j] / sum;
      }
    }
    FMatrixRMaj before = p.copy();
    PartAgreement agreement = new PartAgreement(p, counts);
    float[] own = agreement.distribution(1);
    float[] other = new float[own.length];
    PartAgreement.add(other, 2, 0.75f);
    PartAgreement.add(other, 39, 0.25f);
    agreement.agree(1, own, other);

    double[] expected = new double[labels];
    for (int j = 0; j < labels; j++) {
      double share = counts[j] == 2 ? 0.75 : counts[j] >= 31 ? 0.25 : 0;
      expected[j] = before.get(1, j) * Math.sqrt(0.02 + share);
    }
    double sum = Arrays.stream(expected).sum();
    for (int j = 0; j < labels; j++) {
      assertThat((double) p.get(1, j)).isCloseTo(expected[j] / sum, within(1e-5));
      assertThat(p.get(0, j)).isEqualTo(before.get(0, j));
    }
    for (int count = 0; count < own.length; count++) {
      double all = 0;
      for (int j = 0; j < labels; j++) {
        all += Math.min(31, counts[j]) == count ? before.get(1, j) : 0;
      }
      assertThat((double) own[count]).isCloseTo(all, within(1e-5));
    }
  }
}
