package io.github.rnnotator.nn.head;

import org.ejml.data.FMatrixRMaj;

/**
 * Lets two heads agree on how many parts a word has. Each label of the one has a part for each part
 * of a label of the other, as the tag {@code NNG+JX} and the lemma {@code 정부+는} have for each
 * morpheme; heads that read the same states still differ on the number now and then, and either may
 * be right. So each multiplies its probabilities by what the other gives to the same number: the
 * sum-product algorithm for two variables (Kschischang et al. 2001, "Factor Graphs and the
 * Sum-Product Algorithm", equations 5 and 6). Not thread-safe.
 *
 * @param p the probabilities of one of the heads, {@code [tokens x labels]}, which {@link #agree}
 *     changes
 * @param counts how many parts each label has, at least 1
 */
public record PartAgreement(FMatrixRMaj p, int[] counts) {
  /**
   * The weight of a pair that disagrees, by comparison with one that agrees: what treebanks have by
   * mistake.
   */
  private static final float MISTAKE = 0.02f;

  /** Words with more parts count as having this many. */
  private static final int MOST = 31;

  /** Sums that are computed side by side, since most labels have one of few numbers of parts. */
  private static final int LANES = 4;

  /** Returns the probability of each number of parts of a word; index 0 is always 0. */
  public float[] distribution(int row) {
    float[] sums = new float[LANES * (MOST + 1)];
    int from = row * counts.length;
    for (int j = 0; j < counts.length; j++) {
      sums[j % LANES * (MOST + 1) + Math.min(MOST, counts[j])] += p.data[from + j];
    }
    float[] distribution = new float[MOST + 1];
    for (int i = 0; i < sums.length; i++) {
      distribution[i % (MOST + 1)] += sums[i];
    }
    return distribution;
  }

  /** Returns the distribution of a word that certainly has so many parts. */
  public static float[] certain(int count) {
    float[] distribution = new float[MOST + 1];
    add(distribution, count, 1);
    return distribution;
  }

  /** Adds the probability of a label with so many parts to a distribution. */
  public static void add(float[] distribution, int count, float probability) {
    distribution[Math.min(MOST, count)] += probability;
  }

  /**
   * Returns the factor of a label with so many parts, given the distribution of the other head. It
   * is a square root, since both heads read the same states and often err together: without the
   * root they decide alike, but with too much confidence.
   */
  public static float factor(float[] distribution, int count) {
    return (float) Math.sqrt(MISTAKE + distribution[Math.min(MOST, count)]);
  }

  /**
   * Multiplies the probabilities of a word by the factors, and makes their sum 1 again.
   *
   * @param own its {@link #distribution}
   * @param other that of the other head
   */
  public void agree(int row, float[] own, float[] other) {
    float[] factors = new float[other.length];
    float sum = 0;
    for (int count = 0; count < factors.length; count++) {
      factors[count] = factor(other, count);
      sum += factors[count] * own[count];
    }
    for (int count = 0; count < factors.length; count++) {
      factors[count] /= sum;
    }
    int from = row * counts.length;
    for (int j = 0; j < counts.length; j++) {
      p.data[from + j] *= factors[Math.min(MOST, counts[j])];
    }
  }
}
