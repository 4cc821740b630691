package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.source.Lexicon;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * Trains a tagger: shuffled batches, gradients of fixed shards summed in a fixed order, an
 * optimizer step, a moving average of the weights; after each epoch the averaged weights are scored
 * on the dev data, and the best are kept.
 *
 * <p>One seed gives one result, bit for bit, whatever the number of threads, and also if a run was
 * stopped and resumed from its checkpoint.
 */
public final class Trainer {
  private final RunSettings settings;
  private final int threads;

  /**
   * Creates a trainer without pretrained vectors.
   *
   * @throws IllegalArgumentException if the number of threads is less than 1
   */
  public Trainer(
      TaggerConfig config,
      TrainingConfig training,
      Ops ops,
      int threads,
      Consumer<TrainingEvent> listener) {
    this(config, training, null, ops, threads, listener);
  }

  /**
   * Creates a trainer.
   *
   * @param vectors pretrained vectors if the configuration has them, else null
   * @param threads the number of threads, at least 1; more than {@link TrainingConfig#shards} would
   *     be idle
   * @param listener receives the events, on the calling thread
   * @throws IllegalArgumentException if the number of threads is less than 1
   */
  public Trainer(
      TaggerConfig config,
      TrainingConfig training,
      @Nullable WordVectors vectors,
      Ops ops,
      int threads,
      Consumer<TrainingEvent> listener) {
    this(
        new RunSettings(
            config, training, vectors, ops, listener, null, null, null, Lexicon.EMPTY, 1),
        threads);
  }

  private Trainer(RunSettings settings, int threads) {
    Workers.check(threads);
    this.settings = settings;
    this.threads = threads;
  }

  /**
   * As above, but runs begin with the weights of a model. Its words, characters and labels are
   * kept, and those of the training data are added; chunk tags must be in its schemes. Its
   * pretrained vectors, if any, are used.
   *
   * @param model with the layers of this trainer's configuration
   */
  public Trainer startingFrom(TaggerModel model) {
    return new Trainer(settings.startingFrom(model), threads);
  }

  /**
   * As above, but runs begin with pretrained layers. Their characters are kept, and those of the
   * training data are added.
   *
   * @param layers that fit this trainer's configuration, and of whose words its vectors are
   * @param rate the factor of the learning rate of their weights, 0 to 1
   */
  public Trainer pretrained(PretrainedEncoder layers, float rate) {
    return new Trainer(settings.pretrained(layers, rate), threads);
  }

  /**
   * As above, but each epoch trains on another version of the data. Words and labels are those of
   * the data given to {@link #train}.
   */
  public Trainer augmentedBy(Augmentation augmentation) {
    return new Trainer(settings.augmented(augmentation), threads);
  }

  /** As above, but the dictionary of lemmas has the words of a lexicon, too. */
  public Trainer lexicon(Lexicon words) {
    return new Trainer(settings.lexicon(words), threads);
  }

  /**
   * The best model of a run.
   *
   * @param model with the weights of the best epoch, without a card
   * @param epoch the best epoch, from 1; 0 if the run had no epochs
   * @param scores its dev scores; {@link HeadScore}s, or with several sources {@link
   *     io.github.rnnotator.train.source.MacroScore}s
   * @param temperatures by what the logits of each head were divided, so that its probabilities fit
   *     the dev data; a head with few errors there is missing
   */
  public record Result(
      TaggerModel model,
      int epoch,
      Map<String, ? extends Score> scores,
      Map<String, Double> temperatures) {
    /** Returns the same result of another form of the model. */
    Result with(TaggerModel other) {
      return new Result(other, epoch, scores, temperatures);
    }

    /** Returns the score by which runs and epochs are compared: the mean over the heads. */
    public double score() {
      return mean(scores);
    }
  }

  /**
   * The checkpoint settings of a run.
   *
   * @param checkpoint the file
   * @param resume whether to resume from it
   * @param every seconds between checkpoints within an epoch; one is always written at its end. The
   *     result does not depend on it.
   */
  public record Resume(Path checkpoint, boolean resume, double every) {
    /** Creates settings for a file written at the end of each epoch. */
    public Resume(Path checkpoint, boolean resume) {
      this(checkpoint, resume, Double.POSITIVE_INFINITY);
    }
  }

  /**
   * Trains on sentences with gold tags, each a document by itself; or on whole texts with gold
   * labels, each as one sentence, if the configuration has heads for them.
   *
   * @param train at least one sentence; a head may be missing in some but not all, and so may
   *     single tags; missing ones add no loss
   * @param dev at least one sentence; missing tags are not scored
   * @param resume where to keep a checkpoint and whether to resume from it, or null to keep none
   * @throws IllegalArgumentException if the sentences are not as above
   * @throws IOException if a checkpoint cannot be written, cannot be read, or belongs to another
   *     run
   * @throws NetworkTooLargeException if there is not enough memory
   * @throws DivergedException if a weight, gradient or loss is not finite
   * @throws InterruptedException if the thread is interrupted
   */
  public Result train(List<TaggedSentence> train, List<TaggedSentence> dev, @Nullable Resume resume)
      throws IOException, InterruptedException {
    return train(Dataset.of(train), Dataset.of(dev), resume);
  }

  /**
   * Trains on documents with gold tags; their boundaries matter to a tagger that reads groups
   * ({@link TaggerConfig#group}). Each epoch cuts a document into groups at other places.
   *
   * @see #train(List, List, Resume)
   */
  public Result train(Dataset train, Dataset dev, @Nullable Resume resume)
      throws IOException, InterruptedException {
    check(train.sentences(), dev.sentences());
    try (Workers workers = Workers.start(threads)) {
      TaggerTask task = new TaggerTask(settings, train, dev, workers);
      TrainingRun.Settings how =
          new TrainingRun.Settings(settings.training(), settings.ops(), settings.listener());
      TrainingRun.Saved saved =
          resume == null
              ? null
              : new TrainingRun.Saved(TrainingCheckpoint.Identity.of(settings, train, dev), resume);
      return task.result(new TrainingRun<>(task, how, saved, workers).train());
    }
  }

  private void check(List<TaggedSentence> train, List<TaggedSentence> dev) {
    if (train.isEmpty() || dev.isEmpty()) {
      throw new IllegalArgumentException(
          "no " + (train.isEmpty() ? "training" : "dev") + " sentences, expected at least one");
    }
    if (settings.start() == null) {
      requireEpochs(settings.training());
    }
    for (String head : settings.config().heads().keySet()) {
      if (train.stream().noneMatch(sentence -> sentence.has(head))) {
        throw new IllegalArgumentException(
            "no training " + unit() + " has " + kind() + " of head '" + head + "'");
      }
      if (dev.stream().noneMatch(sentence -> sentence.has(head))) {
        throw new IllegalArgumentException(
            "no dev " + unit() + " has " + kind() + " of head '" + head + "'");
      }
    }
  }

  /** Checks that a run without a model to begin with learns something. */
  static void requireEpochs(TrainingConfig training) {
    if (training.epochs() == 0) {
      throw new IllegalArgumentException(
          "train.epochs is 0, so nothing would be learned; only a run that begins with a model can"
              + " do without");
    }
  }

  /** Returns what the heads predict, for messages. */
  private String kind() {
    return settings.config().labelsTexts() ? "a label" : "tags";
  }

  private String unit() {
    return settings.config().labelsTexts() ? "text" : "sentence";
  }

  /** Returns the figure by which runs and epochs are compared: higher is better. */
  public static double mean(Map<String, ? extends Score> scores) {
    return scores.values().stream().mapToDouble(Score::rank).average().orElse(0);
  }
}
