package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.Mark;
import io.github.rnnotator.eval.EvaluationReport.WorstSentence;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.PriorityQueue;

/** Keeps the sentences with the most errors; on a tie the first. */
final class WorstSentences {
  private static final int KEPT = 20;
  private static final int MOST_TOKENS = 120;

  private static final Comparator<WorstSentence> WORST_FIRST =
      Comparator.comparingLong(WorstSentence::errors)
          .reversed()
          .thenComparingLong(WorstSentence::sentence);

  private final PriorityQueue<WorstSentence> kept = new PriorityQueue<>(WORST_FIRST.reversed());

  /** Offers a sentence with its marks. */
  void add(SentencePair pair, long errors, List<Mark> gold, List<Mark> predicted) {
    if (errors == 0 || (kept.size() == KEPT && kept.element().errors() >= errors)) {
      return;
    }
    List<String> forms = pair.gold().sentence().forms();
    int shown = Math.min(forms.size(), MOST_TOKENS);
    kept.add(
        new WorstSentence(
            pair.number(),
            pair.line(),
            errors,
            shown < forms.size(),
            forms.subList(0, shown),
            within(gold, shown),
            within(predicted, shown)));
    if (kept.size() > KEPT) {
      kept.remove();
    }
  }

  List<WorstSentence> worstFirst() {
    List<WorstSentence> sentences = new ArrayList<>(kept);
    sentences.sort(WORST_FIRST);
    return sentences;
  }

  private static List<Mark> within(List<Mark> marks, int size) {
    return marks.stream()
        .filter(mark -> mark.begin() < size)
        .map(
            mark -> new Mark(mark.begin(), Math.min(mark.end(), size), mark.type(), mark.correct()))
        .toList();
  }
}
