package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Mark;
import io.github.rnnotator.eval.EvaluationReport.Reliability;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.EvaluationReport.Tags;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.CountBlocks;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.UniversalFeatures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A head of tags: parts of speech and the like. */
final class TagEvaluation implements HeadEvaluation {
  private final String name;
  private final @Nullable Predicate<String> known;
  private final Measure measure;
  private final ResamplingUnits tokens = new ResamplingUnits(2);
  private final ResamplingUnits universal = new ResamplingUnits(2);
  private final CountBlocks counts = new CountBlocks(4);
  private final WorstSentences worst = new WorstSentences();

  /** A head; {@code known} tells which words the tagger knows; null if that is unknown. */
  TagEvaluation(String name, Measure measure, @Nullable Predicate<String> known) {
    this.name = name;
    this.measure = measure;
    this.known = known;
  }

  @Override
  public void add(SentencePair pair) {
    TagSequence gold = pair.gold().tags(name);
    TagSequence predicted = pair.predicted().tags(name);
    int labelled = gold.labelled();
    if (labelled == 0) {
      return;
    }
    List<Mark> missed = new ArrayList<>();
    List<Mark> wrong = new ArrayList<>();
    int unknown = 0;
    int unknownCorrect = 0;
    for (int i = 0; i < gold.size(); i++) {
      if (!gold.has(i)) {
        continue;
      }
      boolean correct = gold.tag(i).equals(predicted.tag(i));
      if (!correct) {
        missed.add(new Mark(i, i + 1, gold.tag(i), false));
        wrong.add(new Mark(i, i + 1, predicted.tag(i), false));
      }
      if (known != null && !known.test(pair.gold().sentence().form(i))) {
        unknown++;
        unknownCorrect += correct ? 1 : 0;
      }
    }
    tokens.add(labelled, labelled - wrong.size());
    if (measure == Measure.FEATS) {
      universal.add(labelled, labelled - wrongUniversal(gold, predicted));
    }
    counts.add(wrong.isEmpty() ? 1 : 0, 1, unknownCorrect, unknown);
    worst.add(pair, wrong.size(), missed, wrong);
  }

  private static int wrongUniversal(TagSequence gold, TagSequence predicted) {
    int wrong = 0;
    for (int i = 0; i < gold.size(); i++) {
      boolean differs = gold.has(i) && !gold.tag(i).equals(predicted.tag(i));
      if (differs
          && !UniversalFeatures.of(gold.tag(i)).equals(UniversalFeatures.of(predicted.tag(i)))) {
        wrong++;
      }
    }
    return wrong;
  }

  @Override
  public HeadReport head(HeadScore score, Bootstrap bootstrap, List<Reliability> calibration) {
    if (!(score instanceof AccuracyScore accuracy)) {
      throw new IllegalArgumentException("a head of tags has no score of " + score.measure());
    }
    List<Score> headline = new ArrayList<>();
    headline.add(
        new Score(
            "accuracy",
            accuracy.accuracy(),
            bootstrap.interval(tokens, sums -> Percent.of(sums[1], sums[0]))));
    if (measure == Measure.FEATS) {
      headline.add(
          new Score(
              "UFeats",
              Percent.of(TagTables.universalCorrect(accuracy), accuracy.tokens()),
              bootstrap.interval(universal, sums -> Percent.of(sums[1], sums[0]))));
    }
    if (!accuracy.isOfWholeTexts()) {
      headline.add(
          new Score(
              "sentence accuracy",
              accuracy.sentenceAccuracy(),
              interval(bootstrap, ResamplingUnits.of(counts.columns(0, 1)))));
    }
    Share unknownWords = null;
    if (known != null && accuracy.unknownTokens() > 0) {
      unknownWords = Share.of(accuracy.unknownCorrect(), accuracy.unknownTokens());
      headline.add(
          new Score(
              "unknown-word accuracy",
              unknownWords.accuracy(),
              interval(bootstrap, ResamplingUnits.of(counts.columns(2, 3)))));
    }
    return new HeadReport(
        name,
        score.measure().label(),
        null,
        null,
        headline,
        new Tags(
            Share.of(accuracy.correct(), accuracy.tokens()),
            Share.of(accuracy.correctSentences(), accuracy.sentences()),
            unknownWords,
            TagTables.rows(
                measure == Measure.FEATS ? TagTables.features(accuracy) : accuracy.tags()),
            TagTables.matrix(accuracy),
            TagTables.mistakes(accuracy)),
        null,
        calibration,
        worst.worstFirst());
  }

  /** Returns the interval of a share whose part and whole are the counts of each unit. */
  private static Interval interval(Bootstrap bootstrap, ResamplingUnits units) {
    return bootstrap.interval(units, sums -> Percent.of(sums[0], sums[1]));
  }
}
