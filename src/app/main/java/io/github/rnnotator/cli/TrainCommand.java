package io.github.rnnotator.cli;

import io.github.rnnotator.data.GoldCheck;
import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.report.LearningCurves;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.train.ModelCard;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.Recipe;
import io.github.rnnotator.train.SegmentConfig;
import io.github.rnnotator.train.StartModel;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.Training;
import io.github.rnnotator.train.TrainingEvent;
import io.github.rnnotator.train.TrainingFiles;
import io.github.rnnotator.train.segmenter.SegmenterTraining;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code rnnotator train}: from a configuration and two files to a model file. */
@Command(
    name = "train",
    description = "Trains a tagger on files with gold tags, or a classifier on labelled texts.",
    mixinStandardHelpOptions = true,
    sortOptions = false,
    footer = {
      "",
      "Examples:",
      "  rnnotator train -c eval/ewt-pos.yaml --train train.conllu --dev dev.conllu -o ewt.rnn",
      "  rnnotator train -c eval/sms-spam.yaml --train sms.tsv -o sms.rnn",
      "  rnnotator train --from ewt.rnn --train more.conllu --set train.epochs=5 -o more.rnn"
    })
final class TrainCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Mixin private final RecipeOptions options = new RecipeOptions();

  @Option(
      names = "--from",
      paramLabel = "MODEL",
      description = {
        "Trains a finished model further: begins with its weights, and adds the words, characters"
            + " and labels of the data to its own. A model file, or the name of a bundled model.",
        "Without -c its layers and heads, and the defaults of train.* or what --set says."
      })
  private @Nullable Path from;

  @Option(names = "--train", required = true, paramLabel = "FILE", description = "Training data.")
  private Path train;

  @Option(
      names = "--dev",
      paramLabel = "FILE",
      description = "Data that selects the epoch to keep. Default: the last tenth of --train.")
  private @Nullable Path dev;

  @Option(
      names = "--segmenter-only",
      description = {
        "With --from: trains a segmenter for the model and leaves its tagger as it is.",
        "Without a key segment in the configuration, the default one."
      })
  private boolean segmenterOnly;

  @Option(
      names = {"-o", "--output"},
      required = true,
      paramLabel = "MODEL.rnn",
      description = "The model file to write.")
  private Path output;

  @Option(
      names = "--seeds",
      paramLabel = "N",
      defaultValue = "1",
      description = {
        "Trains N times, with N seeds: MODEL.seed-1.rnn and so on; MODEL.rnn is the best of them.",
        "Prints mean and deviation of their scores."
      })
  private int seeds;

  @Option(names = "--resume", description = "Resumes a run that was stopped.")
  private boolean resume;

  @Option(
      names = "--discard",
      description = "Starts again where a run was stopped, and deletes its checkpoint.")
  private boolean discard;

  @Option(
      names = "--checkpoint",
      paramLabel = "MINUTES",
      defaultValue = "5",
      description =
          "How often a long epoch is saved before its end. Default: ${DEFAULT-VALUE} minutes.")
  private double checkpoint;

  @Option(
      names = "--type",
      paramLabel = "TYPE",
      defaultValue = "F32",
      description = "How weights are stored: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private Safetensors.Type type;

  @Option(
      names = "--data-license",
      paramLabel = "TEXT",
      defaultValue = "not stated",
      description = "Name and licence of the training data, for the model card.")
  private String dataLicense;

  /** The model to start from, once it was read. */
  private @Nullable StartModel start;

  @Override
  public Integer call() throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    if (seeds < 1) {
      throw new InputException("--seeds is " + seeds + ", expected at least 1");
    }
    if (!(checkpoint >= 0)) {
      throw new InputException("--checkpoint is " + checkpoint + ", expected 0 or more minutes");
    }
    Recipe recipe = recipe();
    TrainingFiles files = new TrainingFiles(output, seeds);
    long firstSeed = recipe.training().seed();
    options.inputs(recipe).reads(train).reads(dev).reads(from).writesAll(files.written(firstSeed));
    requireNoCheckpoint(files, firstSeed);
    SegmentConfig segment = segment(recipe);
    ModelCard card =
        new ModelCard(Main.Version.number(), dataLicense, options.config(), options.settings());
    if (segmenterOnly) {
      TaggerModel own = Objects.requireNonNull(start).model();
      files.writeModel(output, segmented(own, segmenter(segment, recipe, files), card), type);
      Files.deleteIfExists(files.segmenterCheckpoint());
      err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
      return 0;
    }
    Split data = data(recipe);
    SegmenterTraining.@Nullable Result segmenter = segmenter(segment, recipe, files);
    Training training =
        start == null
            ? Training.of(recipe, data, options.vectors(recipe, data, err))
            : Training.from(start, recipe, data);
    training = training.threads(options.threads());

    LearningCurves curves = resume ? files.earlierCurves() : new LearningCurves();
    curves.keep(firstSeed, firstSeed + seeds - 1);
    List<TrainingFiles.Run> runs = new ArrayList<>();
    Trainer.@Nullable Result best = null;
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      if (seeds > 1) {
        err.println("seed " + seed);
      }
      Trainer.Result result = run(training.seed(seed), files, curves);
      runs.add(new TrainingFiles.Run(seed, result.epoch(), result.scores()));
      String text = card.of(result, data.train().size() + " " + data.train().unit(), seed);
      TaggerModel model =
          segmented(
              result.model().withCard(start == null ? text : text + start.card()), segmenter, card);
      if (seeds > 1) {
        files.writeModel(files.model(seed), model, type);
      }
      if (best == null || result.score() > best.score()) {
        best = result;
        files.writeModel(output, model, type);
      }
    }
    try {
      files.drawCurves(curves);
    } catch (LinkageError | InternalError e) {
      err.println(
          "no PNG of the curves: this Java has no fonts or no libraries to draw (" + e + ")");
    }
    files.writeScores(runs);
    for (TrainingFiles.Run run : runs) {
      Files.deleteIfExists(files.checkpoint(run.seed()));
    }
    Files.deleteIfExists(files.segmenterCheckpoint());
    report(best, runs);
    err.println("wrote " + output + " (" + Files.size(output) / 1000 + " kB)");
    return 0;
  }

  private Recipe recipe() throws IOException {
    if (from == null) {
      return options.read();
    }
    start = StartModel.read(from);
    try {
      return start.recipe(options.read(start.model().config()));
    } catch (IllegalArgumentException e) {
      throw new InputException(
          "--from " + from + ": " + e.getMessage() + ", so leave out -c, or train without --from");
    }
  }

  private @Nullable SegmentConfig segment(Recipe recipe) throws InputException {
    SegmentConfig segment = recipe.segment();
    if (segmenterOnly && start == null) {
      throw new InputException("--segmenter-only needs --from MODEL, whose segmenter it trains");
    }
    segment = segment == null && segmenterOnly ? SegmentConfig.defaults() : segment;
    if (segment != null && !recipe.tagger().input().format().equals("conllu")) {
      throw new InputException(
          "a segmenter learns from CoNLL-U, not from input.format: "
              + recipe.tagger().input().format()
              + "; leave out segment");
    }
    return segment;
  }

  /** Returns a model with the segmenter that was trained, if any, or that of the first model. */
  private TaggerModel segmented(
      TaggerModel model, SegmenterTraining.@Nullable Result trained, ModelCard card) {
    if (trained != null) {
      return card.withSegmenter(model, trained.model(), trained.scores());
    }
    return start == null ? model : model.withSegmenter(start.model().segmenter());
  }

  private SegmenterTraining.@Nullable Result segmenter(
      @Nullable SegmentConfig segment, Recipe recipe, TrainingFiles files)
      throws IOException, InterruptedException {
    options.announce(spec.commandLine().getErr());
    if (segment == null) {
      return null;
    }
    spec.commandLine().getErr().println("segmenter");
    Path saved = files.segmenterCheckpoint();
    AtomicOutput.removeLeftovers(saved);
    boolean begun = resume && Files.exists(saved);
    try (TrainingProgress progress = new TrainingProgress(spec.commandLine().getErr())) {
      String language = recipe.tagger().input().language();
      return new SegmenterTraining(segment, language, options.threads(), progress)
          .run(train, dev, new Trainer.Resume(saved, begun, checkpoint * 60));
    } catch (NetworkTooLargeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private Split data(Recipe recipe) throws IOException {
    GoldCorpus gold = recipe.corpus(train);
    Split data;
    if (dev != null) {
      data = new Split(gold, recipe.corpus(dev));
      data.dev().requireGold(recipe.tagger(), "dev data", GoldCheck.LEAVE_OUT);
    } else {
      if (gold.size() == 1) {
        throw new InputException(
            train
                + ": one "
                + gold.unit().replaceFirst("s$", "")
                + " is too few to hold some out; give --dev");
      }
      data = Split.holdOut(gold);
      data.dev().requireHeldOutGold(recipe.tagger(), "the part held out as dev data", "give --dev");
      spec.commandLine()
          .getErr()
          .println(
              "no --dev: %s of --train are held out"
                  .formatted(
                      recipe.tagger().labelsTexts()
                          ? "every tenth text, %d,".formatted(data.dev().size())
                          : "the last %d sentences".formatted(data.dev().size())));
    }
    data.train().requireGold(recipe.tagger(), "", GoldCheck.LEAVE_OUT);
    return start == null
        ? data
        : new Split(start.inSchemes(data.train()), start.inSchemes(data.dev()));
  }

  /** A stopped run may have taken days: overwrite it only on request. */
  private void requireNoCheckpoint(TrainingFiles files, long firstSeed) throws IOException {
    if (resume && discard) {
      throw new InputException("give --resume or --discard, not both");
    }
    for (long seed = firstSeed; seed < firstSeed + seeds && !resume; seed++) {
      Path saved = files.checkpoint(seed);
      if (discard) {
        Files.deleteIfExists(saved);
      } else if (Files.exists(saved)) {
        throw new InputException(
            saved
                + ": a run was stopped here; resume it with --resume, or delete it and start again"
                + " with --discard");
      }
    }
  }

  private Trainer.Result run(Training training, TrainingFiles files, LearningCurves curves)
      throws IOException, InterruptedException {
    long seed = training.recipe().training().seed();
    Path saved = files.checkpoint(seed);
    AtomicOutput.removeLeftovers(saved);
    // Some of several runs may not have begun.
    boolean begun = resume && (Files.exists(saved) || seeds == 1);
    Consumer<TrainingEvent> recorder = files.recorder(seed, curves);
    try (TrainingProgress progress = new TrainingProgress(spec.commandLine().getErr())) {
      return training
          .listener(recorder.andThen(progress))
          .run(new Trainer.Resume(saved, begun, checkpoint * 60));
    } catch (NetworkTooLargeException e) {
      throw new InputException(String.valueOf(e.getMessage()));
    }
  }

  private void report(Trainer.@Nullable Result best, List<TrainingFiles.Run> runs) {
    PrintWriter out = spec.commandLine().getOut();
    Objects.requireNonNull(best)
        .scores()
        .forEach(
            (head, score) ->
                out.printf(
                    Locale.ROOT, "%s %s: %.2f%n", head, score.measure().label(), score.value()));
    if (seeds > 1) {
      TrainingFiles.summaries(runs)
          .forEach(
              (head, summary) ->
                  out.printf(
                      Locale.ROOT,
                      "%s, %d seeds: mean %.2f, standard deviation %.2f, minimum %.2f, maximum"
                          + " %.2f%n",
                      head,
                      seeds,
                      summary.mean(),
                      summary.standardDeviation(),
                      summary.minimum(),
                      summary.maximum()));
    }
    out.flush();
  }
}
