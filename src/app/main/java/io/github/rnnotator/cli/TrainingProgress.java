package io.github.rnnotator.cli;

import io.github.rnnotator.cli.console.Terminal;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.train.TrainingEvent;
import java.io.PrintWriter;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.function.Consumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;
import org.jspecify.annotations.Nullable;

/** Shows a training run: a bar over the tokens of each epoch, and a line when it ends. */
final class TrainingProgress implements Consumer<TrainingEvent>, AutoCloseable {
  private static final String EPOCH = "epoch";

  /** In nats per token; guesses alone have a fraction of it. */
  private static final double LARGEST_LOSS = 1000;

  private final PrintWriter err;
  private final String unit;
  private TrainingEvent.@Nullable Started run;
  private @Nullable ProgressBar bar;
  private double spent;
  private long tokens;
  private double firstLoss;
  private double lastLoss;

  TrainingProgress(PrintWriter err) {
    this(err, EPOCH);
  }

  /**
   * Shows a run whose epochs may be parts of the text.
   *
   * @param unit {@code epoch} or {@code chunk}
   */
  TrainingProgress(PrintWriter err, String unit) {
    this.err = err;
    this.unit = unit;
  }

  @Override
  public void accept(TrainingEvent event) {
    if (event instanceof TrainingEvent.Started started) {
      run = started;
      firstLoss = Double.NaN;
      lastLoss = Double.NaN;
      err.printf(
          Locale.ROOT,
          unit.equals(EPOCH)
              ? "%,d weights, %,d sentences, %,d tokens%n"
              : "%,d weights, %,d groups, %,d tokens per " + unit + "%n",
          started.weights(),
          started.sentences(),
          started.tokens());
    } else if (event instanceof TrainingEvent.EpochStarted epoch) {
      // Those that are computed now: an epoch may be resumed in its middle.
      tokens = 0;
      if (Terminal.isWatched() && run != null) {
        bar =
            new ProgressBarBuilder()
                .setTaskName(unit + " " + epoch.epoch())
                .setInitialMax(run.tokens())
                .setUnit(" tokens", 1)
                .setStyle(ProgressBarStyle.ASCII)
                .setUpdateIntervalMillis(200)
                .showSpeed()
                .clearDisplayOnFinish()
                .build();
      }
    } else if (event instanceof TrainingEvent.Stepped step) {
      tokens += step.tokens();
      if (bar != null) {
        bar.stepBy(step.tokens());
        bar.setExtraMessage(String.format(Locale.ROOT, " loss %.4f", step.loss()));
      }
    } else if (event instanceof TrainingEvent.EpochFinished epoch) {
      close();
      err.println(line(epoch));
      firstLoss = Double.isNaN(firstLoss) ? epoch.loss() : firstLoss;
      lastLoss = epoch.loss();
    } else if (event instanceof TrainingEvent.Finished finished && finished.bestEpoch() > 0) {
      err.println(
          (finished.early() ? "stopped early, " : "")
              + "best "
              + unit
              + " "
              + finished.bestEpoch());
      warnOfLoss();
    }
    err.flush();
  }

  /** Warns of a run that did not learn. */
  private void warnOfLoss() {
    if (lastLoss > firstLoss || lastLoss > LARGEST_LOSS) {
      err.printf(
          Locale.ROOT,
          "rnnotator: warning: the loss was %.4g in the first %s and %.4g in the last, so the model"
              + " may be useless; a lower train.rate may help%n",
          firstLoss,
          unit,
          lastLoss);
    }
  }

  private String line(TrainingEvent.EpochFinished epoch) {
    StringBuilder line = new StringBuilder();
    int epochs = run == null ? epoch.epoch() : run.epochs();
    line.append(
        String.format(
            Locale.ROOT, "%s %d/%d  loss %.4f", unit, epoch.epoch(), epochs, epoch.loss()));
    epoch
        .scores()
        .forEach(
            (head, score) ->
                line.append(
                    String.format(
                        Locale.ROOT, "  %s %s %.2f", head, score.label(), score.value())));
    line.append(epoch.best() ? " *" : "  ");
    spent += epoch.seconds();
    int done = epoch.epoch() - (run == null ? 0 : run.epoch() - 1);
    long left = Math.round(spent / done * (epochs - epoch.epoch()));
    line.append(
        String.format(
            Locale.ROOT,
            "  %.1f s  %,.0f tokens/s  at most %d:%02d left",
            epoch.seconds(),
            tokens / epoch.seconds(),
            Duration.ofSeconds(left).toMinutes(),
            left % 60));
    epoch.scores().forEach((head, score) -> line.append(sources(head, score)));
    return line.toString();
  }

  /** Returns a line with the scores of each source; empty if there is one source. */
  private static String sources(String head, Score score) {
    List<String> parts = new ArrayList<>();
    score
        .bySource()
        .forEach((name, value) -> parts.add(String.format(Locale.ROOT, "%s %.2f", name, value)));
    return parts.isEmpty() ? "" : "%n  %s: %s".formatted(head, String.join(", ", parts));
  }

  @Override
  public void close() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
