package io.github.rnnotator.eval;

import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Randomization;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Compares two systems on the same gold sentences, head by head: whether the difference of their
 * scores is more than chance.
 *
 * <p>The paired bootstrap draws sentences again and scores both systems on each sample (Koehn,
 * Statistical significance tests for machine translation evaluation, EMNLP 2004). Its interval is
 * that of the differences; its p-value is the share of samples whose difference is as far from the
 * observed one as that is from 0 (Berg-Kirkpatrick, Burkett and Klein, An empirical investigation
 * of statistical significance in NLP, EMNLP 2012, section 2.1, here in both directions). The other
 * p-value is that of {@link Randomization}.
 *
 * <p>Both need sentences that are independent of each other, and systems that were not chosen by
 * their scores on these very sentences. Memory does not grow with the sentences. Not thread-safe.
 */
public final class SystemComparison {
  private final Map<String, HeadComparison> heads = new LinkedHashMap<>();

  /**
   * Creates a comparison of these heads.
   *
   * @param heads head name to measure, in the order of the report
   */
  public SystemComparison(Map<String, Measure> heads) {
    heads.forEach((head, measure) -> this.heads.put(head, new HeadComparison(measure)));
  }

  /**
   * Adds one sentence: the same tokens with the right tags, the first and the second system's.
   *
   * @throws IllegalArgumentException if the tokens are not as many, a head is missing, or a tag
   *     can't be read
   */
  public void add(TaggedSentence gold, TaggedSentence a, TaggedSentence b) {
    heads.forEach(
        (name, head) -> head.add(gold.tags(name).tags(), a.tags(name).tags(), b.tags(name).tags()));
  }

  /**
   * Returns the comparison of each head, in their order.
   *
   * @throws IllegalArgumentException if nothing was added
   */
  public Map<String, Comparison> compare(Bootstrap bootstrap, Randomization randomization) {
    Map<String, Comparison> comparisons = new LinkedHashMap<>();
    heads.forEach((name, head) -> comparisons.put(name, head.compare(bootstrap, randomization)));
    return comparisons;
  }

  /** One head: one row per sentence, the first system's counts and then the second's. */
  private static final class HeadComparison {
    private final Measure measure;
    private final ResamplingUnits units;
    private int differing;

    HeadComparison(Measure measure) {
      this.measure = measure;
      this.units = new ResamplingUnits(2 * measure.width());
    }

    void add(List<String> gold, List<String> a, List<String> b) {
      if (gold.stream().allMatch(TagSequence::isMissing)) {
        return;
      }
      long[] counts = Arrays.copyOf(measure.counts(gold, a), units.width());
      System.arraycopy(measure.counts(gold, b), 0, counts, measure.width(), measure.width());
      units.add(counts);
      for (int i = 0; i < gold.size(); i++) {
        if (!TagSequence.isMissing(gold.get(i)) && !a.get(i).equals(b.get(i))) {
          differing++;
          break;
        }
      }
    }

    Comparison compare(Bootstrap bootstrap, Randomization randomization) {
      double a = measure.score(units.sums(), 0);
      double b = measure.score(units.sums(), measure.width());
      double[] differences =
          bootstrap.scores(
              units, sums -> measure.score(sums, measure.width()) - measure.score(sums, 0));
      double mean = Arrays.stream(differences).average().orElse(0);
      double squares = 0;
      int asFar = 0;
      for (double difference : differences) {
        squares += (difference - mean) * (difference - mean);
        if (Math.abs(difference - (b - a)) >= Math.abs(b - a) - Randomization.TIE) {
          asFar++;
        }
      }
      return new Comparison(
          measure,
          a,
          b,
          bootstrap.interval(differences),
          (1.0 + asFar) / (1.0 + differences.length),
          randomization.pValue(units, sums -> measure.score(sums, 0)),
          units.size(),
          differing,
          Math.sqrt(squares / (differences.length - 1)));
    }
  }
}
