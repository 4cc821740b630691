package io.github.rnnotator.data;

import io.github.rnnotator.data.TagPairs.Row;
import io.github.rnnotator.eval.Comparison;
import io.github.rnnotator.eval.Confidence;
import io.github.rnnotator.eval.DetailedEvaluation;
import io.github.rnnotator.eval.SystemComparison;
import io.github.rnnotator.eval.TrainingData;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.Randomization;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/**
 * The evaluation of the first tagger of {@link TagPairs}, in all details.
 *
 * @param details the scores
 * @param confidence how far they can be trusted
 */
public record PairEvaluation(DetailedEvaluation details, Confidence confidence) {
  /**
   * Reads pairs to their end and scores them.
   *
   * @param known whether a form was seen in training, or null if unknown
   * @param training the training data, or null if unknown
   */
  public static PairEvaluation of(
      TagPairs pairs, @Nullable Predicate<String> known, @Nullable TrainingData training)
      throws IOException {
    DetailedEvaluation details =
        new DetailedEvaluation(
            pairs.measures(), pairs.goldSchemes(), pairs.predictedSchemes(), known, training);
    Confidence confidence = new Confidence(pairs.measures());
    for (Optional<Row> row = pairs.next(); row.isPresent(); row = pairs.next()) {
      TaggedSentence gold = row.get().gold();
      TaggedSentence predicted = row.get().predicted().get(0);
      details.add(gold, predicted, gold.origin().line());
      confidence.add(gold, predicted);
    }
    return new PairEvaluation(details, confidence);
  }

  /**
   * Reads pairs to their end and compares their first two taggers.
   *
   * @return the comparison of each head
   */
  public static Map<String, Comparison> compare(
      TagPairs pairs, Bootstrap bootstrap, Randomization randomization) throws IOException {
    SystemComparison comparison = new SystemComparison(pairs.measures());
    for (Optional<Row> row = pairs.next(); row.isPresent(); row = pairs.next()) {
      List<TaggedSentence> predicted = row.get().predicted();
      comparison.add(row.get().gold(), predicted.get(0), predicted.get(1));
    }
    return comparison.compare(bootstrap, randomization);
  }

  /** Reads pairs to their end, to fit temperatures on them. */
  public static Confidence confidence(TagPairs pairs) throws IOException {
    Confidence confidence = new Confidence(pairs.measures());
    for (Optional<Row> row = pairs.next(); row.isPresent(); row = pairs.next()) {
      confidence.add(row.get().gold(), row.get().predicted().get(0));
    }
    return confidence;
  }
}
