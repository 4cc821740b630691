package io.github.rnnotator.cli;

import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.eval.AccuracyScore;
import io.github.rnnotator.eval.ChunkScore;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.PrecisionRecall;
import io.github.rnnotator.eval.ScoreTable;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.kernel.Kernels;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.SeedSummary;
import io.github.rnnotator.train.Trainer;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code rnnotator cross-validate}: how good a configuration is without dev data. */
@Command(
    name = "cross-validate",
    description = {
      "Trains N models, each without one fold of a file, and scores each on that fold.",
      "A tenth of the training folds selects the best epoch. No model is kept."
          + " The seed also determines the folds."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {"", "Example:", "  rnnotator cross-validate -c eval/sms-spam.yaml --folds 5 sms.tsv"})
final class CrossValidateCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final TrainingOptions options = new TrainingOptions();

  @Option(
      names = "--folds",
      paramLabel = "N",
      defaultValue = "5",
      description = "The number of folds. Default: ${DEFAULT-VALUE}.")
  private int folds;

  @Parameters(paramLabel = "FILE", description = "Data with gold tags or labels.")
  private Path file;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    ConfigFile configuration = options.read();
    GoldData data =
        GoldData.read(
            Formats.of(configuration.tagger().input()), file, configuration.tagger().heads());
    data.requireGold(configuration.tagger(), "", GoldCheck.LEAVE_OUT);
    Folds parts =
        Folds.of(data, folds, configuration.tagger().group() > 0, configuration.training().seed());
    for (int fold = 0; fold < folds; fold++) {
      int left = parts.seen(fold).size();
      if (left < 2) {
        throw new InputException(
            file
                + ": "
                + left
                + (configuration.tagger().labelsTexts() ? " text" : " sentence")
                + " is left to train on without a part, expected at least 2");
      }
    }
    requireGold(configuration.tagger(), parts);
    options.announce(err);
    Map<String, List<HeadScore>> scores = new LinkedHashMap<>();
    @Nullable Evaluation all = null;
    for (int fold = 0; fold < folds; fold++) {
      err.printf(Locale.ROOT, "fold %d/%d%n", fold + 1, folds);
      Tagger tagger = new Tagger(train(configuration, parts.seen(fold)));
      Evaluation alone = evaluation(tagger.model());
      all = all == null ? evaluation(tagger.model()) : all;
      score(tagger, parts.unseen(fold), List.of(alone, all));
      for (Map.Entry<String, HeadScore> score : alone.scores().entrySet()) {
        scores.computeIfAbsent(score.getKey(), head -> new ArrayList<>()).add(score.getValue());
        err.printf(
            Locale.ROOT,
            "fold %d/%d  %s %s %.2f on %,d unseen %s%n",
            fold + 1,
            folds,
            score.getKey(),
            score.getValue().measure().label(),
            score.getValue().value(),
            parts.unseen(fold).size(),
            data.unit());
      }
    }
    report(scores, Objects.requireNonNull(all).scores());
    return 0;
  }

  /**
   * The scored, training and held-out sentences of each part must have gold tags, or the score is
   * undefined.
   */
  private void requireGold(TaggerConfig config, Folds parts) throws CorpusException {
    String remedy = "take fewer folds, another --seed, or more sentences with tags";
    for (int fold = 0; fold < folds; fold++) {
      String part = "part %d of %d".formatted(fold + 1, folds);
      GoldData seen = parts.seen(fold);
      parts.unseen(fold).requireGold(config, part, remedy);
      seen.where(seen.heldOut()).requireHeldOutGold(config, "dev data without " + part, remedy);
      seen.where(seen.heldOut().negate()).requireGold(config, "all but " + part, remedy);
    }
  }

  private TaggerModel train(ConfigFile configuration, GoldData seen)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    List<List<TaggedSentence>> dev = seen.where(seen.heldOut()).tagged();
    List<List<TaggedSentence>> train = seen.where(seen.heldOut().negate()).tagged();
    PretrainedVectors pretrained =
        PretrainedVectors.read(
            configuration.tagger(), train.stream().flatMap(List::stream).toList(), err);
    try (TrainingProgress progress = new TrainingProgress(err)) {
      return new Trainer(
              pretrained.config(),
              configuration.training(),
              pretrained.vectors(),
              Kernels.best(),
              options.threads(),
              progress)
          .trainOnDocuments(train, dev, null)
          .model();
    } catch (NetworkTooLargeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private static Evaluation evaluation(TaggerModel model) throws InputException {
    Map<String, Measure> measures = ModelPairs.measures(model, null);
    Map<String, TagScheme> schemes = model.schemes();
    return new Evaluation(measures, schemes, model::knows);
  }

  private static void score(Tagger tagger, GoldData unseen, List<Evaluation> evaluations) {
    boolean texts = tagger.model().config().labelsTexts();
    List<List<Sentence>> documents =
        unseen.documents().stream()
            .map(document -> document.stream().map(TaggedSentence::sentence).toList())
            .toList();
    Iterator<TaggedSentence> predicted =
        tagger.tagDocuments(documents).stream().flatMap(List::stream).iterator();
    for (List<TaggedSentence> document : unseen.tagged()) {
      for (TaggedSentence sentence : document) {
        TaggedSentence gold =
            (texts ? WholeText.of(sentence) : sentence)
                .withAll(tagger.model().config().heads().keySet());
        TaggedSentence found = texts ? WholeText.of(predicted.next()) : predicted.next();
        evaluations.forEach(evaluation -> evaluation.add(gold, found));
      }
    }
  }

  private void report(Map<String, List<HeadScore>> folds, Map<String, HeadScore> all) {
    PrintWriter out = spec.commandLine().getOut();
    List<String> parts = new ArrayList<>();
    all.forEach(
        (head, score) -> {
          List<HeadScore> each = Objects.requireNonNull(folds.get(head));
          SeedSummary summary = SeedSummary.of(each.stream().map(HeadScore::value).toList());
          String fact =
              String.format(
                  Locale.ROOT,
                  "%d folds: mean %.2f, standard deviation %.2f, minimum %.2f, maximum %.2f",
                  each.size(),
                  summary.mean(),
                  summary.standardDeviation(),
                  summary.minimum(),
                  summary.maximum());
          parts.add(ScoreTable.of(head, score, List.of(fact)) + rates(score, each));
        });
    out.print(String.join("\n", parts));
    out.flush();
  }

  /** The F1 of each label or type over the folds. */
  private static String rates(HeadScore all, List<HeadScore> folds) {
    StringBuilder lines = new StringBuilder("\n");
    String row = "  %-12s  %6s  %9s  %7s  %7s%n";
    lines.append(
        String.format(Locale.ROOT, row, "f1 of", "mean", "deviation", "minimum", "maximum"));
    for (String name : rates(all).keySet()) {
      SeedSummary f1 =
          SeedSummary.of(
              folds.stream()
                  .map(fold -> rates(fold).getOrDefault(name, new PrecisionRecall(0, 0, 0)).f1())
                  .toList());
      lines.append(
          String.format(
              Locale.ROOT,
              row,
              name,
              ScoreTable.percent(f1.mean()),
              ScoreTable.percent(f1.standardDeviation()),
              ScoreTable.percent(f1.minimum()),
              ScoreTable.percent(f1.maximum())));
    }
    return lines.toString();
  }

  private static Map<String, PrecisionRecall> rates(HeadScore score) {
    if (score instanceof AccuracyScore accuracy) {
      return accuracy.tags();
    }
    return score instanceof ChunkScore chunks ? chunks.types() : Map.of();
  }
}
