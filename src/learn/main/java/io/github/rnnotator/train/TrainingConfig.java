package io.github.rnnotator.train;

import static java.util.Objects.requireNonNullElse;

import com.fasterxml.jackson.annotation.JsonCreator;
import io.github.rnnotator.nn.Optimizer;
import io.github.rnnotator.nn.Schedule;
import org.jspecify.annotations.Nullable;

/**
 * The settings for training a tagger.
 *
 * @param optimizer the update rule
 * @param rate the learning rate
 * @param momentum for {@link OptimizerKind#SGD} only, in {@code [0, 1)}
 * @param decay how the rate falls over the run
 * @param floor the fraction of the rate that remains at the end, in {@code [0, 1]}; more than 0 if
 *     the decay is exponential or inverse
 * @param warmup the steps over which the rate first rises
 * @param batch sentences per step
 * @param shards the parts of a batch that are computed in parallel; affects the result, unlike the
 *     number of threads
 * @param epochs the maximum number of passes over the training data
 * @param patience epochs without a better dev score before the run stops; 0 never stops early
 * @param dropout on token vectors and between layers, in {@code [0, 1)}
 * @param recurrentDropout on the states that the recurrent product reads, in {@code [0, 1)}
 * @param wordDropout how often a word's vector is dropped, in {@code [0, 1)}, so that the network
 *     relies on spelling and context
 * @param replaceMentions the fraction of mentions replaced by another one of the training data, see
 *     {@link MentionReplacement}, in {@code [0, 1]}
 * @param languageModel the weight of a loss by which the first layer learns to predict the words
 *     around each token, see {@link io.github.rnnotator.nn.LanguageModel}; 0 for none
 * @param clip the maximum norm of the gradient; larger ones are scaled down to it; 0 for no limit
 * @param average the decay of the moving average of the weights, in {@code [0, 1)}; 0 for none
 * @param seed the same seed gives the same weights, bit for bit, on any number of threads
 */
public record TrainingConfig(
    OptimizerKind optimizer,
    float rate,
    float momentum,
    Schedule.Decay decay,
    float floor,
    int warmup,
    int batch,
    int shards,
    int epochs,
    int patience,
    float dropout,
    float recurrentDropout,
    float wordDropout,
    float replaceMentions,
    float languageModel,
    float clip,
    float average,
    long seed) {
  /** An update rule by name. */
  public enum OptimizerKind {
    /** {@link Optimizer.Adam}. */
    ADAM,
    /** {@link Optimizer.Nadam}. */
    NADAM,
    /** {@link Optimizer.Sgd}. */
    SGD
  }

  /** A larger weight of the language model is a mistake. */
  private static final float MOST = 1000;

  private static final int MOST_SENTENCES = 1 << 16;
  private static final int MOST_SHARDS = 1 << 10;
  private static final int MOST_EPOCHS = 100_000;

  /** Checks the ranges. */
  public TrainingConfig {
    if (!(rate > 0 && Float.isFinite(rate))) {
      throw new IllegalArgumentException(
          "train.rate is " + rate + ", expected more than 0, and finite");
    }
    belowOne("momentum", momentum);
    range("batch", batch, 1, MOST_SENTENCES);
    range("shards", shards, 1, MOST_SHARDS);
    range("epochs", epochs, 1, MOST_EPOCHS);
    belowOne("dropout", dropout);
    belowOne("recurrent_dropout", recurrentDropout);
    belowOne("word_dropout", wordDropout);
    if (!(replaceMentions >= 0 && replaceMentions <= 1)) {
      throw new IllegalArgumentException(
          "train.replace_mentions is " + replaceMentions + ", expected 0 to 1");
    }
    belowOne("average", average);
    try {
      new Schedule(decay, warmup, floor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("train." + e.getMessage(), e);
    }
    range("warmup", warmup, 0, Integer.MAX_VALUE);
    range("patience", patience, 0, Integer.MAX_VALUE);
    if (!(languageModel >= 0 && languageModel <= MOST)) {
      throw new IllegalArgumentException(
          "train.language_model is " + languageModel + ", expected 0 to " + (int) MOST);
    }
    if (!(clip >= 0 && Float.isFinite(clip))) {
      throw new IllegalArgumentException(
          "train.clip is " + clip + ", expected 0 or more, and finite");
    }
  }

  private static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "train."
              + key
              + " is "
              + value
              + ", expected "
              + least
              + (most < Integer.MAX_VALUE ? " to " + most : " or more"));
    }
  }

  private static void belowOne(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "train." + key + " is " + value + ", expected 0 or more and less than 1");
    }
  }

  /** As above, with defaults for the omitted settings. */
  public static TrainingConfig of(
      @Nullable OptimizerKind optimizer,
      @Nullable Float rate,
      @Nullable Float momentum,
      Schedule.@Nullable Decay decay,
      @Nullable Integer warmup,
      @Nullable Integer batch,
      @Nullable Integer shards,
      @Nullable Integer epochs,
      @Nullable Integer patience,
      @Nullable Float dropout,
      @Nullable Float recurrentDropout,
      @Nullable Float clip,
      @Nullable Float average,
      @Nullable Long seed) {
    return of(
        optimizer,
        rate,
        momentum,
        decay,
        null,
        warmup,
        batch,
        shards,
        epochs,
        patience,
        dropout,
        recurrentDropout,
        null,
        null,
        null,
        clip,
        average,
        seed);
  }

  /**
   * Fills in the defaults for null: Adam at 0.001 with linear decay to a hundredth, batches of 16
   * in 2 shards, 30 epochs, patience 8, dropout 0.33, none on states and whole words, no mention
   * replacement, no language model, clip 1, average 0.999, seed 1.
   */
  @JsonCreator
  public static TrainingConfig of(
      @Nullable OptimizerKind optimizer,
      @Nullable Float rate,
      @Nullable Float momentum,
      Schedule.@Nullable Decay decay,
      @Nullable Float floor,
      @Nullable Integer warmup,
      @Nullable Integer batch,
      @Nullable Integer shards,
      @Nullable Integer epochs,
      @Nullable Integer patience,
      @Nullable Float dropout,
      @Nullable Float recurrentDropout,
      @Nullable Float wordDropout,
      @Nullable Float replaceMentions,
      @Nullable Float languageModel,
      @Nullable Float clip,
      @Nullable Float average,
      @Nullable Long seed) {
    return new TrainingConfig(
        requireNonNullElse(optimizer, OptimizerKind.ADAM),
        requireNonNullElse(rate, 0.001f),
        requireNonNullElse(momentum, 0f),
        requireNonNullElse(decay, Schedule.Decay.LINEAR),
        requireNonNullElse(floor, 0.01f),
        requireNonNullElse(warmup, 0),
        requireNonNullElse(batch, 16),
        requireNonNullElse(shards, 2),
        requireNonNullElse(epochs, 30),
        requireNonNullElse(patience, 8),
        requireNonNullElse(dropout, 0.33f),
        requireNonNullElse(recurrentDropout, 0f),
        requireNonNullElse(wordDropout, 0f),
        requireNonNullElse(replaceMentions, 0f),
        requireNonNullElse(languageModel, 0f),
        requireNonNullElse(clip, 1f),
        requireNonNullElse(average, 0.999f),
        requireNonNullElse(seed, 1L));
  }

  /** Returns the defaults, a starting point for programs, see {@link #of}. */
  public static TrainingConfig defaults() {
    return of(
        null, null, null, null, null, null, null, null, null, null, null, null, null, null, null,
        null, null, null);
  }

  /** Returns a copy with another learning rate. */
  public TrainingConfig withRate(float rate) {
    return with(rate, batch, epochs, patience, seed);
  }

  /** Returns a copy with another number of sentences per step. */
  public TrainingConfig withBatch(int batch) {
    return with(rate, batch, epochs, patience, seed);
  }

  /** Returns a copy with another maximum of epochs and another patience (0: never stop early). */
  public TrainingConfig withEpochs(int epochs, int patience) {
    return with(rate, batch, epochs, patience, seed);
  }

  /** Returns a copy with another seed. */
  public TrainingConfig withSeed(long seed) {
    return with(rate, batch, epochs, patience, seed);
  }

  private TrainingConfig with(float rate, int batch, int epochs, int patience, long seed) {
    return new TrainingConfig(
        optimizer,
        rate,
        momentum,
        decay,
        floor,
        warmup,
        batch,
        shards,
        epochs,
        patience,
        dropout,
        recurrentDropout,
        wordDropout,
        replaceMentions,
        languageModel,
        clip,
        average,
        seed);
  }

  Optimizer.Rule rule() {
    return switch (optimizer) {
      case ADAM -> new Optimizer.Adam();
      case NADAM -> new Optimizer.Nadam();
      case SGD -> new Optimizer.Sgd(momentum);
    };
  }

  Schedule schedule() {
    return new Schedule(decay, warmup, floor);
  }
}
