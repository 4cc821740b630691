package io.github.rnnotator.eval;

/**
 * How well one tag or one type of chunk was found. Percentages, 0 where they would divide by zero.
 *
 * @param gold how many there are
 * @param predicted how many were predicted
 * @param correct how many of the predicted are right
 */
public record PrecisionRecall(long gold, long predicted, long correct) {
  /** Checks that no count is negative. */
  public PrecisionRecall {
    if (gold < 0 || predicted < 0 || correct < 0) {
      throw new IllegalArgumentException(
          "negative count: "
              + gold
              + " gold, "
              + predicted
              + " predicted, "
              + correct
              + " correct");
    }
  }

  /** {@code 100 correct / predicted}. */
  public double precision() {
    return Percent.of(correct, predicted);
  }

  /** {@code 100 correct / gold}. */
  public double recall() {
    return Percent.of(correct, gold);
  }

  /** {@code 2 precision recall / (precision + recall)}. */
  public double f1() {
    double precision = precision();
    double recall = recall();
    return correct == 0 ? 0 : 2 * precision * recall / (precision + recall);
  }

  /** Both counts together. */
  PrecisionRecall plus(PrecisionRecall other) {
    return new PrecisionRecall(
        gold + other.gold, predicted + other.predicted, correct + other.correct);
  }
}
