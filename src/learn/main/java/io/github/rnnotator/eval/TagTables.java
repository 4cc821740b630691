package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.ConfusionMatrix;
import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.Rates;
import io.github.rnnotator.text.UniversalFeatures;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** From counts of tags to the tables of a report. */
final class TagTables {
  private static final int MOST_LABELS = 20;
  private static final int MOST_MISTAKES = 50;

  private TagTables() {}

  /** One row per name, the most frequent in gold first. */
  static List<NamedRates> rows(Map<String, PrecisionRecall> rates) {
    return rates.entrySet().stream()
        .sorted(
            Comparator.comparingLong(
                    (Map.Entry<String, PrecisionRecall> row) -> row.getValue().gold())
                .reversed()
                .thenComparing(Map.Entry.comparingByKey()))
        .map(row -> new NamedRates(row.getKey(), Rates.of(row.getValue())))
        .toList();
  }

  static List<Confusion> mistakes(AccuracyScore score) {
    List<Confusion> all = score.confusions();
    return all.subList(0, Math.min(all.size(), MOST_MISTAKES));
  }

  /** Returns the most frequent labels, gold and predicted together; the rarer ones share a row. */
  static ConfusionMatrix matrix(AccuracyScore score) {
    List<String> labels =
        score.tags().entrySet().stream()
            .sorted(
                Comparator.comparingLong(
                        (Map.Entry<String, PrecisionRecall> tag) ->
                            tag.getValue().gold() + tag.getValue().predicted())
                    .reversed()
                    .thenComparing(Map.Entry.comparingByKey()))
            .map(Map.Entry::getKey)
            .toList();
    // One rare label alone is named rather than called "others".
    int shown = labels.size() <= MOST_LABELS + 1 ? labels.size() : MOST_LABELS;
    int others = labels.size() - shown;
    int size = others > 0 ? shown + 1 : shown;
    Map<String, Integer> places = new HashMap<>();
    for (int i = 0; i < labels.size(); i++) {
      places.put(labels.get(i), Math.min(i, size - 1));
    }
    long[][] counts = new long[size][size];
    score
        .tags()
        .forEach(
            (label, rates) -> {
              int place = places.getOrDefault(label, 0);
              counts[place][place] += rates.correct();
            });
    for (Confusion confusion : score.confusions()) {
      counts[places.getOrDefault(confusion.gold(), 0)][
              places.getOrDefault(confusion.predicted(), 0)] +=
          confusion.count();
    }
    List<List<Long>> rows = new ArrayList<>();
    for (long[] row : counts) {
      List<Long> cells = new ArrayList<>();
      for (long count : row) {
        cells.add(count);
      }
      rows.add(cells);
    }
    return new ConfusionMatrix(labels.subList(0, shown), others, rows);
  }

  /** Returns how many words of a score have the right universal features. */
  static long universalCorrect(AccuracyScore score) {
    return score.correct()
        + score.confusions().stream()
            .filter(c -> UniversalFeatures.of(c.gold()).equals(UniversalFeatures.of(c.predicted())))
            .mapToLong(Confusion::count)
            .sum();
  }

  /** Returns how well each feature was found, whatever the others of the word. */
  static SortedMap<String, PrecisionRecall> features(AccuracyScore score) {
    SortedMap<String, PrecisionRecall> rates = new TreeMap<>();
    score.tags().forEach((feats, rate) -> add(rates, feats, feats, rate.correct()));
    score.confusions().forEach(c -> add(rates, c.gold(), c.predicted(), c.count()));
    return rates;
  }

  private static void add(
      Map<String, PrecisionRecall> rates, String gold, String predicted, long count) {
    Map<String, String> right = UniversalFeatures.values(gold);
    Map<String, String> found = UniversalFeatures.values(predicted);
    right.forEach(
        (name, value) ->
            rates.merge(
                name,
                new PrecisionRecall(count, 0, value.equals(found.get(name)) ? count : 0),
                PrecisionRecall::plus));
    found.forEach(
        (name, value) ->
            rates.merge(name, new PrecisionRecall(0, count, 0), PrecisionRecall::plus));
  }
}
