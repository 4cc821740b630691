package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SoftmaxHeadTest {
  private static final int DIM = 4;
  private static final int LABELS = 5;

  private final SplittableRandom random = new SplittableRandom(1);
  private final SequenceBatch x = Samples.batch(new int[] {3, 1, 4}, DIM, random);

  @ParameterizedTest
  @ValueSource(floats = {0, 0.1f, 0.9f})
  void lossIsCrossEntropyWithSmoothedTargets(float smoothing) {
    SoftmaxHead head = head(smoothing);
    int[] gold = {0, 4, Head.NO_LABEL, 1, 2, 2, Head.NO_LABEL, 3};
    double expected = 0;
    for (int i = 0; i < gold.length; i++) {
      if (gold[i] != Head.NO_LABEL) {
        double[] p = probabilities(head, i);
        for (int j = 0; j < LABELS; j++) {
          double target = smoothing / LABELS + (j == gold[i] ? 1 - smoothing : 0);
          expected -= target * Math.log(p[j]);
        }
      }
    }
    assertThat(head.loss(x, gold, 1, Samples.training(1)).sum()).isCloseTo(expected, within(1e-5));
    // The weight applies to the gradient only.
    assertThat(head.loss(x, gold, 0.1f, Samples.training(1)).sum())
        .isCloseTo(expected, within(1e-5));
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3})
  void labelsWithoutValuesShareNothing(int rank) {
    SoftmaxHead head = SoftmaxHead.shared("head", DIM, rank, new int[][] {{}, {}}, 0, random);
    long weights = head.parameters().stream().mapToLong(weight -> weight.size()).sum();
    assertThat(weights).isEqualTo(SoftmaxHead.sharedWeights(DIM, rank, 2, 0));
    assertThat(head.loss(x, new int[8], 1, Samples.training(1)).sum()).isPositive();
    assertThat(head.decode(x, Samples.inference()).labels()).hasSize(8);
  }

  @Test
  void bestLabelHasTheHighestProbability() {
    SoftmaxHead head = head(0);
    Head.Decoded decoded = head.decode(x, Samples.inference());
    assertThat(decoded.labels()).hasSize(8);
    for (int i = 0; i < 8; i++) {
      double[] p = probabilities(head, i);
      int best = decoded.labels()[i];
      for (double other : p) {
        assertThat(p[best]).isGreaterThanOrEqualTo(other);
      }
      assertThat((double) decoded.probabilities()[i]).isCloseTo(p[best], within(1e-6));
    }
    assertThat(java.util.Arrays.stream(decoded.labels()).distinct().count()).isGreaterThan(1);
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 625, 1000})
  void nBestMatchesEnumeration(int n) {
    SoftmaxHead head = head(0);
    SequenceBatch sentence = Samples.batch(new int[] {4}, DIM, random);
    double[][] p = new double[4][];
    for (int t = 0; t < 4; t++) {
      p[t] = probabilities(head, sentence, t);
    }
    List<Double> all = new ArrayList<>();
    for (int sequence = 0; sequence < 625; sequence++) {
      double product = 1;
      for (int t = 0, rest = sequence; t < 4; t++, rest /= LABELS) {
        product *= p[t][rest % LABELS];
      }
      all.add(Math.log(product));
    }
    all.sort(Comparator.reverseOrder());
    List<Head.Ranked> best = head.nBest(sentence, n, Samples.inference()).get(0);
    assertThat(best).hasSize(Math.min(n, 625));
    assertThat(best.stream().map(r -> Arrays.toString(r.labels()))).doesNotHaveDuplicates();
    for (int i = 0; i < best.size(); i++) {
      Head.Ranked ranked = best.get(i);
      assertThat(ranked.logProbability()).isCloseTo(all.get(i), within(1e-5));
      double product = 1;
      for (int t = 0; t < 4; t++) {
        assertThat((double) ranked.probabilities()[t])
            .isCloseTo(p[t][ranked.labels()[t]], within(1e-6));
        product *= p[t][ranked.labels()[t]];
      }
      assertThat(ranked.logProbability()).isCloseTo(Math.log(product), within(1e-5));
    }
    assertThat(best.get(0).labels()).isEqualTo(head.decode(sentence, Samples.inference()).labels());
  }

  @Test
  void aPriorMultipliesProbabilities() {
    SoftmaxHead head = head(0);
    // Each row may have two of the five labels, one of which is thrice as likely as the head says.
    SoftmaxHead.Prior prior =
        (row, label) -> label == row % LABELS ? 3 : label == (row + 2) % LABELS ? 1 : 0;
    Head.Decoded decoded =
        SoftmaxHead.best(head.probabilities(x, prior, Samples.inference()), Ops.best());
    for (int i = 0; i < 8; i++) {
      double[] p = probabilities(head, i);
      int one = i % LABELS;
      int other = (i + 2) % LABELS;
      // A label that is 1/200 as likely as another possible one is not considered.
      double first = p[one] >= 0.005 * p[other] ? 3 * p[one] : 0;
      double second = p[other] >= 0.005 * p[one] ? p[other] : 0;
      assertThat(decoded.labels()[i]).isEqualTo(first > second ? one : other);
      assertThat((double) decoded.probabilities()[i])
          .isCloseTo(Math.max(first, second) / (first + second), within(1e-6));
    }
    List<List<Head.Ranked>> best = head.nBest(x, 100, prior, Samples.inference());
    for (int i = 0; i < 3; i++) {
      int length = x.packing().length(i);
      assertThat(best.get(i)).hasSize(1 << length);
      double all = best.get(i).stream().mapToDouble(r -> Math.exp(r.logProbability())).sum();
      assertThat(all).isCloseTo(1, within(1e-5));
      for (int t = 0; t < length; t++) {
        int row = x.packing().row(i, t);
        int at = t;
        assertThat(best.get(i)).allMatch(ranked -> prior.factor(row, ranked.labels()[at]) > 0);
        assertThat(best.get(i).get(0).labels()[t]).isEqualTo(decoded.labels()[row]);
      }
    }
  }

  @Test
  void anUnlikelyLabelRemainsIfNoOtherIsPossible() {
    SoftmaxHead head = head(0);
    FMatrixRMaj bias = Samples.parameter(head.parameters(), "bias").value();
    for (float distance : new float[] {10, 60, 400}) {
      bias.data[1] = -distance;
      SoftmaxHead.Prior prior = (row, label) -> label == 1 ? 2 : 0;
      Head.Decoded decoded =
          SoftmaxHead.best(head.probabilities(x, prior, Samples.inference()), Ops.best());
      assertThat(decoded.labels()).containsOnly(1);
      assertThat(decoded.probabilities()).containsOnly(1f);
    }
  }

  @Test
  void labelsShareTheLogitsOfTheirValues() {
    int[][] values = {{}, {0}, {0, 1}, {1}};
    SoftmaxHead head = SoftmaxHead.shared("head", DIM, 0, values, 2, random);
    Samples.randomize(head.parameters(), 1, random);
    FMatrixRMaj own = Samples.parameter(head.parameters(), "head.bias").value();
    FMatrixRMaj shared = Samples.parameter(head.parameters(), "head.values.bias").value();
    for (String kernel : List.of("head.kernel", "head.values.kernel")) {
      Samples.parameter(head.parameters(), kernel).value().zero();
    }
    double[] z = new double[4];
    for (int label = 0; label < 4; label++) {
      z[label] = own.get(0, label);
      for (int value : values[label]) {
        z[label] += shared.get(0, value);
      }
    }
    double sum = Arrays.stream(z).map(Math::exp).sum();
    int best = head.decode(x, Samples.inference()).labels()[0];
    assertThat(z[best]).isEqualTo(Arrays.stream(z).max().orElseThrow());
    assertThat((double) head.decode(x, Samples.inference()).probabilities()[0])
        .isCloseTo(Math.exp(z[best]) / sum, within(1e-5));
  }

  @ParameterizedTest(name = "{0} labels of {1} values, rank {2}")
  @CsvSource({"60, 50, 0", "300, 200, 0", "300, 3, 0", "300, 200, 5", "60, 3, 2"})
  void inferenceGivesTheProbabilitiesOfTraining(int labels, int count, int rank) {
    int[][] values =
        IntStream.range(0, labels)
            .mapToObj(label -> new int[] {label % count, (label * 7 + 1) % count})
            .map(pair -> Arrays.stream(pair).distinct().toArray())
            .toArray(int[][]::new);
    SoftmaxHead head = SoftmaxHead.shared("head", DIM, rank, values, count, random);
    PackedWeights weights = new PackedWeights(Ops.best());
    for (int change = 0; change < 2; change++) {
      Samples.randomize(head.parameters(), 0.5f, random);
      weights.expire();
      FMatrixRMaj one =
          head.probabilities(x, PassContext.inference(Ops.best(), new Workspace(), weights)).copy();
      FMatrixRMaj parts = head.probabilities(x, Samples.training(1));
      for (int i = 0; i < one.getNumElements(); i++) {
        assertThat(one.data[i]).isCloseTo(parts.data[i], within(1e-5f));
      }
    }
  }

  @Test
  void nBestOfBatchKeepsItsOrder() {
    SoftmaxHead head = head(0);
    float[][][] tensor = Samples.tensor(new int[] {3, 1, 4}, DIM, random);
    List<List<Head.Ranked>> together = head.nBest(SequenceBatch.of(tensor), 3, Samples.inference());
    for (int i = 0; i < tensor.length; i++) {
      SequenceBatch alone = SequenceBatch.of(new float[][][] {tensor[i]});
      assertThat(together.get(i))
          .usingRecursiveComparison()
          .isEqualTo(head.nBest(alone, 3, Samples.inference()).get(0));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.nBest(x, 0, Samples.inference()))
        .withMessage("0 best sequences, expected at least 1");
  }

  @Test
  void lossIsFiniteForTinyProbabilities() {
    SoftmaxHead head = head(0);
    FMatrixRMaj bias = Samples.parameter(head.parameters(), "head.bias").value();
    bias.data[0] = 1000;
    int[] gold = {1, 1, 1, 1, 1, 1, 1, 1};
    assertThat(head.loss(x, gold, 1, Samples.training(1)).sum()).isFinite().isGreaterThan(8 * 60);
  }

  @Test
  void labelsOutOfRangeAreRefused() {
    for (int label : new int[] {LABELS, -2}) {
      int[] gold = {0, 0, 0, label, 0, 0, 0, 0};
      assertThatIllegalArgumentException()
          .isThrownBy(() -> head(0).loss(x, gold, 1, Samples.training(1)))
          .withMessage("row 3 has the gold label %d, expected 0 to 4 or NO_LABEL", label);
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {-0.1f, 1, Float.NaN})
  void smoothingOutOfRangeIsRefused(float smoothing) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head(smoothing))
        .withMessage("smoothing %s is not in [0, 1)", smoothing);
  }

  private SoftmaxHead head(float smoothing) {
    SoftmaxHead head = SoftmaxHead.build("head", DIM, LABELS, smoothing, random);
    Samples.randomize(head.parameters(), 2, random);
    return head;
  }

  /** {@code softmax(W x + b)} of one row in double precision. */
  private double[] probabilities(SoftmaxHead head, int row) {
    return probabilities(head, x, row);
  }

  private static double[] probabilities(SoftmaxHead head, SequenceBatch batch, int row) {
    FMatrixRMaj w = Samples.parameter(head.parameters(), "head.kernel").value();
    FMatrixRMaj b = Samples.parameter(head.parameters(), "head.bias").value();
    double[] p = new double[LABELS];
    double sum = 0;
    for (int j = 0; j < LABELS; j++) {
      double z = b.get(0, j);
      for (int k = 0; k < DIM; k++) {
        z += (double) batch.values().get(row, k) * w.get(k, j);
      }
      p[j] = Math.exp(z);
      sum += p[j];
    }
    for (int j = 0; j < LABELS; j++) {
      p[j] /= sum;
    }
    return p;
  }
}
