package io.github.rnnotator.eval;

/** Counts everything that a report says of one head. Not thread-safe. */
sealed interface HeadEvaluation permits TagEvaluation, ChunkEvaluation {
  /** Counts one sentence. */
  void add(SentencePair pair);

  /**
   * What was found.
   *
   * @param score the score of the same sentences
   * @param bootstrap gives the intervals
   */
  EvaluationReport.Head head(HeadScore score, Bootstrap bootstrap);
}
