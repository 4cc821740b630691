package io.github.rnnotator.train;

import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.eval.pairs.PairScore;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a transducer as a {@link Trainer} trains a tagger: the same steps, averages, checkpoints
 * and early stopping, and as reproducible. Immutable.
 *
 * @param recipe what to train and how
 * @param train the training data
 * @param dev the data that selects the epoch to keep
 * @param threads the number of threads, at least 1; the result does not depend on it
 * @param listener receives the events of a run, on the calling thread
 */
public record PairTraining(
    PairRecipe recipe,
    PairCorpus train,
    PairCorpus dev,
    int threads,
    Consumer<TrainingEvent> listener) {
  /**
   * Checks the number of threads.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  public PairTraining {
    Workers.check(threads);
  }

  /** Creates a training with all processors and without a listener. */
  public PairTraining(PairRecipe recipe, PairCorpus train, PairCorpus dev) {
    this(recipe, train, dev, Runtime.getRuntime().availableProcessors(), event -> {});
  }

  /**
   * The best model of a run.
   *
   * @param model with the weights of the best epoch, without a card
   * @param epoch the best epoch, from 1
   * @param score its dev score
   */
  public record Result(TransducerModel model, int epoch, PairScore score) {
    /** Returns the score by its name. */
    public Map<String, PairScore> scores() {
      return Map.of(PairTask.OUTPUT, score);
    }
  }

  /** Returns a copy with another seed. */
  public PairTraining seed(long seed) {
    return new PairTraining(recipe.withSeed(seed), train, dev, threads, listener);
  }

  /** Returns a copy that reports to another listener. */
  public PairTraining listener(Consumer<TrainingEvent> listener) {
    return new PairTraining(recipe, train, dev, threads, listener);
  }

  /**
   * Trains.
   *
   * @param resume where to keep a checkpoint and whether to resume from it, or null to keep none
   * @throws IOException if a checkpoint can't be written or read, or belongs to another run
   * @throws NetworkTooLargeException if there is not enough memory
   * @throws DivergedException if a weight, gradient or loss is not finite
   * @throws InterruptedException if the thread is interrupted
   */
  public Result run(Trainer.@Nullable Resume resume) throws IOException, InterruptedException {
    Trainer.requireEpochs(recipe.training());
    Ops ops = Ops.best();
    try (Workers workers = Workers.start(threads)) {
      PairTask task = new PairTask(recipe, train, dev, ops, workers);
      TrainingRun.Saved saved =
          resume == null
              ? null
              : new TrainingRun.Saved(PairTask.identity(recipe, train, dev), resume);
      TrainingRun.Settings settings = new TrainingRun.Settings(recipe.training(), ops, listener);
      int epoch = new TrainingRun<>(task, settings, saved, workers).train();
      return new Result(task.bestModel(), epoch, task.bestScore());
    }
  }
}
