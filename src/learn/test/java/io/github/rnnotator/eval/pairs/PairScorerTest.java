package io.github.rnnotator.eval.pairs;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PairScorerTest {
  /**
   * By hand for the first: 2 of 3 characters and 1 of 2 pairs match, no triple of 1, so that P = R
   * = (2/3 + 1/2 + 0) / 3. All are what sacrebleu 2.5 gives.
   */
  @ParameterizedTest
  @CsvSource({
    "abd, abc, 38.888888888888886",
    "the cat sat, the cat, 55.77101053281037",
    "abc|x, ab|xyz, 65.359477124183",
    "abc, '', 0",
    "귀여운 여자애가, 귀여운 여자, 61.67814652473389",
    "b, a, 0",
    "abcdefgh, abcdefgh, 100",
    "ab|zzz, a b|zz, 77.46478873239437"
  })
  void chrFIsThatOfSacrebleu(String references, String outputs, double expected) {
    ChrF chrF = new ChrF();
    String[] gold = references.split("\\|");
    String[] predicted = outputs.split("\\|");
    for (int i = 0; i < gold.length; i++) {
      chrF.add(gold[i], predicted[i]);
    }
    assertThat(chrF.value()).isCloseTo(expected, within(1e-9));
  }

  @Test
  void chrFByHand() {
    ChrF chrF = new ChrF();
    chrF.add("abd", "abc");
    double mean = (2 / 3.0 + 1 / 2.0 + 0) / 3;
    assertThat(chrF.value()).isCloseTo(100 * mean, within(1e-9));
    ChrF parts = new ChrF();
    parts.add("abc", "ab");
    ChrF other = new ChrF();
    other.add("x", "xyz");
    parts.add(other);
    assertThat(parts.value()).isCloseTo(65.359477124183, within(1e-9));
    assertThat(new ChrF().value()).isZero();
  }

  /** Tries all three edits at every place. */
  private static int tried(List<String> a, List<String> b) {
    if (a.isEmpty() || b.isEmpty()) {
      return a.size() + b.size();
    }
    List<String> restA = a.subList(1, a.size());
    List<String> restB = b.subList(1, b.size());
    int replaced = tried(restA, restB) + (a.get(0).equals(b.get(0)) ? 0 : 1);
    return Math.min(replaced, 1 + Math.min(tried(restA, b), tried(a, restB)));
  }

  @Test
  void theDistanceIsTheFewestEdits() {
    SplittableRandom random = new SplittableRandom(1);
    for (int i = 0; i < 300; i++) {
      List<String> a = symbols(random);
      List<String> b = symbols(random);
      assertThat(PairScorer.distance(a, b)).isEqualTo(tried(a, b));
      assertThat(PairScorer.distance(b, a)).isEqualTo(tried(a, b));
    }
  }

  private static List<String> symbols(SplittableRandom random) {
    List<String> symbols = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      symbols.add(String.valueOf((char) ('a' + random.nextInt(3))));
    }
    return symbols;
  }

  @Test
  void ratesAreThoseOfAllPairs() {
    PairScorer scorer = new PairScorer(PairMeasure.SYMBOLS);
    scorer.add(List.of("A", "B"), List.of("A", "B"), "A B", "A B");
    scorer.add(List.of("A", "B", "C"), List.of("A", "C", "C", "D"), "A B C", "A C C D");
    PairScore score = scorer.score();
    assertThat(score.pairs()).isEqualTo(2);
    assertThat(score.exactMatch()).isEqualTo(50);
    assertThat(score.wordErrorRate()).isEqualTo(50);
    assertThat(score.symbolErrorRate()).isEqualTo(40);
    assertThat(score.value()).isEqualTo(60);
    assertThat(score.label()).isEqualTo("symbol accuracy");
    PairScore none = new PairScorer(PairMeasure.EXACT).score();
    assertThat(none.exactMatch() + none.wordErrorRate() + none.symbolErrorRate()).isZero();
  }
}
