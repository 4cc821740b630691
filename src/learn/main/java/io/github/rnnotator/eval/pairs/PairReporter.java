package io.github.rnnotator.eval.pairs;

import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.pairs.PairReport.Mistake;
import io.github.rnnotator.eval.pairs.PairReport.WorstPair;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import org.jspecify.annotations.Nullable;

/** Collects what a {@link PairReport} says. Not thread-safe. */
public final class PairReporter {
  private static final int MOST_MISTAKES = 50;
  private static final int MOST_PAIRS = 20;

  /** Columns of a row of counts; those of {@link ChrF} follow. */
  private static final int PAIRS = 0;

  private static final int EXACT = 1;
  private static final int SYMBOLS = 2;
  private static final int EDITS = 3;
  private static final int CHRF = 4;

  private final List<long[]> rows = new ArrayList<>();
  private final Map<EditPath.Edit, Long> edits = new LinkedHashMap<>();
  private final List<WorstPair> wrong = new ArrayList<>();

  /**
   * Adds an output.
   *
   * @param source the source
   * @param gold the symbols of the target
   * @param predicted the symbols of the output
   * @param goldText the target
   * @param predictedText the output
   */
  public void add(
      String source,
      List<String> gold,
      List<String> predicted,
      String goldText,
      String predictedText) {
    List<EditPath.Edit> path = EditPath.of(gold, predicted);
    path.forEach(edit -> edits.merge(edit, 1L, Long::sum));
    ChrF chrF = new ChrF();
    chrF.add(goldText, predictedText);
    long[] counts = chrF.counts();
    long[] row = new long[CHRF + counts.length];
    row[PAIRS] = 1;
    row[EXACT] = path.isEmpty() ? 1 : 0;
    row[SYMBOLS] = gold.size();
    row[EDITS] = path.size();
    System.arraycopy(counts, 0, row, CHRF, counts.length);
    rows.add(row);
    if (!path.isEmpty()) {
      wrong.add(new WorstPair(rows.size(), source, goldText, predictedText, path.size()));
    }
  }

  /**
   * Returns the report of all that was added, at least one pair.
   *
   * @param gold the name of the file with the targets
   * @param predicted the name of the model
   * @param bootstrap for the intervals
   * @param curve the curve of the training, or null
   */
  public PairReport report(
      String gold, String predicted, Bootstrap bootstrap, @Nullable LearningCurve curve) {
    long[] sums = sums();
    ResamplingUnits units = ResamplingUnits.of(rows.toArray(long[][]::new));
    List<Score> headline = new ArrayList<>();
    for (PairMeasure measure : PairMeasure.values()) {
      ToDoubleFunction<long[]> score = counts -> score(measure, counts).value();
      headline.add(
          new Score(measure.label(), score.applyAsDouble(sums), bootstrap.interval(units, score)));
    }
    return new PairReport(
        PairReport.FORMAT,
        gold,
        predicted,
        rows.size(),
        headline,
        symbols(sums[SYMBOLS]),
        mistakes(),
        wrong.stream()
            .sorted(Comparator.comparingLong(pair -> -pair.edits()))
            .limit(MOST_PAIRS)
            .toList(),
        curve);
  }

  /**
   * Returns the scores of all that was added, at least one pair.
   *
   * @param measure the main one
   */
  public PairScore score(PairMeasure measure) {
    return score(measure, sums());
  }

  private long[] sums() {
    long[] sums = new long[rows.get(0).length];
    for (long[] row : rows) {
      for (int i = 0; i < sums.length; i++) {
        sums[i] += row[i];
      }
    }
    return sums;
  }

  private static PairScore score(PairMeasure measure, long[] counts) {
    return new PairScore(
        measure,
        counts[PAIRS],
        counts[EXACT],
        counts[SYMBOLS],
        counts[EDITS],
        ChrF.value(counts, CHRF));
  }

  private PairReport.Symbols symbols(long total) {
    long replaced = 0;
    long missing = 0;
    long added = 0;
    for (Map.Entry<EditPath.Edit, Long> edit : edits.entrySet()) {
      if (edit.getKey().gold() == null) {
        added += edit.getValue();
      } else if (edit.getKey().predicted() == null) {
        missing += edit.getValue();
      } else {
        replaced += edit.getValue();
      }
    }
    return new PairReport.Symbols(total, replaced, missing, added);
  }

  /** The most frequent first; of equally frequent ones the first that was met. */
  private List<Mistake> mistakes() {
    return edits.entrySet().stream()
        .map(e -> new Mistake(e.getKey().gold(), e.getKey().predicted(), e.getValue()))
        .sorted(Comparator.comparingLong(mistake -> -mistake.count()))
        .limit(MOST_MISTAKES)
        .toList();
  }
}
