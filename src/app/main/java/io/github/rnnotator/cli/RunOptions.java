package io.github.rnnotator.cli;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.report.LearningCurves;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.train.NetworkTooLargeException;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingEvent;
import io.github.rnnotator.train.TrainingFiles;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** How {@code train} runs: seeds, checkpoints, and the files that it writes. */
final class RunOptions {
  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

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

  /** Trains with one seed. */
  interface SeedRun {
    Outcome run(long seed, Consumer<TrainingEvent> listener, Trainer.Resume resume)
        throws IOException, InterruptedException;
  }

  /**
   * A trained model.
   *
   * @param epoch the best epoch
   * @param scores its dev scores
   * @param writer writes the model
   */
  record Outcome(int epoch, Map<String, ? extends Score> scores, ModelWriter writer) {
    double rank() {
      return Trainer.mean(scores);
    }
  }

  /** Writes a model file. */
  interface ModelWriter {
    void write(Path file) throws IOException;
  }

  Safetensors.Type type() {
    return type;
  }

  String dataLicense() {
    return dataLicense;
  }

  int seeds() {
    return seeds;
  }

  void check() throws InputException {
    if (seeds < 1) {
      throw new InputException("--seeds is " + seeds + ", expected at least 1");
    }
    if (!(checkpoint >= 0)) {
      throw new InputException("--checkpoint is " + checkpoint + ", expected 0 or more minutes");
    }
  }

  /** A stopped run may have taken days: overwrite it only on request. */
  void requireNoCheckpoint(TrainingFiles files, long firstSeed) throws IOException {
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

  /**
   * Returns the checkpoint settings of a run, with {@code --resume} applied.
   *
   * @param maybeNotBegun whether the run may not have begun when another one was stopped
   */
  Trainer.Resume resume(Path saved, boolean maybeNotBegun) throws IOException {
    AtomicOutput.removeLeftovers(saved);
    boolean begun = resume && (Files.exists(saved) || !maybeNotBegun);
    return new Trainer.Resume(saved, begun, checkpoint * 60);
  }

  /** Trains with all seeds, keeps the best model, and writes curves and scores. */
  void runAll(TrainingFiles files, long firstSeed, SeedRun run)
      throws IOException, InterruptedException {
    runAll(files, firstSeed, "epoch", run);
  }

  /**
   * As above.
   *
   * @param unit what the epochs of the run are called
   */
  void runAll(TrainingFiles files, long firstSeed, String unit, SeedRun run)
      throws IOException, InterruptedException {
    PrintWriter err = spec.commandLine().getErr();
    LearningCurves curves = resume ? files.earlierCurves() : new LearningCurves();
    curves.keep(firstSeed, firstSeed + seeds - 1);
    // The run that was stopped may have been of another seed, or of the segmenter.
    boolean maybeNotBegun = seeds > 1 || Files.exists(files.segmenterCheckpoint());
    List<TrainingFiles.Run> runs = new ArrayList<>();
    @Nullable Outcome best = null;
    for (long seed = firstSeed; seed < firstSeed + seeds; seed++) {
      if (seeds > 1) {
        err.println("seed " + seed);
      }
      Outcome outcome;
      try (TrainingProgress progress = new TrainingProgress(err, unit)) {
        Consumer<TrainingEvent> listener = files.recorder(seed, curves).andThen(progress);
        outcome = run.run(seed, listener, resume(files.checkpoint(seed), maybeNotBegun));
      } catch (NetworkTooLargeException e) {
        throw new InputException(String.valueOf(e.getMessage()));
      }
      runs.add(new TrainingFiles.Run(seed, outcome.epoch(), outcome.scores()));
      if (seeds > 1) {
        outcome.writer().write(files.model(seed));
      }
      if (best == null || outcome.rank() > best.rank()) {
        best = outcome;
        outcome.writer().write(files.model());
      }
    }
    drawCurves(files, curves);
    files.writeScores(runs);
    for (TrainingFiles.Run done : runs) {
      Files.deleteIfExists(files.checkpoint(done.seed()));
    }
    report(Objects.requireNonNull(best), runs);
  }

  private void drawCurves(TrainingFiles files, LearningCurves curves) throws IOException {
    try {
      files.drawCurves(curves);
    } catch (LinkageError | InternalError e) {
      spec.commandLine()
          .getErr()
          .println(
              "no PNG of the curves: this Java has no fonts or no libraries to draw (" + e + ")");
    }
  }

  private void report(Outcome best, List<TrainingFiles.Run> runs) {
    PrintWriter out = spec.commandLine().getOut();
    best.scores()
        .forEach(
            (head, score) -> {
              out.printf(Locale.ROOT, "%s %s: %.2f%n", head, score.label(), score.value());
              score
                  .bySource()
                  .forEach((name, value) -> out.printf(Locale.ROOT, "  %s: %.2f%n", name, value));
            });
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
