package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.Errors;
import io.github.rnnotator.eval.EvaluationReport.Example;
import io.github.rnnotator.eval.EvaluationReport.Mark;
import io.github.rnnotator.eval.EvaluationReport.TypePair;
import io.github.rnnotator.text.Mention;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Counts errors by their kind and keeps the first of each. */
final class ErrorLog {
  private static final int EXAMPLES = 15;

  /** Tokens shown on either side of an error. */
  private static final int AROUND = 6;

  private record Types(@Nullable String gold, @Nullable String predicted) {}

  private final Map<MatchKind, Tally<Types>> types = new EnumMap<>(MatchKind.class);
  private final Map<MatchKind, List<Example>> examples = new EnumMap<>(MatchKind.class);

  void add(SentencePair pair, MentionMatch error) {
    Mention gold = error.gold();
    Mention predicted = error.predicted();
    types
        .computeIfAbsent(error.kind(), kind -> new Tally<>())
        .add(
            new Types(
                gold == null ? null : gold.type(), predicted == null ? null : predicted.type()));
    List<Example> kept = examples.computeIfAbsent(error.kind(), kind -> new ArrayList<>());
    if (kept.size() < EXAMPLES) {
      kept.add(example(pair, gold, predicted));
    }
  }

  /** All kinds of errors in the order of {@link MatchKind}. */
  List<Errors> byKind() {
    List<Errors> errors = new ArrayList<>();
    for (MatchKind kind : MatchKind.values()) {
      if (kind != MatchKind.CORRECT) {
        Tally<Types> tally = types.getOrDefault(kind, new Tally<>());
        errors.add(
            new Errors(
                kind.label(),
                tally.total(),
                tally.mostFrequentFirst().stream()
                    .map(e -> new TypePair(e.getKey().gold, e.getKey().predicted, e.getValue()))
                    .toList(),
                examples.getOrDefault(kind, List.of())));
      }
    }
    return errors;
  }

  private static Example example(
      SentencePair pair, @Nullable Mention gold, @Nullable Mention predicted) {
    List<String> forms = pair.gold().sentence().forms();
    int begin = forms.size();
    int end = 0;
    if (gold != null) {
      begin = gold.span().begin();
      end = gold.span().end();
    }
    if (predicted != null) {
      begin = Math.min(begin, predicted.span().begin());
      end = Math.max(end, predicted.span().end());
    }
    int from = Math.max(0, begin - AROUND);
    int to = Math.min(forms.size(), end + AROUND);
    return new Example(
        pair.number(),
        pair.line(),
        forms.subList(from, to),
        mark(gold, from),
        mark(predicted, from));
  }

  private static @Nullable Mark mark(@Nullable Mention mention, int from) {
    return mention == null
        ? null
        : new Mark(
            mention.span().begin() - from, mention.span().end() - from, mention.type(), false);
  }
}
