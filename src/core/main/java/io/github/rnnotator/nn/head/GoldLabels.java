package io.github.rnnotator.nn.head;

/** Checks the gold labels of a head. */
final class GoldLabels {
  private GoldLabels() {}

  /**
   * Checks that each value is a label or {@link Head#NO_LABEL}.
   *
   * @param labels the number of labels
   */
  static void check(int[] gold, int labels) {
    for (int row = 0; row < gold.length; row++) {
      if (gold[row] != Head.NO_LABEL && (gold[row] < 0 || gold[row] >= labels)) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " has the gold label "
                + gold[row]
                + ", expected 0 to "
                + (labels - 1)
                + " or NO_LABEL");
      }
    }
  }
}
