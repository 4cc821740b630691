package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;

class LabelCombinationsTest {
  private static final int DIM = 4;
  private static final int TOKENS = 6;

  private static PassContext pass() {
    return PassContext.inference(Ops.best(), new Workspace());
  }

  private static SequenceBatch states(Random random) {
    float[][] rows = new float[TOKENS][DIM];
    for (float[] row : rows) {
      for (int i = 0; i < DIM; i++) {
        row[i] = 3 * (float) random.nextGaussian();
      }
    }
    return SequenceBatch.of(new float[][][] {rows});
  }

  /** Brute force: all combinations of labels, by the product of their probabilities. */
  @Property(tries = 300)
  void aContradictionBecomesTheMostProbableCombination(@ForAll long seed) {
    Random random = new Random(seed);
    int[] sizes = {2 + random.nextInt(3), 1 + random.nextInt(3), 2 + random.nextInt(3)};
    List<int[]> known = new ArrayList<>();
    for (int i = 1 + random.nextInt(8); i > 0; i--) {
      known.add(Arrays.stream(sizes).map(random::nextInt).toArray());
    }
    SequenceBatch x = states(random);
    List<SoftmaxHead> heads = new ArrayList<>();
    List<FMatrixRMaj> p = new ArrayList<>();
    for (int size : sizes) {
      SoftmaxHead head = SoftmaxHead.build("h", DIM, size, 0, new SplittableRandom(seed + size));
      heads.add(head);
      p.add(head.probabilities(x, pass()));
    }
    List<Head.Decoded> decoded =
        new LabelCombinations(sizes, known.toArray(int[][]::new)).decode(heads, x, pass());
    for (int row = 0; row < TOKENS; row++) {
      int at = row;
      int[] apart = new int[sizes.length];
      for (int k = 0; k < sizes.length; k++) {
        apart[k] = heads.get(k).decode(x, pass()).labels()[row];
      }
      int[] labels = decoded.stream().mapToInt(head -> head.labels()[at]).toArray();
      boolean occurs = true;
      for (int k = 0; k < sizes.length; k++) {
        int own = k;
        occurs &= known.stream().anyMatch(combination -> combination[own] == apart[own]);
        assertThat(decoded.get(k).probabilities()[row])
            .isCloseTo(p.get(k).get(row, labels[k]), within(1e-5f));
      }
      if (!occurs || known.stream().anyMatch(combination -> Arrays.equals(combination, apart))) {
        assertThat(labels).containsExactly(apart);
      } else {
        double most =
            known.stream().mapToDouble(combination -> product(p, at, combination)).max().orElse(0);
        assertThat(known).anyMatch(combination -> Arrays.equals(combination, labels));
        assertThat(product(p, row, labels)).isCloseTo(most, within(1e-5 * most));
      }
    }
  }

  private static double product(List<FMatrixRMaj> p, int row, int[] labels) {
    double product = 1;
    for (int k = 0; k < labels.length; k++) {
      product *= p.get(k).get(row, labels[k]);
    }
    return product;
  }

  @Test
  void withoutCombinationsAllLabelsStay() {
    SequenceBatch x = states(new Random(1));
    SoftmaxHead head = SoftmaxHead.build("h", DIM, 3, 0, new SplittableRandom(1));
    LabelCombinations none = new LabelCombinations(new int[] {3, 3}, new int[0][]);
    Head.Decoded alone = head.decode(x, pass());
    for (Head.Decoded decoded : none.decode(List.of(head, head), x, pass())) {
      assertThat(decoded.labels()).containsExactly(alone.labels());
      assertThat(decoded.probabilities()).containsExactly(alone.probabilities());
    }
  }

  @Test
  void aCombinationHasALabelOfEachHead() {
    int[] sizes = {2, 2};
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelCombinations(sizes, new int[][] {{1}}))
        .withMessage("a combination has 1 labels for 2 heads");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelCombinations(sizes, new int[][] {{1, 2}}))
        .withMessage("a combination has the label 2, of a head with 2");
    int many = Integer.MAX_VALUE / 1000;
    assertThatThrownBy(
            () -> new LabelCombinations(new int[] {many, many, many, many}, new int[0][]))
        .isInstanceOf(ArithmeticException.class);
  }
}
