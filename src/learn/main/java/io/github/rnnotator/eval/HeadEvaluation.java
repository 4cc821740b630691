package io.github.rnnotator.eval;

import io.github.rnnotator.eval.significance.Bootstrap;
import java.util.List;

/** Counts all figures of a report on one head. Not thread-safe. */
sealed interface HeadEvaluation permits TagEvaluation, ChunkEvaluation {
  /** Counts one sentence. */
  void add(SentencePair pair);

  /**
   * Returns the report of the head.
   *
   * @param score the score of the same sentences
   * @param bootstrap gives the intervals
   * @param calibration of the same sentences; empty without probabilities
   */
  EvaluationReport.HeadReport head(
      HeadScore score, Bootstrap bootstrap, List<EvaluationReport.Reliability> calibration);
}
