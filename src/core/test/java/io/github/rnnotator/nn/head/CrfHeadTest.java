package io.github.rnnotator.nn.head;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Samples;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.Predicate;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A CRF against the enumeration of all label sequences in double precision. */
class CrfHeadTest {
  private static final int DIM = 3;
  private static final int LONGEST = 5;
  private static final int MOST_LABELS = 4;

  // ---- Against all sequences -------------------------------------------------------------------

  @ParameterizedTest(name = "scores to {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "50, false", "50, true"})
  void lossMatchesEnumeration(float scale, boolean constrained) {
    int tried = 0;
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        continue;
      }
      int[] gold = all.get(c.random.nextInt(all.size())).labels;
      double expected = logSum(all, s -> true) - logSum(all, s -> Arrays.equals(s.labels, gold));
      double loss = c.head.loss(c.x, gold, 1, Samples.training(1)).sum();
      assertThat(loss).as("%s", c).isCloseTo(expected, within(2e-5 * scale));
      tried++;
    }
    assertThat(tried).isGreaterThan(50);
  }

  @ParameterizedTest(name = "scores to {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "50, false", "50, true"})
  void gradientsAreExpectedCountsMinusGoldCounts(float scale, boolean constrained) {
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      if (!all.isEmpty()) {
        int[] gold = all.get(c.random.nextInt(all.size())).labels;
        checkGradients(c, gold, all, s -> Arrays.equals(s.labels, gold), scale);
      }
    }
  }

  @ParameterizedTest(name = "margin {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "0.3, false", "20, true"})
  void marginAddsToTheScoreForEachError(float margin, boolean constrained) {
    int tried = 0;
    for (Case c : cases(1, constrained)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        continue;
      }
      int[] gold = all.get(c.random.nextInt(all.size())).labels.clone();
      if (gold.length > 2) {
        gold[1] = Head.NO_LABEL;
      }
      List<Sequence> raised = new ArrayList<>();
      for (Sequence s : all) {
        double errors = 0;
        for (int t = 0; t < gold.length; t++) {
          errors += gold[t] == Head.NO_LABEL || gold[t] == s.labels[t] ? 0 : 1;
        }
        raised.add(new Sequence(s.labels, s.score + margin * errors));
      }
      double expected = logSum(raised, s -> true) - logSum(raised, s -> agrees(s.labels, gold));
      CrfHead head = CrfHead.build("head", DIM, c.constraints, margin, c.random);
      for (int i = 0; i < head.parameters().size(); i++) {
        Parameter to = head.parameters().get(i);
        System.arraycopy(c.head.parameters().get(i).value().data, 0, to.value().data, 0, to.size());
      }
      double loss = head.loss(c.x, gold, 1, Samples.training(1)).sum();
      assertThat(loss).as("%s", c).isCloseTo(expected, within(2e-5 * Math.max(1, margin)));
      tried += loss > c.head.loss(c.x, gold, 1, Samples.training(1)).sum() ? 1 : 0;
      assertThat(head.decode(c.x, Samples.inference()).labels())
          .isEqualTo(c.head.decode(c.x, Samples.inference()).labels());
    }
    assertThat(tried).as("losses that the margin increases").isGreaterThan(50);
  }

  @ParameterizedTest(name = "scores to {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "50, false", "50, true"})
  void tokenWithoutLabelMayHaveAny(float scale, boolean constrained) {
    int tried = 0;
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        continue;
      }
      int[] gold = all.get(c.random.nextInt(all.size())).labels.clone();
      gold[c.random.nextInt(gold.length)] = Head.NO_LABEL;
      gold[c.random.nextInt(gold.length)] = Head.NO_LABEL;
      Predicate<Sequence> agrees = s -> agrees(s.labels, gold);
      boolean labelled = Arrays.stream(gold).anyMatch(label -> label != Head.NO_LABEL);
      double expected = labelled ? logSum(all, s -> true) - logSum(all, agrees) : 0;
      double loss = c.head.loss(c.x, gold, 1, Samples.training(1)).sum();
      assertThat(loss).as("%s", c).isCloseTo(expected, within(2e-5 * scale));
      checkGradients(c, gold, all, labelled ? agrees : s -> true, scale);
      tried += labelled ? 1 : 0;
    }
    assertThat(tried).isGreaterThan(50);
  }

  @ParameterizedTest(name = "scores to {0}, constrained {1}, margin {2}")
  @CsvSource({"1, false, 0", "1, true, 0", "50, false, 0", "50, true, 0", "1, true, 0.7"})
  void tokenWithSetMayHaveAnyLabelOfIt(float scale, boolean constrained, float margin) {
    int tried = 0;
    int partly = 0;
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        continue;
      }
      GoldLabels gold = c.withSets(all.get(c.random.nextInt(all.size())).labels);
      List<Sequence> raised = new ArrayList<>();
      for (Sequence s : all) {
        double errors = 0;
        for (int t = 0; t < s.labels.length; t++) {
          errors += isIn(gold, t, s.labels[t]) ? 0 : 1;
        }
        raised.add(new Sequence(s.labels, s.score + margin * errors));
      }
      Predicate<Sequence> agrees = s -> agrees(s.labels, gold);
      double expected = logSum(raised, s -> true) - logSum(raised, agrees);
      CrfHead head = c.withMargin(margin);
      double loss = head.loss(c.x, gold.rows(), gold.sets(), 1, Samples.training(1)).sum();
      assertThat(loss).as("%s", c).isCloseTo(expected, within(2e-5 * scale));
      if (margin == 0) {
        checkGradients(c, gold, all, agrees, scale);
      }
      long agreeing = all.stream().filter(agrees).count();
      tried++;
      partly += agreeing > 1 && agreeing < all.size() ? 1 : 0;
    }
    assertThat(tried).isGreaterThan(50);
    assertThat(partly).as("sets that allow some sequences").isGreaterThan(30);
  }

  @Test
  void setOfOneLabelIsThatLabelAndSetOfAllIsNoLabel() {
    for (Case c : cases(1, true)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        continue;
      }
      int[] exact = all.get(0).labels.clone();
      int[] sets = exact.clone();
      boolean[][] members = new boolean[2][c.labels()];
      int at = c.random.nextInt(exact.length);
      members[0][exact[at]] = true;
      Arrays.fill(members[1], true);
      sets[at] = c.labels();
      LabelSets table = new LabelSets(members);
      double one = c.head.loss(c.x, sets, table, 1, Samples.training(1)).sum();
      assertThat(one)
          .isCloseTo(c.head.loss(c.x, exact, 1, Samples.training(1)).sum(), within(2e-5));
      if (exact.length > 1) {
        sets[at] = c.labels() + 1;
        exact[at] = Head.NO_LABEL;
        assertThat(c.head.loss(c.x, sets, table, 1, Samples.training(1)).sum())
            .isEqualTo(c.head.loss(c.x, exact, 1, Samples.training(1)).sum());
      }
    }
  }

  @Test
  void setsThatNoLegalSequenceAgreesWithAreIgnored() {
    SplittableRandom random = new SplittableRandom(11);
    CrfHead.Constraints constraints = CrfHead.Constraints.none(3);
    constraints.starts()[1] = false;
    constraints.starts()[2] = false;
    CrfHead head = head(constraints, 1, random);
    SequenceBatch x = Samples.batch(new int[] {2}, DIM, random);
    LabelSets sets = new LabelSets(new boolean[][] {{false, true, true}});
    Head.Loss loss = head.loss(x, new int[] {3, 0}, sets, 1, Samples.training(11));
    Gradients gradients = new Gradients(head.parameters());
    FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients).copy();
    assertThat(loss.sum()).isZero();
    assertThat(dX.data).containsOnly(0);
    assertThat(head.loss(x, new int[] {0, 3}, sets, 1, Samples.training(11)).sum()).isPositive();
  }

  @ParameterizedTest(name = "scores to {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "50, false", "50, true"})
  void decodingGivesBestSequenceWithItsMarginals(float scale, boolean constrained) {
    int unlike = 0;
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      Head.Decoded decoded = c.head.decode(c.x, Samples.inference());
      if (all.isEmpty()) {
        // No sequence of this length is legal, so all are.
        all = c.without().sequences();
      }
      Sequence best = all.stream().max((a, b) -> Double.compare(a.score, b.score)).orElseThrow();
      assertThat(decoded.labels()).as("%s", c).isEqualTo(best.labels);
      double partition = logSum(all, s -> true);
      for (int t = 0; t < best.labels.length; t++) {
        int at = t;
        double marginal = Math.exp(logSum(all, s -> s.labels[at] == best.labels[at]) - partition);
        assertThat((double) decoded.probabilities()[t])
            .as("%s, token %d", c, t)
            .isCloseTo(marginal, within(2e-5))
            .isBetween(0.0, 1.0);
        double others = all.stream().filter(s -> s.labels[at] != best.labels[at]).count();
        unlike += others > 0 && marginal < 0.5 ? 1 : 0;
      }
    }
    if (scale == 1) {
      assertThat(unlike).as("labels of the best sequence that are unlikely").isPositive();
    }
  }

  @ParameterizedTest(name = "scores to {0}, constrained {1}")
  @CsvSource({"1, false", "1, true", "50, false", "50, true"})
  void nBestSequencesAreSortedWithTheirProbabilities(float scale, boolean constrained) {
    for (Case c : cases(scale, constrained)) {
      List<Sequence> all = c.sequences();
      if (all.isEmpty()) {
        all = c.without().sequences();
      }
      all.sort((a, b) -> Double.compare(b.score, a.score));
      double partition = logSum(all, s -> true);
      for (int n : new int[] {1, 3, 2000}) {
        List<CrfHead.Ranked> best = c.head.nBest(c.x, n, Samples.inference()).get(0);
        assertThat(best).as("%s", c).hasSize(Math.min(n, all.size()));
        for (int i = 0; i < best.size(); i++) {
          assertThat(best.get(i).logProbability())
              .as("%s, best %d of %d", c, i, n)
              .isCloseTo(all.get(i).score - partition, within(3e-5 * scale));
        }
        for (Head.Ranked ranked : best.subList(0, Math.min(3, best.size()))) {
          for (int t = 0; t < ranked.labels().length; t++) {
            int at = t;
            double marginal =
                Math.exp(logSum(all, s -> s.labels[at] == ranked.labels()[at]) - partition);
            assertThat((double) ranked.probabilities()[t])
                .as("%s, token %d", c, t)
                .isCloseTo(marginal, within(2e-5));
          }
        }
        assertThat(best.get(0).labels()).isEqualTo(all.get(0).labels);
        // Every sequence occurs once.
        if (n == 2000) {
          assertThat(best.stream().map(r -> Arrays.toString(r.labels())))
              .containsExactlyInAnyOrderElementsOf(
                  all.stream().map(s -> Arrays.toString(s.labels)).toList());
        }
      }
    }
  }

  @Test
  void nBestOfBatchEqualsNBestOfItsSentences() {
    SplittableRandom random = new SplittableRandom(10);
    CrfHead head = head(CrfHead.Constraints.none(4), 1, random);
    float[][][] tensor = Samples.tensor(new int[] {3, 7, 1, 7, 2}, DIM, random);
    List<List<CrfHead.Ranked>> together =
        head.nBest(SequenceBatch.of(tensor), 3, Samples.inference());
    assertThat(together).hasSize(tensor.length);
    for (int i = 0; i < tensor.length; i++) {
      SequenceBatch alone = SequenceBatch.of(new float[][][] {tensor[i]});
      assertThat(together.get(i))
          .usingRecursiveComparison()
          .isEqualTo(head.nBest(alone, 3, Samples.inference()).get(0));
      assertThat(together.get(i).get(0).labels())
          .isEqualTo(head.decode(alone, Samples.inference()).labels());
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.nBest(SequenceBatch.of(tensor), 0, Samples.inference()))
        .withMessage("0 best sequences, expected at least 1");
  }

  // ---- Batches ---------------------------------------------------------------------------------

  @Test
  void sentenceIsDecodedInBatchAsAlone() {
    SplittableRandom random = new SplittableRandom(2);
    CrfHead head = head(CrfHead.Constraints.none(4), 1, random);
    float[][][] tensor = Samples.tensor(new int[] {3, 7, 1, 7, 2}, DIM, random);
    SequenceBatch batch = SequenceBatch.of(tensor);
    Head.Decoded together = head.decode(batch, Samples.inference());
    int[] gold = new int[batch.packing().tokens()];
    Arrays.setAll(gold, i -> i % 5 == 0 ? Head.NO_LABEL : i % 4);
    double sum = 0;
    for (int i = 0; i < tensor.length; i++) {
      SequenceBatch alone = SequenceBatch.of(new float[][][] {tensor[i]});
      Head.Decoded decoded = head.decode(alone, Samples.inference());
      int[] own = new int[tensor[i].length];
      for (int t = 0; t < own.length; t++) {
        int row = batch.packing().row(i, t);
        assertThat(together.labels()[row]).isEqualTo(decoded.labels()[t]);
        assertThat(together.probabilities()[row]).isEqualTo(decoded.probabilities()[t]);
        own[t] = gold[row];
      }
      sum += head.loss(alone, own, 1, Samples.training(2)).sum();
    }
    assertThat(head.loss(batch, gold, 1, Samples.training(2)).sum()).isEqualTo(sum);
    // The weight applies to the gradient only.
    assertThat(head.loss(batch, gold, 0.1f, Samples.training(2)).sum()).isEqualTo(sum);
  }

  @Test
  void sentenceOf5000TokensIsAsExactAsShortOne() {
    SplittableRandom random = new SplittableRandom(3);
    Case c = new Case(head(CrfHead.Constraints.none(4), 5, random), 5000, random);
    int[] gold = new int[5000];
    Arrays.setAll(gold, i -> random.nextInt(4));
    double[] forward = new double[4];
    double[][] emissions = c.emissions();
    for (int t = 0; t < 5000; t++) {
      double[] next = new double[4];
      for (int j = 0; j < 4; j++) {
        double[] into = new double[4];
        for (int i = 0; i < 4; i++) {
          into[i] = forward[i] + c.value("transitions", i, j);
        }
        next[j] = emissions[t][j] + (t == 0 ? c.value("start", 0, j) : logSum(into));
      }
      forward = next;
    }
    for (int j = 0; j < 4; j++) {
      forward[j] += c.value("end", 0, j);
    }
    double expected = logSum(forward) - c.score(emissions, gold);
    double loss = c.head.loss(c.x, gold, 1, Samples.training(3)).sum();
    assertThat(loss).isGreaterThan(10_000).isCloseTo(expected, within(5e-7 * expected));
    assertThat(c.head.decode(c.x, Samples.inference()).probabilities()).doesNotContain(Float.NaN);
  }

  // ---- Labels that are ignored ---------------------------------------------------------------

  @Test
  void illegalGoldLabelsAreIgnored() {
    SplittableRandom random = new SplittableRandom(4);
    CrfHead.Constraints constraints = CrfHead.Constraints.none(3);
    constraints.transitions()[0][1] = false;
    constraints.starts()[2] = false;
    constraints.ends()[1] = false;
    CrfHead head = head(constraints, 1, random);
    float[][][] tensor = Samples.tensor(new int[] {3, 3}, DIM, random);
    int none = Head.NO_LABEL;
    int[] legal = {0, 0, 2};
    for (int[] illegal :
        List.of(
            new int[] {0, 1, 0},
            new int[] {2, 0, 0},
            new int[] {1, 1, 1},
            new int[] {none, 0, 1},
            new int[] {2, none, none})) {
      Gradients one = new Gradients(head.parameters());
      Gradients both = new Gradients(head.parameters());
      double alone = train(head, new float[][][] {tensor[0]}, legal, one).sum;
      int[] gold = {legal[0], illegal[0], legal[1], illegal[1], legal[2], illegal[2]};
      Trained together = train(head, tensor, gold, both);
      assertThat(together.sum).isEqualTo(alone).isPositive();
      for (Parameter parameter : head.parameters()) {
        assertThat(both.of(parameter).data).containsExactly(one.of(parameter).data, within(1e-6f));
      }
      for (int t = 0; t < 3; t++) {
        assertThat(together.dX.get(2 * t + 1, 0)).isZero();
        assertThat(together.dX.get(2 * t, 0)).isNotZero();
      }
    }
  }

  @Test
  void sentenceWithoutLabelsIsIgnored() {
    SplittableRandom random = new SplittableRandom(5);
    CrfHead head = head(CrfHead.Constraints.none(3), 1, random);
    int[] gold = new int[4];
    Arrays.fill(gold, Head.NO_LABEL);
    Gradients gradients = new Gradients(head.parameters());
    Trained trained = train(head, Samples.tensor(new int[] {1, 3}, DIM, random), gold, gradients);
    assertThat(trained.sum).isZero();
    assertThat(trained.dX.data).containsOnly(0);
    for (Parameter parameter : head.parameters()) {
      assertThat(gradients.of(parameter).data).containsOnly(0);
    }
  }

  @Test
  void illegalTransitionsAreNeverLearned() {
    SplittableRandom random = new SplittableRandom(6);
    CrfHead.Constraints constraints = CrfHead.Constraints.none(3);
    constraints.transitions()[0][1] = false;
    constraints.starts()[2] = false;
    constraints.ends()[1] = false;
    CrfHead head = head(constraints, 1, random);
    Gradients gradients = new Gradients(head.parameters());
    float[][][] tensor = Samples.tensor(new int[] {3, 4}, DIM, random);
    train(head, tensor, new int[] {0, 1, 0, 2, 2, 0, 0}, gradients);
    for (Parameter parameter : head.parameters().subList(2, 5)) {
      FMatrixRMaj d = gradients.of(parameter);
      for (int i = 0; i < d.numRows; i++) {
        for (int j = 0; j < d.numCols; j++) {
          boolean illegal =
              switch (parameter.name()) {
                case "head.transitions" -> i == 0 && j == 1;
                case "head.start" -> j == 2;
                default -> j == 1;
              };
          if (illegal) {
            assertThat(d.get(i, j)).as("%s[%d, %d]", parameter, i, j).isZero();
          } else {
            assertThat(d.get(i, j)).as("%s[%d, %d]", parameter, i, j).isNotZero();
          }
        }
      }
    }
  }

  @Test
  void freshHeadTreatsTokensIndependently() {
    SplittableRandom random = new SplittableRandom(7);
    CrfHead crf = CrfHead.build("head", DIM, CrfHead.Constraints.none(4), new SplittableRandom(1));
    SoftmaxHead softmax = SoftmaxHead.build("head", DIM, 4, 0, new SplittableRandom(1));
    assertThat(crf.parameters().stream().map(Parameter::toString))
        .containsExactly(
            "head.kernel [3 x 4]",
            "head.bias [1 x 4]",
            "head.transitions [4 x 4]",
            "head.start [1 x 4]",
            "head.end [1 x 4]");
    SequenceBatch x = Samples.batch(new int[] {3, 1, 4}, DIM, random);
    int[] gold = {0, 3, 2, 1, 1, 2, 0, 3};
    assertThat(crf.loss(x, gold, 1, Samples.training(7)).sum())
        .isCloseTo(softmax.loss(x, gold, 1, Samples.training(7)).sum(), within(1e-5));
    assertThat(crf.decode(x, Samples.inference()).labels())
        .isEqualTo(softmax.decode(x, Samples.inference()).labels());
    assertThat(crf.decode(x, Samples.inference()).probabilities())
        .containsExactly(softmax.decode(x, Samples.inference()).probabilities(), within(1e-6f));
  }

  // ---- Wrong use -------------------------------------------------------------------------------

  @Test
  void labelsOutOfRangeAreRefused() {
    SplittableRandom random = new SplittableRandom(8);
    CrfHead head = head(CrfHead.Constraints.none(3), 1, random);
    SequenceBatch x = Samples.batch(new int[] {2}, DIM, random);
    for (int label : new int[] {3, -2}) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> head.loss(x, new int[] {0, label}, 1, Samples.training(8)))
          .withMessage("row 1 has the gold label %d, expected 0 to 2 or NO_LABEL", label);
    }
  }

  @Test
  void setsOfWrongSizesAreRefused() {
    SplittableRandom random = new SplittableRandom(12);
    CrfHead head = head(CrfHead.Constraints.none(3), 1, random);
    SequenceBatch x = Samples.batch(new int[] {2}, DIM, random);
    LabelSets two = new LabelSets(new boolean[][] {{true, false}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.loss(x, new int[] {0, 1}, two, 1, Samples.training(8)))
        .withMessage("sets of 2 labels, expected 3");
    LabelSets three = new LabelSets(new boolean[][] {{true, false, true}});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> head.loss(x, new int[] {0, 4}, three, 1, Samples.training(8)))
        .withMessageContaining("row 1 has the gold label 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelSets(new boolean[][] {{true}, {true, false}}))
        .withMessage("sets of 1 and of 2 labels, expected the same");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LabelSets(new boolean[][] {{false, false}}))
        .withMessage("a set without labels; expected at least one");
  }

  @Test
  void constraintsOfUnequalSizesAreRefused() {
    boolean[] two = new boolean[2];
    boolean[] three = new boolean[3];
    for (boolean[][] transitions : List.of(new boolean[2][3], new boolean[3][2])) {
      assertThatIllegalArgumentException()
          .isThrownBy(() -> new CrfHead.Constraints(transitions, two, two));
    }
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new CrfHead.Constraints(new boolean[2][2], two, three))
        .withMessage(
            "constraints of 2 starts, 3 ends and 2 rows of transitions, expected equal sizes"
                + " and square transitions");
  }

  @Test
  void nanWeightsGiveNanLoss() {
    SplittableRandom random = new SplittableRandom(9);
    CrfHead head = head(CrfHead.Constraints.none(3), 1, random);
    Samples.parameter(head.parameters(), ".bias").value().data[1] = Float.NaN;
    SequenceBatch x = Samples.batch(new int[] {2, 3}, DIM, random);
    int[] gold = {0, 1, 2, 0, 2};
    assertThat(head.loss(x, gold, 1, Samples.training(9)).sum()).isNaN();
    gold[0] = Head.NO_LABEL;
    assertThat(head.loss(x, gold, 1, Samples.training(9)).sum()).isNaN();
    assertThat(head.decode(x, Samples.inference()).labels()).hasSize(5);
  }

  // ---- Fixtures --------------------------------------------------------------

  private record Sequence(int[] labels, double score) {}

  private record Trained(double sum, FMatrixRMaj dX) {}

  private static Trained train(CrfHead head, float[][][] tensor, int[] gold, Gradients gradients) {
    Head.Loss loss = head.loss(SequenceBatch.of(tensor), gold, 1, Samples.training(1));
    return new Trained(loss.sum(), loss.backprop().apply(new FMatrixRMaj(0, 0), gradients).copy());
  }

  private static CrfHead head(
      CrfHead.Constraints constraints, float scale, SplittableRandom random) {
    CrfHead head = CrfHead.build("head", DIM, constraints, random);
    Samples.randomize(head.parameters(), scale, random);
    return head;
  }

  /** One sentence of each length with each number of labels. */
  private static List<Case> cases(float scale, boolean constrained) {
    List<Case> cases = new ArrayList<>();
    for (int labels = 1; labels <= MOST_LABELS; labels++) {
      for (int length = 1; length <= LONGEST; length++) {
        for (int seed = 1; seed <= 5; seed++) {
          SplittableRandom random = new SplittableRandom(1000L * labels + 100L * length + seed);
          CrfHead.Constraints constraints = CrfHead.Constraints.none(labels);
          for (int i = 0; constrained && i < labels; i++) {
            constraints.starts()[i] = random.nextInt(3) > 0;
            constraints.ends()[i] = random.nextInt(3) > 0;
            for (int j = 0; j < labels; j++) {
              constraints.transitions()[i][j] = random.nextInt(3) > 0;
            }
          }
          cases.add(new Case(head(constraints, scale, random), constraints, length, random));
        }
      }
    }
    return cases;
  }

  private static final class Case {
    final CrfHead head;
    final CrfHead.Constraints constraints;
    final SequenceBatch x;
    final SplittableRandom random;

    Case(CrfHead head, CrfHead.Constraints constraints, int length, SplittableRandom random) {
      this(head, constraints, Samples.batch(new int[] {length}, DIM, random), random);
    }

    Case(CrfHead head, int length, SplittableRandom random) {
      this(head, CrfHead.Constraints.none(4), length, random);
    }

    private Case(
        CrfHead head, CrfHead.Constraints constraints, SequenceBatch x, SplittableRandom random) {
      this.head = head;
      this.constraints = constraints;
      this.x = x;
      this.random = random;
    }

    int labels() {
      return constraints.starts().length;
    }

    /** The same weights with a margin. */
    CrfHead withMargin(float margin) {
      CrfHead other = CrfHead.build("head", DIM, constraints, margin, random);
      for (int i = 0; i < other.parameters().size(); i++) {
        Parameter to = other.parameters().get(i);
        System.arraycopy(head.parameters().get(i).value().data, 0, to.value().data, 0, to.size());
      }
      return other;
    }

    /** These labels, some of them unknown or replaced by sets that they are in. */
    GoldLabels withSets(int[] labels) {
      int[] rows = labels.clone();
      boolean[][] sets = new boolean[rows.length][labels()];
      for (int t = 0; t < rows.length; t++) {
        for (int j = 0; j < labels(); j++) {
          sets[t][j] = j == labels[t] || random.nextInt(3) == 0;
        }
        int kind = t == 0 ? 2 : random.nextInt(4);
        rows[t] = kind == 0 ? labels[t] : kind == 1 ? Head.NO_LABEL : labels() + t;
      }
      return new GoldLabels(rows, labels(), new LabelSets(sets));
    }

    Case without() {
      return new Case(head, CrfHead.Constraints.none(labels()), x, random);
    }

    double value(String parameter, int i, int j) {
      return Samples.parameter(head.parameters(), "." + parameter).value().get(i, j);
    }

    double[][] emissions() {
      double[][] emissions = new double[x.packing().tokens()][labels()];
      for (int t = 0; t < emissions.length; t++) {
        for (int j = 0; j < labels(); j++) {
          emissions[t][j] = value("bias", 0, j);
          for (int k = 0; k < DIM; k++) {
            emissions[t][j] += x.values().get(t, k) * value("kernel", k, j);
          }
        }
      }
      return emissions;
    }

    double score(double[][] emissions, int[] y) {
      int last = y.length - 1;
      double score = value("start", 0, y[0]) + value("end", 0, y[last]);
      for (int t = 0; t <= last; t++) {
        score += emissions[t][y[t]] + (t == 0 ? 0 : value("transitions", y[t - 1], y[t]));
      }
      return score;
    }

    /** All legal sequences. */
    List<Sequence> sequences() {
      double[][] emissions = emissions();
      int length = emissions.length;
      List<Sequence> all = new ArrayList<>();
      for (int code = 0; code < Math.pow(labels(), length); code++) {
        int[] y = new int[length];
        int rest = code;
        for (int t = 0; t < length; t++) {
          y[t] = rest % labels();
          rest /= labels();
        }
        boolean legal = constraints.starts()[y[0]] && constraints.ends()[y[length - 1]];
        for (int t = 1; t < length; t++) {
          legal &= constraints.transitions()[y[t - 1]][y[t]];
        }
        if (legal) {
          all.add(new Sequence(y, score(emissions, y)));
        }
      }
      return all;
    }

    @Override
    public String toString() {
      return labels() + " labels, length " + x.packing().tokens();
    }
  }

  private static boolean isIn(GoldLabels gold, int t, int label) {
    int row = gold.rows()[t];
    return row == Head.NO_LABEL
        || row == label
        || (row >= gold.labels() && gold.sets().sets()[row - gold.labels()][label]);
  }

  private static boolean agrees(int[] labels, GoldLabels gold) {
    for (int t = 0; t < labels.length; t++) {
      if (!isIn(gold, t, labels[t])) {
        return false;
      }
    }
    return true;
  }

  private static boolean agrees(int[] labels, int[] gold) {
    for (int t = 0; t < gold.length; t++) {
      if (gold[t] != Head.NO_LABEL && gold[t] != labels[t]) {
        return false;
      }
    }
    return true;
  }

  private static double logSum(List<Sequence> all, Predicate<Sequence> which) {
    return logSum(all.stream().filter(which).mapToDouble(Sequence::score).toArray());
  }

  private static double logSum(double[] logs) {
    double max = Arrays.stream(logs).max().orElse(Double.NEGATIVE_INFINITY);
    return max + Math.log(Arrays.stream(logs).map(v -> Math.exp(v - max)).sum());
  }

  /** Every gradient is the expectation over all sequences minus that over these. */
  private static void checkGradients(
      Case c, int[] gold, List<Sequence> all, Predicate<Sequence> these, float scale) {
    checkGradients(c, new GoldLabels(gold, c.labels(), LabelSets.NONE), all, these, scale);
  }

  private static void checkGradients(
      Case c, GoldLabels gold, List<Sequence> all, Predicate<Sequence> these, float scale) {
    float weight = 0.7f;
    Gradients gradients = new Gradients(c.head.parameters());
    Head.Loss loss = c.head.loss(c.x, gold.rows(), gold.sets(), weight, Samples.training(1));
    FMatrixRMaj dX = loss.backprop().apply(new FMatrixRMaj(0, 0), gradients);
    int labels = c.labels();
    int length = gold.rows().length;
    double[][] dEmissions = new double[length][labels];
    double[][] dTransitions = new double[labels][labels];
    double[] dStart = new double[labels];
    double[] dEnd = new double[labels];
    for (boolean minus : new boolean[] {false, true}) {
      Predicate<Sequence> which = minus ? these : s -> true;
      double sum = logSum(all, which);
      for (Sequence s : all.stream().filter(which).toList()) {
        double p = (minus ? -weight : weight) * Math.exp(s.score - sum);
        for (int t = 0; t < length; t++) {
          dEmissions[t][s.labels[t]] += p;
          if (t > 0) {
            dTransitions[s.labels[t - 1]][s.labels[t]] += p;
          }
        }
        dStart[s.labels[0]] += p;
        dEnd[s.labels[length - 1]] += p;
      }
    }
    for (int j = 0; j < labels; j++) {
      double dBias = 0;
      for (int t = 0; t < length; t++) {
        dBias += dEmissions[t][j];
      }
      close(c, gradients, ".bias", 0, j, dBias);
      close(c, gradients, ".start", 0, j, dStart[j]);
      close(c, gradients, ".end", 0, j, dEnd[j]);
      for (int i = 0; i < labels; i++) {
        close(c, gradients, ".transitions", i, j, dTransitions[i][j]);
      }
    }
    for (int t = 0; t < length; t++) {
      for (int k = 0; k < DIM; k++) {
        double expected = 0;
        for (int j = 0; j < labels; j++) {
          expected += dEmissions[t][j] * c.value("kernel", k, j);
        }
        assertThat((double) dX.get(t, k)).as("%s", c).isCloseTo(expected, within(5e-5 * scale));
      }
    }
  }

  private static void close(
      Case c, Gradients gradients, String name, int i, int j, double expected) {
    Parameter parameter = Samples.parameter(c.head.parameters(), name);
    assertThat((double) gradients.of(parameter).get(i, j))
        .as("%s, %s[%d, %d]", c, parameter, i, j)
        .isCloseTo(expected, within(5e-5));
  }
}
