package io.github.rnnotator.eval;

import java.util.List;

/** Counts everything that a report says of one head. Not thread-safe. */
sealed interface HeadEvaluation permits TagEvaluation, ChunkEvaluation {
  /** Counts one sentence. */
  void add(SentencePair pair);

  /**
   * What was found.
   *
   * @param score the score of the same sentences
   * @param bootstrap gives the intervals
   * @param calibration of the same sentences; empty where there are no probabilities
   */
  EvaluationReport.Head head(
      HeadScore score, Bootstrap bootstrap, List<EvaluationReport.Reliability> calibration);
}
