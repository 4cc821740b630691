package io.github.rnnotator.eval;

import io.github.rnnotator.eval.EvaluationReport.ChunkResults;
import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Illegal;
import io.github.rnnotator.eval.EvaluationReport.Mark;
import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.Rates;
import io.github.rnnotator.eval.EvaluationReport.Reliability;
import io.github.rnnotator.eval.EvaluationReport.Repair;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.EvaluationReport.Tags;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.eval.significance.CountBlocks;
import io.github.rnnotator.eval.significance.Interval;
import io.github.rnnotator.eval.significance.ResamplingUnits;
import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** A head of chunk tags: named entities and the like. */
final class ChunkEvaluation implements HeadEvaluation {
  /** Chunks of so many tokens and more are counted together. */
  private static final int LONGEST = 6;

  private static final int STRICT = 0;
  private static final int BOUNDARY = 3;
  private static final int TYPE = 6;
  private static final int TAGS = 9;
  private static final int SENTENCES = 11;

  private final String name;
  private final TagScheme goldScheme;
  private final TagScheme predictedScheme;
  private final @Nullable Predicate<String> known;
  private final @Nullable TrainingData training;
  private final ResamplingUnits chunkUnits = new ResamplingUnits(3);
  private final CountBlocks counts = new CountBlocks(13);
  private final AccuracyScorer tags;
  private final AccuracyScorer types = new AccuracyScorer(form -> true);
  private final List<RateCounter> byLength = new ArrayList<>();
  private final Map<Novelty, RateCounter> byNovelty = new EnumMap<>(Novelty.class);
  private final Map<RepairPolicy, RateCounter> byPolicy = new EnumMap<>(RepairPolicy.class);
  private final ErrorLog errors = new ErrorLog();
  private final LegalMoves goldMoves;
  private final LegalMoves predictedMoves;

  /** The type of each tag that was seen. */
  private final Map<String, String> typeOf = new HashMap<>();

  private final WorstSentences worst = new WorstSentences();

  /**
   * A head.
   *
   * @param goldScheme the scheme of its gold tags
   * @param predictedScheme the scheme of its predicted tags
   * @param known which words are known, or null if unknown
   * @param training the training data, or null if unknown
   */
  ChunkEvaluation(
      String name,
      TagScheme goldScheme,
      TagScheme predictedScheme,
      @Nullable Predicate<String> known,
      @Nullable TrainingData training) {
    this.name = name;
    this.goldScheme = goldScheme;
    this.predictedScheme = predictedScheme;
    this.goldMoves = new LegalMoves(goldScheme);
    this.predictedMoves = new LegalMoves(predictedScheme);
    this.known = known;
    this.training = training;
    this.tags = new AccuracyScorer(known == null ? form -> true : known);
    for (int i = 0; i < LONGEST; i++) {
      byLength.add(new RateCounter());
    }
    for (Novelty novelty : Novelty.values()) {
      byNovelty.put(novelty, new RateCounter());
    }
    for (RepairPolicy policy : RepairPolicy.values()) {
      byPolicy.put(policy, new RateCounter());
    }
  }

  @Override
  public void add(SentencePair pair) {
    TagSequence goldTags = pair.gold().tags(name);
    TagSequence predictedTags = pair.predicted().tags(name);
    int labelled = goldTags.labelled();
    if (labelled == 0) {
      return;
    }
    List<String> forms = pair.gold().sentence().forms();
    List<String> goldCompared = ConllTags.of(goldTags.tags());
    List<String> predictedCompared = ConllTags.of(predictedTags.tags());
    tags.add(forms, goldCompared, predictedCompared);
    types.add(forms, types(goldCompared), types(predictedCompared));
    boolean goldIsLegal = goldMoves.add(goldTags.tags());
    boolean predictedIsLegal = predictedMoves.add(predictedTags.tags());

    List<Mention> gold = Chunks.lenient(goldTags.tags());
    List<Mention> predicted = Chunks.scored(Chunks.lenient(predictedTags.tags()), goldTags);
    List<MentionMatch> matches = MentionMatch.of(gold, predicted);
    Map<MatchKind, Integer> kinds = new EnumMap<>(MatchKind.class);
    Set<Mention> found = new HashSet<>();
    for (MentionMatch match : matches) {
      kinds.merge(match.kind(), 1, Integer::sum);
      boolean correct = match.kind() == MatchKind.CORRECT;
      if (correct) {
        found.add(new Mention(match.span(), type(match)));
      } else {
        errors.add(pair, match);
      }
      addGroups(pair, match.gold(), match.predicted(), correct);
    }
    int correct = kinds.getOrDefault(MatchKind.CORRECT, 0);
    int boundaryCorrect = correct + kinds.getOrDefault(MatchKind.WRONG_TYPE, 0);
    int typeCorrect = correct + kinds.getOrDefault(MatchKind.WRONG_BOUNDARY, 0);
    chunkUnits.add(gold.size(), predicted.size(), correct);
    byPolicy.forEach(
        (policy, counter) -> {
          // All policies, and strict mode, read legal tags alike.
          List<Mention> repaired =
              predictedIsLegal
                  ? predicted
                  : Chunks.scored(policy.mentions(predictedScheme, predictedTags.tags()), goldTags);
          counter.add(
              gold.size(), repaired.size(), predictedIsLegal ? correct : inBoth(gold, repaired));
        });
    List<Mention> strictGold = goldIsLegal ? gold : Chunks.strict(goldScheme, goldTags.tags());
    List<Mention> strictPredicted =
        predictedIsLegal
            ? predicted
            : Chunks.scored(Chunks.strict(predictedScheme, predictedTags.tags()), goldTags);
    boolean isLegal = goldIsLegal && predictedIsLegal;
    counts.add(
        strictGold.size(),
        strictPredicted.size(),
        isLegal ? correct : inBoth(strictGold, strictPredicted),
        gold.size(),
        predicted.size(),
        boundaryCorrect,
        gold.size(),
        predicted.size(),
        typeCorrect,
        same(goldCompared, predictedCompared),
        labelled,
        correct == matches.size() ? 1 : 0,
        1);
    worst.add(pair, matches.size() - (long) correct, marks(gold, found), marks(predicted, found));
  }

  private static int same(List<String> gold, List<String> predicted) {
    int same = 0;
    for (int i = 0; i < gold.size(); i++) {
      boolean labelled = !TagSequence.isMissing(gold.get(i));
      same += labelled && gold.get(i).equals(predicted.get(i)) ? 1 : 0;
    }
    return same;
  }

  /** A chunk and its exact match have the same length and novelty. */
  private void addGroups(
      SentencePair pair, @Nullable Mention gold, @Nullable Mention predicted, boolean correct) {
    if (gold != null) {
      length(gold).add(1, 0, correct ? 1 : 0);
      novelty(pair, gold).add(1, 0, correct ? 1 : 0);
    }
    if (predicted != null) {
      length(predicted).add(0, 1, 0);
      novelty(pair, predicted).add(0, 1, 0);
    }
  }

  private RateCounter length(Mention mention) {
    return byLength.get(Math.min(mention.span().size(), LONGEST) - 1);
  }

  private RateCounter novelty(SentencePair pair, Mention mention) {
    Novelty novelty =
        training == null ? Novelty.UNSEEN : training.novelty(name, pair.gold(), mention);
    return byNovelty.getOrDefault(novelty, new RateCounter());
  }

  @Override
  public HeadReport head(HeadScore score, Bootstrap bootstrap, List<Reliability> calibration) {
    if (!(score instanceof ChunkScore chunks)) {
      throw new IllegalArgumentException("a head of chunks has no score of " + score.measure());
    }
    AccuracyScore tagScore = tags.score();
    AccuracyScore typeScore = types.score();
    PrecisionRecall strict = rates(STRICT);
    PrecisionRecall boundary = rates(BOUNDARY);
    PrecisionRecall type = rates(TYPE);
    Share sentenceShare = Share.of(counts.total(SENTENCES), counts.total(SENTENCES + 1));
    Share unknownWords =
        known == null || tagScore.unknownTokens() == 0
            ? null
            : Share.of(tagScore.unknownCorrect(), tagScore.unknownTokens());
    List<Score> headline =
        List.of(
            new Score("conlleval F1", chunks.value(), f1(bootstrap, chunkUnits)),
            new Score("strict F1", strict.f1(), f1(bootstrap, units(STRICT))),
            new Score("boundary-only F1", boundary.f1(), f1(bootstrap, units(BOUNDARY))),
            new Score("type-only F1", type.f1(), f1(bootstrap, units(TYPE))),
            new Score("tag accuracy", chunks.accuracy(), share(bootstrap, TAGS)),
            new Score("sentence accuracy", sentenceShare.accuracy(), share(bootstrap, SENTENCES)));
    return new HeadReport(
        name,
        score.measure().label(),
        goldScheme.name(),
        predictedScheme.name(),
        headline,
        new Tags(
            Share.of(chunks.correctTags(), chunks.tokens()),
            sentenceShare,
            unknownWords,
            TagTables.rows(tagScore.tags()),
            TagTables.matrix(typeScore),
            TagTables.mistakes(typeScore)),
        new ChunkResults(
            Rates.of(chunks.chunks()),
            Rates.of(strict),
            Rates.of(boundary),
            Rates.of(type),
            TagTables.rows(chunks.types()),
            lengths(),
            novelties(),
            errors.byKind(),
            new Illegal(goldMoves.illegal(), predictedMoves.illegal(), repairs())),
        calibration,
        worst.worstFirst());
  }

  private List<NamedRates> lengths() {
    List<NamedRates> rows = new ArrayList<>();
    for (int i = 0; i < LONGEST; i++) {
      String length = (i + 1) + (i + 1 == LONGEST ? "+" : "");
      rows.add(new NamedRates(length, byLength.get(i).rates()));
    }
    return rows;
  }

  private List<NamedRates> novelties() {
    List<NamedRates> rows = new ArrayList<>();
    if (training != null) {
      byNovelty.forEach(
          (novelty, counter) -> rows.add(new NamedRates(novelty.label(), counter.rates())));
    }
    return rows;
  }

  private List<Repair> repairs() {
    List<Repair> repairs = new ArrayList<>();
    double asItIs = byPolicy.getOrDefault(RepairPolicy.CONLLEVAL, new RateCounter()).counts().f1();
    byPolicy.forEach(
        (policy, counter) ->
            repairs.add(
                new Repair(policy.label(), counter.rates(), counter.counts().f1() - asItIs)));
    return repairs;
  }

  private PrecisionRecall rates(int from) {
    return new PrecisionRecall(counts.total(from), counts.total(from + 1), counts.total(from + 2));
  }

  private ResamplingUnits units(int from) {
    return ResamplingUnits.of(counts.columns(from, from + 1, from + 2));
  }

  private static Interval f1(Bootstrap bootstrap, ResamplingUnits units) {
    return bootstrap.interval(units, sums -> new PrecisionRecall(sums[0], sums[1], sums[2]).f1());
  }

  private Interval share(Bootstrap bootstrap, int from) {
    return bootstrap.interval(
        ResamplingUnits.of(counts.columns(from, from + 1)), sums -> Percent.of(sums[0], sums[1]));
  }

  private List<String> types(List<String> tags) {
    List<String> types = new ArrayList<>(tags.size());
    for (String tag : tags) {
      types.add(typeOf.computeIfAbsent(tag, ChunkEvaluation::type));
    }
    return types;
  }

  private static String type(String tag) {
    boolean outside = tag.equals(TagScheme.OUTSIDE) || TagSequence.isMissing(tag);
    return outside ? tag : ChunkTag.of(tag).type();
  }

  private static String type(MentionMatch match) {
    return match.gold() == null ? "" : match.gold().type();
  }

  private static int inBoth(List<Mention> gold, List<Mention> predicted) {
    Set<Mention> both = new HashSet<>(gold);
    both.retainAll(predicted);
    return both.size();
  }

  private static List<Mark> marks(List<Mention> mentions, Set<Mention> found) {
    return mentions.stream()
        .map(
            mention ->
                new Mark(
                    mention.span().begin(),
                    mention.span().end(),
                    mention.type(),
                    found.contains(mention)))
        .toList();
  }
}
