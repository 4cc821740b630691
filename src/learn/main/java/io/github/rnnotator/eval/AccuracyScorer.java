package io.github.rnnotator.eval;

import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Predicate;

/** Counts right and wrong tags, token by token; a token without a gold tag counts nothing. */
final class AccuracyScorer implements Scorer {
  private static final Comparator<Confusion> MOST_FREQUENT_FIRST =
      Comparator.comparingLong(Confusion::count)
          .reversed()
          .thenComparing(Confusion::gold)
          .thenComparing(Confusion::predicted);

  private static final String NO_TAG = "_";

  private record Pair(String gold, String predicted) {}

  private static final class Times {
    private long times;
  }

  private final Measure measure;
  private final Predicate<String> known;
  private final Map<Pair, Times> pairs = new HashMap<>();
  private long sentences;
  private long correctSentences;
  private long unknownTokens;
  private long unknownCorrect;

  AccuracyScorer(Predicate<String> known) {
    this(Measure.ACCURACY, known);
  }

  /**
   * Counts for one measure.
   *
   * @param measure {@link Measure#ACCURACY} or {@link Measure#LABELS}
   */
  AccuracyScorer(Measure measure, Predicate<String> known) {
    this.measure = measure;
    this.known = known;
  }

  @Override
  public void add(List<String> forms, List<String> gold, List<String> predicted) {
    int labelled = 0;
    int right = 0;
    for (int i = 0; i < gold.size(); i++) {
      if (TagSequence.isMissing(gold.get(i))) {
        continue;
      }
      labelled++;
      Pair pair = new Pair(gold.get(i), shown(predicted.get(i)));
      pairs.computeIfAbsent(pair, key -> new Times()).times++;
      boolean correct = pair.gold.equals(pair.predicted);
      right += correct ? 1 : 0;
      if (!known.test(forms.get(i))) {
        unknownTokens++;
        unknownCorrect += correct ? 1 : 0;
      }
    }
    if (labelled > 0) {
      sentences++;
      correctSentences += right == labelled ? 1 : 0;
    }
  }

  /** Counts a missing prediction as wrong; tables show it as files do. */
  private static String shown(String predicted) {
    return TagSequence.isMissing(predicted) ? NO_TAG : predicted;
  }

  @Override
  public AccuracyScore score() {
    SortedMap<String, PrecisionRecall> tags = new TreeMap<>();
    List<Confusion> confusions = new ArrayList<>();
    long tokens = 0;
    long correct = 0;
    for (Map.Entry<Pair, Times> entry : pairs.entrySet()) {
      Pair pair = entry.getKey();
      long count = entry.getValue().times;
      tokens += count;
      if (pair.gold.equals(pair.predicted)) {
        correct += count;
        tags.merge(pair.gold, new PrecisionRecall(count, count, count), PrecisionRecall::plus);
      } else {
        tags.merge(pair.gold, new PrecisionRecall(count, 0, 0), PrecisionRecall::plus);
        tags.merge(pair.predicted, new PrecisionRecall(0, count, 0), PrecisionRecall::plus);
        confusions.add(new Confusion(pair.gold, pair.predicted, count));
      }
    }
    confusions.sort(MOST_FREQUENT_FIRST);
    return new AccuracyScore(
        measure,
        tokens,
        correct,
        sentences,
        correctSentences,
        unknownTokens,
        unknownCorrect,
        tags,
        confusions);
  }
}
