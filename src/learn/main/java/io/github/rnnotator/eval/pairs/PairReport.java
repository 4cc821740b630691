package io.github.rnnotator.eval.pairs;

import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.EvaluationReport.Score;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Every figure of the evaluation of a transducer, for reports. Immutable; percentages are not
 * rounded.
 *
 * @param format the version of the JSON: {@link #FORMAT}
 * @param gold the file with the targets
 * @param predicted the model
 * @param pairs the number of pairs, at least 1
 * @param headline exact match, symbol accuracy (100 less the symbol error rate, which may be
 *     negative) and chrF
 * @param symbols of all targets, and what is wrong with them
 * @param mistakes the most frequent edits
 * @param worst the pairs with the most edits
 * @param learningCurve the curve of the training, or null
 */
public record PairReport(
    int format,
    String gold,
    String predicted,
    long pairs,
    List<Score> headline,
    Symbols symbols,
    List<Mistake> mistakes,
    List<WorstPair> worst,
    @Nullable LearningCurve learningCurve) {
  /** The version of the JSON. */
  public static final int FORMAT = 1;

  /** Copies the lists. */
  public PairReport {
    headline = List.copyOf(headline);
    mistakes = List.copyOf(mistakes);
    worst = List.copyOf(worst);
  }

  /**
   * The symbols of all targets.
   *
   * @param total how many there are
   * @param replaced how many have another symbol in the output
   * @param missing how many the outputs lack
   * @param added how many extra symbols there are in the outputs
   */
  public record Symbols(long total, long replaced, long missing, long added) {}

  /**
   * A kind of edit.
   *
   * @param gold the symbol of the target, or null if the output has an extra symbol
   * @param predicted the symbol of the output, or null if it lacks one
   * @param count how often
   */
  public record Mistake(@Nullable String gold, @Nullable String predicted, long count) {}

  /**
   * A pair whose output is far from its target.
   *
   * @param number its number in the file, from 1
   * @param source the source
   * @param target the target
   * @param output the output
   * @param edits the fewest symbols to insert, delete and replace that make one the other
   */
  public record WorstPair(long number, String source, String target, String output, long edits) {}
}
