package io.github.rnnotator.eval;

/** Counts what {@link PrecisionRecall} is made of. Not thread-safe. */
final class RateCounter {
  private long gold;
  private long predicted;
  private long correct;

  void add(long moreGold, long morePredicted, long moreCorrect) {
    gold += moreGold;
    predicted += morePredicted;
    correct += moreCorrect;
  }

  PrecisionRecall counts() {
    return new PrecisionRecall(gold, predicted, correct);
  }

  EvaluationReport.Rates rates() {
    return EvaluationReport.Rates.of(counts());
  }
}
