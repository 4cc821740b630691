package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.LastStates;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.ops.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** {@link Head#divideLogits} of every head. */
class LogitScaleTest {
  private static final int DIM = 40;
  private static final int LABELS = 4;
  private static final float TEMPERATURE = 2.5f;

  private final SequenceBatch x = Samples.batch(new int[] {3, 1, 4}, DIM, new SplittableRandom(3));

  static Stream<Head> heads() {
    SplittableRandom random = new SplittableRandom(5);
    Head crf = CrfHead.build("crf", DIM, CrfHead.Constraints.none(LABELS), random);
    Samples.randomize(crf.parameters(), 1, random);
    int[][] values = {{}, {0, 1}, {1}, {2}};
    return Stream.of(
        SoftmaxHead.build("softmax", DIM, LABELS, 0, random),
        SoftmaxHead.shared("feats", DIM, 0, values, 3, random),
        SoftmaxHead.shared("projected", DIM, 2, combinations(30), 30, random),
        SoftmaxHead.shared("factored", DIM, 0, combinations(300), 30, random),
        crf,
        new PooledHead(
            new LastStates(DIM / 2).build("pool", DIM, random),
            SoftmaxHead.build("document", DIM, LABELS, 0, random)));
  }

  /** Labels of two values each. */
  private static int[][] combinations(int labels) {
    int[][] values = new int[labels][];
    Arrays.setAll(values, i -> new int[] {i % 15, 15 + i / 15 % 15});
    return values;
  }

  @ParameterizedTest
  @MethodSource("heads")
  void ratiosOfSequenceProbabilitiesAreDividedByTheTemperature(Head head) {
    List<List<Head.Ranked>> before = head.nBest(x, 200, Samples.inference());
    head.divideLogits(TEMPERATURE, Ops.best());
    List<List<Head.Ranked>> after = head.nBest(x, 200, Samples.inference());
    for (int i = 0; i < before.size(); i++) {
      double first = before.get(i).get(0).logProbability();
      double scaledFirst = after.get(i).get(0).logProbability();
      assertThat(after.get(i).get(0).labels()).isEqualTo(before.get(i).get(0).labels());
      for (int rank = 0; rank < before.get(i).size(); rank++) {
        double difference = before.get(i).get(rank).logProbability() - first;
        assertThat(after.get(i).get(rank).logProbability() - scaledFirst)
            .isCloseTo(difference / TEMPERATURE, within(1e-4));
      }
    }
  }

  @ParameterizedTest
  @ValueSource(floats = {0, -1, Float.NaN, Float.POSITIVE_INFINITY})
  void aTemperatureIsPositiveAndFinite(float temperature) {
    heads()
        .forEach(
            head ->
                assertThatIllegalArgumentException()
                    .isThrownBy(() -> head.divideLogits(temperature, Ops.best()))
                    .withMessageContaining("expected more than 0, and finite"));
  }
}
