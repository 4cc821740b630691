package io.github.rnnotator.train;

import io.github.rnnotator.eval.Score;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.ModelFormatException;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * One run: epochs of steps, dev scores, the best weights, early stopping and checkpoints.
 *
 * @param <B> a batch
 */
public final class TrainingRun<B> {
  private final TrainingTask<B> task;
  private final TrainingConfig training;
  private final Consumer<TrainingEvent> listener;
  private final Trainer.@Nullable Resume resume;
  private final GradientStep<B> step;
  private final @Nullable TrainingCheckpoint checkpoint;
  private Progress progress = Progress.START;
  private long saved = System.nanoTime();

  /** How a run is carried out. */
  public record Settings(TrainingConfig training, Ops ops, Consumer<TrainingEvent> listener) {}

  /**
   * A run that can be resumed.
   *
   * @param identity tells whether a checkpoint is of this run
   */
  public record Saved(TrainingCheckpoint.Identity identity, Trainer.Resume resume) {}

  /** Creates a run; without {@code saved} it keeps no checkpoint. */
  public TrainingRun(
      TrainingTask<B> task, Settings settings, @Nullable Saved saved, Workers workers) {
    this.task = task;
    this.training = settings.training();
    this.listener = settings.listener();
    this.resume = saved == null ? null : saved.resume();
    this.step = new GradientStep<>(task, training, settings.ops(), workers);
    this.checkpoint =
        saved == null
            ? null
            : new TrainingCheckpoint(
                saved.identity(),
                new TrainingCheckpoint.State(
                    task.weights(), task.best(), step.optimizer(), step.average()));
  }

  /** Trains and returns the best epoch, whose weights {@link TrainingTask#best} then has. */
  public int train() throws IOException, InterruptedException {
    if (checkpoint != null && resume != null && resume.resume()) {
      resume(checkpoint, resume.checkpoint());
    }
    listener.accept(task.started(progress.epoch() + 1));
    while (progress.epoch() < training.epochs() && !isOutOfPatience()) {
      runEpoch();
    }
    listener.accept(new TrainingEvent.Finished(progress.bestEpoch(), isOutOfPatience()));
    return progress.bestEpoch();
  }

  private void resume(TrainingCheckpoint checkpoint, Path file) throws IOException {
    progress = checkpoint.read(file);
    if (!task.isPossible(progress)) {
      throw new ModelFormatException(file.toString(), "", "its progress is missing or invalid");
    }
    step.resumeAt(progress.steps());
  }

  private boolean isOutOfPatience() {
    return training.patience() > 0
        && progress.epoch() - progress.bestEpoch() >= training.patience();
  }

  private void runEpoch() throws IOException, InterruptedException {
    long start = System.nanoTime();
    int epoch = progress.epoch() + 1;
    listener.accept(new TrainingEvent.EpochStarted(epoch));
    List<B> batches = task.batches(epoch);
    for (B batch : batches.subList(progress.batches(), batches.size())) {
      int scored = task.scored(batch);
      double loss = step.take(batch, scored, epoch, task.steps());
      listener.accept(new TrainingEvent.Stepped(task.tokens(batch), loss / scored));
      progress = progress.afterBatch(step.optimizer().step(), loss);
      if (progress.batches() < batches.size()) {
        saveIfDue();
      }
    }
    step.requireFiniteWeights(epoch, step.optimizer().step());
    double loss = progress.loss() / batches.stream().mapToInt(task::scored).sum();
    step.average().copyTo(task.averaged());
    Map<String, ? extends Score> scores = task.scores();
    double score = Trainer.mean(scores);
    boolean better = progress.bestEpoch() == 0 || score > progress.bestScore();
    if (better) {
      copy(task.averaged(), task.best());
    }
    progress = progress.afterEpoch(better, score);
    // Before the checkpoint: a listener is told of an epoch twice rather than never.
    listener.accept(
        new TrainingEvent.EpochFinished(
            epoch, loss, scores, better, (System.nanoTime() - start) / 1e9));
    save();
  }

  private void saveIfDue() throws IOException {
    if (resume != null && (System.nanoTime() - saved) / 1e9 >= resume.every()) {
      save();
    }
  }

  private void save() throws IOException {
    if (checkpoint != null && resume != null) {
      checkpoint.write(resume.checkpoint(), progress);
      saved = System.nanoTime();
    }
  }

  private static void copy(List<Parameter> sources, List<Parameter> targets) {
    for (int i = 0; i < sources.size(); i++) {
      System.arraycopy(
          sources.get(i).value().data, 0, targets.get(i).value().data, 0, sources.get(i).size());
    }
  }
}
