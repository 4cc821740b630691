package io.github.rnnotator.cli;

import io.github.rnnotator.data.GoldCheck;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.eval.AccuracyScore;
import io.github.rnnotator.eval.ChunkScore;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.PrecisionRecall;
import io.github.rnnotator.eval.ScoreTable;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.train.CrossValidation;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SeedSummary;
import io.github.rnnotator.train.Training;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.Callable;
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

  @Mixin private final RecipeOptions options = new RecipeOptions();

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
    if (options.isForPairs()) {
      throw new InputException(
          "cross-validate is for taggers and classifiers, the configuration is for pairs; use train"
              + " without --dev");
    }
    Recipe recipe = options.read();
    if (!recipe.training().sources().isEmpty()) {
      throw new InputException(
          "cross-validate learns from one file, but the configuration has train.sources; leave them"
              + " out, as in --set train.sources=[]");
    }
    GoldCorpus corpus = recipe.corpus(file);
    corpus.requireGold(recipe.tagger(), "", GoldCheck.LEAVE_OUT);
    CrossValidation validation;
    try {
      validation = CrossValidation.of(recipe, corpus, folds);
    } catch (IllegalArgumentException e) {
      throw new InputException("--folds " + folds + ": " + e.getMessage());
    }
    options.announce(err);
    CrossValidation.Result result =
        validation.run(
            (fold, data) -> {
              err.printf(Locale.ROOT, "fold %d/%d%n", fold + 1, folds);
              return train(recipe, data);
            },
            (fold, scores, size) ->
                scores.forEach(
                    (head, score) ->
                        err.printf(
                            Locale.ROOT,
                            "fold %d/%d  %s %s %.2f on %,d unseen %s%n",
                            fold + 1,
                            folds,
                            head,
                            score.measure().label(),
                            score.value(),
                            size,
                            corpus.unit())));
    report(result.folds(), result.all());
    return 0;
  }

  private TaggerModel train(Recipe recipe, Split data) throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    Training training =
        Training.of(recipe, data, options.vectors(recipe, data, err)).threads(options.threads());
    try (TrainingProgress progress = new TrainingProgress(err)) {
      return training.listener(progress).run().model();
    } catch (NetworkTooLargeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
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

  /** Returns the F1 of each label or type over the folds. */
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
