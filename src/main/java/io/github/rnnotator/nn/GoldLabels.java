package io.github.rnnotator.nn;

/** What every head checks of the labels that it is to learn. */
final class GoldLabels {
  private GoldLabels() {}

  /**
   * Checks that each is a label or {@link Head#NO_LABEL}.
   *
   * @param labels how many labels there are
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
