package io.github.rnnotator.eval.significance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import java.util.function.ToDoubleFunction;
import org.junit.jupiter.api.Test;

/** Intervals against closed forms: the binomial and the normal distribution. */
class BootstrapTest {
  private static final ToDoubleFunction<long[]> SHARE = sums -> (double) sums[1] / sums[0];

  @Test
  void theIntervalOfAShareHoldsTheTrueShareAsOftenAsItSays() {
    // 2000 test sets of 200 coins of 0.8: the number of intervals that hold 0.8 is binomial, with
    // a standard deviation of half a point at 95 %; the percentile interval is a little too short.
    Random random = new Random(7);
    int sets = 2000;
    int held = 0;
    for (int i = 0; i < sets; i++) {
      long[][] coins = coins(200, 0.8, random);
      held += new Bootstrap(400, i, 0.95).interval(coins, SHARE).contains(0.8) ? 1 : 0;
    }
    assertThat(100.0 * held / sets).isBetween(92.5, 96.5);
  }

  @Test
  void theResamplesOfAShareAreBinomial() {
    long[][] coins = coins(100, 0.5, new Random(1));
    double share = Arrays.stream(coins).mapToLong(row -> row[1]).sum() / 100.0;
    double[] scores = new Bootstrap(20_000, 3, 0.95).scores(ResamplingUnits.of(coins), SHARE);
    double mean = Arrays.stream(scores).average().orElseThrow();
    double variance =
        Arrays.stream(scores).map(s -> (s - mean) * (s - mean)).average().orElseThrow();
    assertThat(mean).isCloseTo(share, within(4 * 0.05 / Math.sqrt(20_000)));
    assertThat(variance).isCloseTo(share * (1 - share) / 100, within(0.0001));
    // Exact binomial probabilities of one value, all drawn independently.
    double atMean = Arrays.stream(scores).filter(s -> Math.abs(s - share) < 0.001).count() / 2e4;
    assertThat(atMean).isCloseTo(binomial(100, (int) Math.round(100 * share), share), within(0.01));
  }

  @Test
  void theEndsLeaveOutTheSameNumberOnBothSides() {
    long[][] coins = coins(60, 0.7, new Random(2));
    for (double level : new double[] {0.5, 0.8, 0.9, 0.95, 0.99}) {
      Bootstrap bootstrap = new Bootstrap(999, 5, level);
      double[] scores = bootstrap.scores(ResamplingUnits.of(coins), SHARE);
      Arrays.sort(scores);
      int k = (int) Math.round(1000 * (1 - level) / 2);
      assertThat(bootstrap.interval(coins, SHARE))
          .isEqualTo(new Interval(scores[k - 1], scores[999 - k], level));
    }
  }

  @Test
  void oneSeedGivesOneIntervalAndAnotherSeedAnother() {
    long[][] coins = coins(300, 0.6, new Random(3));
    double[] first = new Bootstrap(1000, 1, 0.95).scores(ResamplingUnits.of(coins), SHARE);
    assertThat(new Bootstrap(1000, 1, 0.95).scores(ResamplingUnits.of(coins), SHARE))
        .isEqualTo(first);
    assertThat(new Bootstrap(1000, 2, 0.95).scores(ResamplingUnits.of(coins), SHARE))
        .isNotEqualTo(first);
  }

  @Test
  void equalUnitsGiveAnIntervalOfOnePoint() {
    long[][] same = new long[40][];
    Arrays.fill(same, new long[] {5, 3});
    assertThat(new Bootstrap(100, 1, 0.9).interval(same, SHARE))
        .isEqualTo(new Interval(0.6, 0.6, 0.9));
  }

  @Test
  void refusesWhatHasNoInterval() {
    assertThatThrownBy(() -> new Bootstrap(38, 1, 0.95))
        .hasMessage("38 resamples, expected 39 or more for level 0.95");
    assertThat(new Bootstrap(39, 1, 0.95).resamples()).isEqualTo(39);
    assertThatThrownBy(() -> new Bootstrap(1000, 1, 1)).hasMessageContaining("level 1.0");
    Bootstrap bootstrap = new Bootstrap(100, 1, 0.9);
    assertThatThrownBy(() -> bootstrap.interval(new long[0][], SHARE))
        .hasMessage("no units to draw from");
    assertThatThrownBy(() -> bootstrap.interval(new long[][] {{1, 1}, {1}}, SHARE))
        .hasMessage("row 1 has 1 counts, expected 2");
    assertThatThrownBy(() -> bootstrap.interval(new long[][] {{0, 0}}, SHARE))
        .hasMessage("the score of [0, 0] is NaN");
    assertThatThrownBy(() -> new Interval(2, 1, 0.95)).hasMessage("interval from 2.0 to 1.0");
  }

  private static long[][] coins(int n, double p, Random random) {
    long[][] coins = new long[n][];
    for (int i = 0; i < n; i++) {
      coins[i] = new long[] {1, random.nextDouble() < p ? 1 : 0};
    }
    return coins;
  }

  private static double binomial(int n, int k, double p) {
    double log = k * Math.log(p) + (n - k) * Math.log(1 - p);
    for (int i = 1; i <= k; i++) {
      log += Math.log(n - k + i) - Math.log(i);
    }
    return Math.exp(log);
  }
}
