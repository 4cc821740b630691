package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.Head;
import io.github.rnnotator.eval.EvaluationReport.Mark;
import io.github.rnnotator.eval.EvaluationReport.Reliability;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.EvaluationReport.Tags;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A head of tags: parts of speech and the like. */
final class TagEvaluation implements HeadEvaluation {
  private static final int TOKENS = 0;
  private static final int CORRECT = 1;
  private static final int SENTENCES = 2;
  private static final int CORRECT_SENTENCES = 3;
  private static final int UNKNOWN = 4;
  private static final int UNKNOWN_CORRECT = 5;

  private final String name;
  private final @Nullable Predicate<String> known;
  private final SentenceCounts counts = new SentenceCounts(6);
  private final Calibration calibration = new Calibration();
  private final WorstSentences worst = new WorstSentences();

  /** A head; {@code known} tells which words are, or is null where that is not known. */
  TagEvaluation(String name, @Nullable Predicate<String> known) {
    this.name = name;
    this.known = known;
  }

  @Override
  public void add(SentencePair pair) {
    TagSequence gold = pair.gold().tags(name);
    TagSequence predicted = pair.predicted().tags(name);
    List<Mark> missed = new ArrayList<>();
    List<Mark> wrong = new ArrayList<>();
    int unknown = 0;
    int unknownCorrect = 0;
    for (int i = 0; i < gold.size(); i++) {
      boolean correct = gold.tag(i).equals(predicted.tag(i));
      if (!correct) {
        missed.add(new Mark(i, i + 1, gold.tag(i), false));
        wrong.add(new Mark(i, i + 1, predicted.tag(i), false));
      }
      if (known != null && !known.test(pair.gold().sentence().form(i))) {
        unknown++;
        unknownCorrect += correct ? 1 : 0;
      }
      if (predicted.hasProbabilities()) {
        calibration.add(predicted.probabilities().get(i), correct);
      }
    }
    counts.add(
        gold.size(),
        gold.size() - wrong.size(),
        1,
        wrong.isEmpty() ? 1 : 0,
        unknown,
        unknownCorrect);
    worst.add(pair, wrong.size(), missed, wrong);
  }

  @Override
  public Head head(HeadScore score, Bootstrap bootstrap) {
    if (!(score instanceof AccuracyScore accuracy)) {
      throw new IllegalArgumentException("a head of tags has no score of " + score.measure());
    }
    List<Score> headline = new ArrayList<>();
    headline.add(new Score("accuracy", accuracy.accuracy(), interval(bootstrap, CORRECT, TOKENS)));
    headline.add(
        new Score(
            "sentence accuracy",
            accuracy.sentenceAccuracy(),
            interval(bootstrap, CORRECT_SENTENCES, SENTENCES)));
    Share unknownWords = null;
    if (known != null && accuracy.unknownTokens() > 0) {
      unknownWords = Share.of(accuracy.unknownCorrect(), accuracy.unknownTokens());
      headline.add(
          new Score(
              "unknown-word accuracy",
              unknownWords.accuracy(),
              interval(bootstrap, UNKNOWN_CORRECT, UNKNOWN)));
    }
    return new Head(
        name,
        score.measure().label(),
        null,
        headline,
        new Tags(
            Share.of(accuracy.correct(), accuracy.tokens()),
            Share.of(accuracy.correctSentences(), accuracy.sentences()),
            unknownWords,
            TagTables.rows(accuracy.tags()),
            TagTables.matrix(accuracy),
            TagTables.mistakes(accuracy)),
        null,
        calibration.count() == 0 ? List.of() : List.of(Reliability.of("tokens", calibration)),
        worst.worstFirst());
  }

  private Interval interval(Bootstrap bootstrap, int part, int whole) {
    return bootstrap.interval(counts.columns(part, whole), sums -> Percent.of(sums[0], sums[1]));
  }
}
