package io.github.rnnotator.eval.pairs;

import java.util.HashMap;
import java.util.Map;

/**
 * chrF (Popović 2015), as sacrebleu computes it: F with beta 2 of the mean precision and the mean
 * recall over character n-grams of lengths 1 to 6. Blanks are left out; the counts are summed over
 * all outputs; lengths that no output or no reference has are left out of the means. Not
 * thread-safe.
 *
 * <pre>
 *   P = mean over n of matches_n / predicted_n        R = mean over n of matches_n / gold_n
 *   chrF = 100 (1 + 2^2) P R / (2^2 P + R)
 * </pre>
 */
public final class ChrF {
  private static final int LONGEST = 6;
  private static final double BETA_SQUARED = 4;

  private final long[] gold = new long[LONGEST];
  private final long[] predicted = new long[LONGEST];
  private final long[] matches = new long[LONGEST];

  /** Adds an output and its reference. */
  public void add(String reference, String output) {
    int[] goldText = withoutBlanks(reference);
    int[] predictedText = withoutBlanks(output);
    for (int n = 1; n <= LONGEST; n++) {
      Map<String, Integer> goldGrams = grams(goldText, n);
      Map<String, Integer> predictedGrams = grams(predictedText, n);
      gold[n - 1] += sum(goldGrams);
      // As sacrebleu: an output is not to blame for lengths that its reference lacks.
      predicted[n - 1] += goldGrams.isEmpty() ? 0 : sum(predictedGrams);
      for (Map.Entry<String, Integer> gram : predictedGrams.entrySet()) {
        matches[n - 1] += Math.min(gram.getValue(), goldGrams.getOrDefault(gram.getKey(), 0));
      }
    }
  }

  /** Adds what another one counted. */
  public void add(ChrF other) {
    for (int i = 0; i < LONGEST; i++) {
      gold[i] += other.gold[i];
      predicted[i] += other.predicted[i];
      matches[i] += other.matches[i];
    }
  }

  /** Returns the score, 0 to 100. */
  public double value() {
    return value(counts(), 0);
  }

  /** The n-grams of references, of outputs and of both, by length: 18 counts, which add up. */
  long[] counts() {
    long[] all = new long[3 * LONGEST];
    System.arraycopy(gold, 0, all, 0, LONGEST);
    System.arraycopy(predicted, 0, all, LONGEST, LONGEST);
    System.arraycopy(matches, 0, all, 2 * LONGEST, LONGEST);
    return all;
  }

  /** Returns the score of such counts, which begin at an index. */
  static double value(long[] counts, int from) {
    double precision = 0;
    double recall = 0;
    int lengths = 0;
    for (int i = from; i < from + LONGEST; i++) {
      long inGold = counts[i];
      long inOutput = counts[i + LONGEST];
      if (inGold > 0 && inOutput > 0) {
        precision += (double) counts[i + 2 * LONGEST] / inOutput;
        recall += (double) counts[i + 2 * LONGEST] / inGold;
        lengths++;
      }
    }
    if (precision == 0 && recall == 0) {
      return 0;
    }
    double p = precision / lengths;
    double r = recall / lengths;
    return 100 * (1 + BETA_SQUARED) * p * r / (BETA_SQUARED * p + r);
  }

  private static int[] withoutBlanks(String text) {
    return text.codePoints().filter(c -> !Character.isWhitespace(c) && c != 0xA0).toArray();
  }

  private static Map<String, Integer> grams(int[] text, int n) {
    Map<String, Integer> grams = new HashMap<>();
    for (int from = 0; from + n <= text.length; from++) {
      grams.merge(new String(text, from, n), 1, Integer::sum);
    }
    return grams;
  }

  private static long sum(Map<String, Integer> grams) {
    return grams.values().stream().mapToLong(Integer::intValue).sum();
  }
}
