package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.eval.significance.Randomization;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

/** Comparisons whose outcome is known: a system with itself, with its equal, with a better one. */
class SystemComparisonTest {
  private static final Bootstrap BOOTSTRAP = new Bootstrap(400, 1, 0.95);
  private static final Randomization RANDOMIZATION = new Randomization(400, 1);

  @Property(tries = 200)
  void aSystemIsNeverBetterThanItself(@ForAll long seed) {
    Random random = new Random(seed);
    SystemComparison comparison =
        new SystemComparison(Map.of("pos", Measure.ACCURACY, "ner", Measure.F1));
    int sentences = 1 + random.nextInt(20);
    for (int i = 0; i < sentences; i++) {
      int size = 1 + random.nextInt(6);
      TaggedSentence system = tagged(size, random);
      comparison.add(tagged(size, random), system, system);
    }
    comparison
        .compare(BOOTSTRAP, RANDOMIZATION)
        .forEach(
            (head, c) -> {
              assertThat(c.randomizationP()).isEqualTo(1);
              assertThat(c.bootstrapP()).isEqualTo(1);
              assertThat(c.isSignificant(0.9999)).isFalse();
              assertThat(c.interval()).isEqualTo(new Interval(0, 0, 0.95));
              assertThat(c.differing()).isZero();
              assertThat(c.effect()).isZero();
              assertThat(c.errorReduction()).isZero();
              assertThat(ConfidenceText.conclusion(c)).contains("the same tags everywhere");
            });
  }

  @Property(tries = 100)
  void theScoresAreThoseOfTheEvaluation(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Measure> heads = Map.of("pos", Measure.ACCURACY, "ner", Measure.F1);
    SystemComparison comparison = new SystemComparison(heads);
    Evaluation first = new Evaluation(heads);
    Evaluation second = new Evaluation(heads);
    int differing = 0;
    for (int i = 0; i < 15; i++) {
      int size = 1 + random.nextInt(6);
      TaggedSentence gold = tagged(size, random);
      TaggedSentence a = tagged(size, random);
      TaggedSentence b = random.nextBoolean() ? a : tagged(size, random);
      comparison.add(gold, a, b);
      first.add(gold, a);
      second.add(gold, b);
      differing += a.tags("ner").tags().equals(b.tags("ner").tags()) ? 0 : 1;
    }
    Map<String, Comparison> found = comparison.compare(BOOTSTRAP, RANDOMIZATION);
    for (String head : heads.keySet()) {
      Comparison c = found.get(head);
      assertThat(c.a()).isEqualTo(first.scores().get(head).value());
      assertThat(c.b()).isEqualTo(second.scores().get(head).value());
      assertThat(c.sentences()).isEqualTo(15);
      assertThat(c.difference()).isEqualTo(c.b() - c.a());
    }
    assertThat(found.get("ner").differing()).isEqualTo(differing);
  }

  @Test
  void equalSystemsAreSeldomCalledDifferent() {
    Random random = new Random(9);
    int sets = 1000;
    int byBootstrap = 0;
    int byRandomization = 0;
    int held = 0;
    for (int set = 0; set < sets; set++) {
      Comparison c = simulated(150, 0.8, 0.8, random);
      byBootstrap += c.bootstrapP() < 0.05 ? 1 : 0;
      byRandomization += c.isSignificant(0.05) ? 1 : 0;
      held += c.interval().contains(0) ? 1 : 0;
    }
    // Binomial around 50 of 1000 with a standard deviation of 7.
    assertThat(byBootstrap).isBetween(22, 85);
    assertThat(byRandomization).isBetween(22, 80);
    assertThat(held).isBetween(915, 978);
  }

  @Test
  void theIntervalHoldsTheTrueDifference() {
    Random random = new Random(10);
    int held = 0;
    int found = 0;
    for (int set = 0; set < 1000; set++) {
      Comparison c = simulated(150, 0.7, 0.8, random);
      held += c.interval().contains(10) ? 1 : 0;
      found += c.isSignificant(0.05) && c.bootstrapP() < 0.05 ? 1 : 0;
    }
    assertThat(held).isBetween(915, 978);
    assertThat(found).isGreaterThan(900);
  }

  @Test
  void theEffectIsTheMeanOverTheDeviation() {
    // 100 sentences of one token: 30 better, 10 worse. Mean 0.2, variance 0.4 - 0.04.
    SystemComparison comparison = new SystemComparison(Map.of("pos", Measure.ACCURACY));
    for (int i = 0; i < 100; i++) {
      comparison.add(pos("N"), pos(i < 40 && i >= 10 ? "V" : "N"), pos(i < 10 ? "V" : "N"));
    }
    Comparison c = comparison.compare(new Bootstrap(10_000, 1, 0.95), RANDOMIZATION).get("pos");
    assertThat(c.a()).isEqualTo(70);
    assertThat(c.b()).isEqualTo(90);
    assertThat(c.effect()).isCloseTo(0.2 / 0.6, within(0.01));
    assertThat(c.standardError()).isCloseTo(100 * 0.6 / 10, within(0.15));
    assertThat(c.errorReduction()).isCloseTo(100 * 20 / 30.0, within(1e-9));
    assertThat(c.differing()).isEqualTo(40);
    assertThat(ConfidenceText.conclusion(c))
        .startsWith("B is better by 20.00 points, which is unlikely");
  }

  @Test
  void aDifferenceOfOneSentenceMayBeChance() {
    SystemComparison comparison = new SystemComparison(Map.of("pos", Measure.ACCURACY));
    for (int i = 0; i < 100; i++) {
      comparison.add(pos("N"), pos("N"), pos(i == 0 ? "V" : "N"));
    }
    Map<String, Comparison> found = comparison.compare(BOOTSTRAP, RANDOMIZATION);
    assertThat(found.get("pos").randomizationP()).isEqualTo(1);
    assertThat(ConfidenceText.of(found, "old", "new"))
        .startsWith("pos accuracy, 100 sentences, 1 tagged differently\n  A      100.00  old\n")
        .endsWith(
            "A is ahead by 1.00 points, which may well be chance: systems that are equally good"
                + " would differ by as much in about 100 of 100 test sets.\n");
  }

  @Test
  void otherTagsWithTheSameScoreAreNoDifference() {
    SystemComparison comparison = new SystemComparison(Map.of("pos", Measure.ACCURACY));
    comparison.add(pos("N"), pos("V"), pos("X"));
    Comparison c = comparison.compare(BOOTSTRAP, RANDOMIZATION).get("pos");
    assertThat(c.differing()).isEqualTo(1);
    assertThat(c.randomizationP()).isEqualTo(1);
    assertThat(ConfidenceText.conclusion(c)).isEqualTo("A and B have the same score.");
  }

  private static Comparison simulated(int sentences, double a, double b, Random random) {
    SystemComparison comparison = new SystemComparison(Map.of("pos", Measure.ACCURACY));
    for (int i = 0; i < sentences; i++) {
      int size = 1 + random.nextInt(6);
      comparison.add(pos(size, 1, random), pos(size, a, random), pos(size, b, random));
    }
    return comparison.compare(BOOTSTRAP, RANDOMIZATION).get("pos");
  }

  private static TaggedSentence pos(int size, double accuracy, Random random) {
    List<String> tags = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      tags.add(random.nextDouble() < accuracy ? "N" : "V");
    }
    return pos(tags.toArray(String[]::new));
  }

  private static TaggedSentence pos(String... tags) {
    return new TaggedSentence(Sentence.of(tags), Map.of("pos", TagSequence.of(tags)));
  }

  private static TaggedSentence tagged(int size, Random random) {
    List<String> forms = new ArrayList<>();
    List<String> pos = new ArrayList<>();
    List<String> ner = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      forms.add("w" + i);
      pos.add(List.of("N", "V", "X").get(random.nextInt(3)));
      ner.add(List.of("O", "B-P", "I-P", "B-L", "I-L").get(random.nextInt(5)));
    }
    return new TaggedSentence(
        Sentence.of(forms), Map.of("pos", TagSequence.of(pos), "ner", TagSequence.of(ner)));
  }
}
