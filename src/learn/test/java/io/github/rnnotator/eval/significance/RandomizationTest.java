package io.github.rnnotator.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.eval.Percent;
import io.github.rnnotator.eval.PrecisionRecall;
import java.util.Random;
import java.util.SplittableRandom;
import java.util.function.ToDoubleFunction;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/**
 * The p-value against all swaps written down, the sign test's closed form, and what chance gives.
 */
class RandomizationTest {
  private static final ToDoubleFunction<long[]> ACCURACY = c -> Percent.of(c[1], c[0]);
  private static final ToDoubleFunction<long[]> F1 =
      c -> new PrecisionRecall(c[0], c[1], c[2]).f1();

  @Property(tries = 60)
  void thePValueIsTheShareOfAllSwaps(
      @ForAll long seed, @ForAll @IntRange(min = 1, max = 10) int n) {
    Random random = new Random(seed);
    long[][] rows = new long[n][];
    for (int i = 0; i < n; i++) {
      // Gold chunks, then predicted and correct ones of either system.
      long gold = random.nextInt(4);
      rows[i] = new long[6];
      for (int side = 0; side < 6; side += 3) {
        long correct = random.nextInt((int) gold + 1);
        rows[i][side] = gold;
        rows[i][side + 1] = correct + random.nextInt(3);
        rows[i][side + 2] = correct;
      }
    }
    double observed = Math.abs(swapped(rows, 0));
    int asGreat = 0;
    for (int swaps = 0; swaps < 1 << n; swaps++) {
      asGreat += Math.abs(swapped(rows, swaps)) >= observed - 1e-9 ? 1 : 0;
    }
    double exact = asGreat / (double) (1 << n);
    int samples = 20_000;
    double found = new Randomization(samples, seed).pValue(ResamplingUnits.of(rows), F1);
    double error = Math.sqrt(exact * (1 - exact) / samples);
    assertThat(found).isCloseTo(exact, within(5 * error + 2.0 / samples));
  }

  private static double swapped(long[][] rows, int swaps) {
    long[] a = new long[3];
    long[] b = new long[3];
    for (int i = 0; i < rows.length; i++) {
      boolean swap = (swaps >> i & 1) == 1;
      for (int column = 0; column < 3; column++) {
        a[column] += rows[i][swap ? 3 + column : column];
        b[column] += rows[i][swap ? column : 3 + column];
      }
    }
    return F1.applyAsDouble(b) - F1.applyAsDouble(a);
  }

  @Property(tries = 25)
  void oneTokenSentencesGiveTheSignTest(
      @ForAll @IntRange(min = 0, max = 70) int better,
      @ForAll @IntRange(min = 0, max = 70) int worse,
      @ForAll @IntRange(min = 0, max = 200) int same) {
    ResamplingUnits pairs = new ResamplingUnits(4);
    for (int i = 0; i < better; i++) {
      pairs.add(1, 0, 1, 1);
    }
    for (int i = 0; i < worse; i++) {
      pairs.add(1, 1, 1, 0);
    }
    for (int i = 0; i <= same; i++) {
      pairs.add(1, i % 2, 1, i % 2);
    }
    double exact = signTest(better + worse, Math.abs(better - worse));
    double found = new Randomization(20_000, 1).pValue(pairs, ACCURACY);
    assertThat(found).isCloseTo(exact, within(5 * Math.sqrt(exact * (1 - exact) / 20_000) + 1e-4));
  }

  /** P(|2 X - n| >= gap) for X binomial with 1/2. */
  private static double signTest(int n, int gap) {
    double p = 0;
    double probability = Math.pow(0.5, n);
    for (int k = 0; k <= n; k++) {
      p += Math.abs(2 * k - n) >= gap ? probability : 0;
      probability *= (n - k) / (k + 1.0);
    }
    return Math.min(1, p);
  }

  @Test
  void equalSystemsGiveUniformPValues() {
    // Both are right with the same probability: p <= x in x of all test sets, here 2000.
    Random random = new Random(4);
    int sets = 2000;
    int[] below = new int[4];
    double[] levels = {0.05, 0.1, 0.25, 0.5};
    for (int set = 0; set < sets; set++) {
      ResamplingUnits pairs = new ResamplingUnits(4);
      for (int i = 0; i < 300; i++) {
        long tokens = 1 + random.nextInt(8);
        pairs.add(tokens, coins(tokens, 0.7, random), tokens, coins(tokens, 0.7, random));
      }
      double p = new Randomization(400, set).pValue(pairs, ACCURACY);
      for (int i = 0; i < levels.length; i++) {
        below[i] += p <= levels[i] ? 1 : 0;
      }
    }
    for (int i = 0; i < levels.length; i++) {
      double level = levels[i];
      double error = Math.sqrt(level * (1 - level) / sets);
      assertThat(below[i] / (double) sets).isCloseTo(level, within(4 * error + 0.005));
    }
  }

  private static long coins(long n, double p, Random random) {
    long heads = 0;
    for (int i = 0; i < n; i++) {
      heads += random.nextDouble() < p ? 1 : 0;
    }
    return heads;
  }

  @Test
  void headsOfFairCoinsAreBinomial() {
    SplittableRandom random = new SplittableRandom(1);
    for (int coins : new int[] {0, 1, 2, 63, 64, 65, 128, 200}) {
      double sum = 0;
      double squares = 0;
      int draws = 20_000;
      for (int i = 0; i < draws; i++) {
        long heads = Randomization.heads(coins, random);
        assertThat(heads).isBetween(0L, (long) coins);
        sum += heads;
        squares += (heads - coins / 2.0) * (heads - coins / 2.0);
      }
      assertThat(sum / draws).isCloseTo(coins / 2.0, within(0.03 * Math.sqrt(coins)));
      assertThat(squares / draws).isCloseTo(coins / 4.0, within(0.015 * coins));
    }
  }

  @Test
  void theOrderOfTheSystemsDoesNotMatter() {
    ResamplingUnits pairs = new ResamplingUnits(4);
    ResamplingUnits turned = new ResamplingUnits(4);
    Random random = new Random(2);
    for (int i = 0; i < 50; i++) {
      long a = random.nextInt(5);
      long b = random.nextInt(5);
      pairs.add(5, a, 5, b);
      turned.add(5, b, 5, a);
    }
    Randomization test = new Randomization(1000, 1);
    assertThat(test.pValue(pairs, ACCURACY)).isEqualTo(test.pValue(turned, ACCURACY));
  }

  @Test
  void refusesMissingSamplesUnitsAndPairs() {
    assertThatThrownBy(() -> new Randomization(0, 1)).hasMessageContaining("0 samples");
    assertThatThrownBy(() -> new Randomization(10, 1).pValue(new ResamplingUnits(2), ACCURACY))
        .hasMessageContaining("0 units");
    assertThatThrownBy(
            () -> new Randomization(10, 1).pValue(ResamplingUnits.of(new long[][] {{1}}), F1))
        .hasMessageContaining("expected pairs");
  }
}
