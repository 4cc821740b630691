package io.github.rnnotator.train;

import io.github.rnnotator.nn.optimizer.Optimizer;
import io.github.rnnotator.nn.optimizer.Schedule;
import io.github.rnnotator.train.source.CrossViewConfig;
import io.github.rnnotator.train.source.SourceConfig;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

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
 * @param epochs the maximum number of passes over the training data; 0, for a run that begins with
 *     a model, only scores it
 * @param patience epochs without a better dev score before the run stops; 0 never stops early
 * @param dropout on token vectors and between layers, in {@code [0, 1)}
 * @param recurrentDropout on the states that the recurrent product reads, in {@code [0, 1)}
 * @param wordDropout how often a word's vector is dropped, in {@code [0, 1)}, so that the network
 *     relies on spelling and context
 * @param replaceMentions the fraction of mentions replaced by another one of the training data, see
 *     {@link MentionReplacement}, in {@code [0, 1]}
 * @param varyCase the fraction of sentences in lower case, upper case or with hashtags, see {@link
 *     io.github.rnnotator.train.augment.CaseVariation}, in {@code [0, 1]}
 * @param languageModel the weight of a loss by which the first layer learns to predict the words
 *     around each token, see {@link io.github.rnnotator.nn.head.LanguageModel}; 0 for none
 * @param crossView text without labels from which the first layer learns
 * @param clip the maximum norm of the gradient; larger ones are scaled down to it; 0 for no limit
 * @param average the decay of the moving average of the weights, in {@code [0, 1)}; 0 for none
 * @param calibrate whether the heads of the best epoch are calibrated on the dev data, see {@link
 *     TemperatureScaling}
 * @param lexicon a file of words with their lemmas, see {@link
 *     io.github.rnnotator.train.source.Lexicon}; empty for none
 * @param sources the corpora to train on; empty to train on one
 * @param balance how much the sizes of sources count, in {@code [0, 1]}, see {@link
 *     io.github.rnnotator.train.source.SourceSampling}
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
    float varyCase,
    float languageModel,
    CrossViewConfig crossView,
    float clip,
    float average,
    boolean calibrate,
    String lexicon,
    List<SourceConfig> sources,
    float balance,
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
    Ranges.check("rate", rate, rate > 0 && Float.isFinite(rate), "more than 0, and finite");
    Ranges.belowOne("momentum", momentum);
    Ranges.range("batch", batch, 1, MOST_SENTENCES);
    Ranges.range("shards", shards, 1, MOST_SHARDS);
    Ranges.range("epochs", epochs, 0, MOST_EPOCHS);
    Ranges.belowOne("dropout", dropout);
    Ranges.belowOne("recurrent_dropout", recurrentDropout);
    Ranges.belowOne("word_dropout", wordDropout);
    Ranges.fraction("replace_mentions", replaceMentions);
    Ranges.fraction("vary_case", varyCase);
    Ranges.belowOne("average", average);
    if (sources.stream().anyMatch(Objects::isNull)) {
      throw new IllegalArgumentException("train.sources has an empty entry, expected {file: FILE}");
    }
    sources = List.copyOf(sources);
    sources.forEach(SourceConfig::path);
    Ranges.fraction("balance", balance);
    try {
      new Schedule(decay, warmup, floor);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException("train." + e.getMessage(), e);
    }
    Ranges.range("warmup", warmup, 0, Integer.MAX_VALUE);
    Ranges.range("patience", patience, 0, Integer.MAX_VALUE);
    boolean weighs = languageModel >= 0 && languageModel <= MOST;
    Ranges.check("language_model", languageModel, weighs, "0 to " + (int) MOST);
    Ranges.check("clip", clip, clip >= 0 && Float.isFinite(clip), "0 or more, and finite");
  }

  /**
   * Returns the defaults: Adam at 0.001 with linear decay to a hundredth, batches of 16 in 2
   * shards, 30 epochs, patience 8, dropout 0.33 (none on states and words), no augmentation, no
   * language model, clip 1, average 0.999, calibrated, no lexicon, one source, balance 1, seed 1.
   */
  public static TrainingConfig defaults() {
    return new Draft().checked();
  }

  /** Returns a copy with another update rule. */
  public TrainingConfig optimizer(OptimizerKind optimizer) {
    return with(draft -> draft.optimizer = optimizer);
  }

  /** Returns a copy with another learning rate. */
  public TrainingConfig rate(float rate) {
    return with(draft -> draft.rate = rate);
  }

  /** Returns a copy with other momentum, for {@link OptimizerKind#SGD}. */
  public TrainingConfig momentum(float momentum) {
    return with(draft -> draft.momentum = momentum);
  }

  /** Returns a copy with another decay of the rate. */
  public TrainingConfig decay(Schedule.Decay decay) {
    return with(draft -> draft.decay = decay);
  }

  /** Returns a copy with another fraction of the rate that remains at the end. */
  public TrainingConfig floor(float floor) {
    return with(draft -> draft.floor = floor);
  }

  /** Returns a copy with another number of steps over which the rate first rises. */
  public TrainingConfig warmup(int warmup) {
    return with(draft -> draft.warmup = warmup);
  }

  /** Returns a copy with another number of sentences per step. */
  public TrainingConfig batch(int batch) {
    return with(draft -> draft.batch = batch);
  }

  /** Returns a copy with another number of parts of a batch. */
  public TrainingConfig shards(int shards) {
    return with(draft -> draft.shards = shards);
  }

  /** Returns a copy with another maximum number of epochs. */
  public TrainingConfig epochs(int epochs) {
    return with(draft -> draft.epochs = epochs);
  }

  /**
   * Returns a copy with another number of epochs to wait for a better score; 0 never stops early.
   */
  public TrainingConfig patience(int patience) {
    return with(draft -> draft.patience = patience);
  }

  /** Returns a copy with other dropout on token vectors and between layers. */
  public TrainingConfig dropout(float dropout) {
    return with(draft -> draft.dropout = dropout);
  }

  /** Returns a copy with other dropout on the states that the recurrent product reads. */
  public TrainingConfig recurrentDropout(float recurrentDropout) {
    return with(draft -> draft.recurrentDropout = recurrentDropout);
  }

  /** Returns a copy with another probability that a word vector is dropped. */
  public TrainingConfig wordDropout(float wordDropout) {
    return with(draft -> draft.wordDropout = wordDropout);
  }

  /** Returns a copy with another fraction of replaced mentions. */
  public TrainingConfig replaceMentions(float replaceMentions) {
    return with(draft -> draft.replaceMentions = replaceMentions);
  }

  /** Returns a copy with another fraction of sentences whose case is varied. */
  public TrainingConfig varyCase(float varyCase) {
    return with(draft -> draft.varyCase = varyCase);
  }

  /** Returns a copy that calibrates the probabilities of the model, or not. */
  public TrainingConfig calibrate(boolean calibrate) {
    return with(draft -> draft.calibrate = calibrate);
  }

  /** Returns a copy with another weight of the language model; 0 for none. */
  public TrainingConfig languageModel(float languageModel) {
    return with(draft -> draft.languageModel = languageModel);
  }

  /** Returns a copy that learns from other text without labels. */
  public TrainingConfig crossView(CrossViewConfig crossView) {
    return with(draft -> draft.crossView = crossView);
  }

  /** Returns a copy with another maximum norm of the gradient; 0 for no limit. */
  public TrainingConfig clip(float clip) {
    return with(draft -> draft.clip = clip);
  }

  /** Returns a copy with another decay of the moving average of the weights; 0 for none. */
  public TrainingConfig average(float average) {
    return with(draft -> draft.average = average);
  }

  /** Returns a copy with another file of words with their lemmas; empty for none. */
  public TrainingConfig lexicon(String lexicon) {
    return with(draft -> draft.lexicon = lexicon);
  }

  /** Returns a copy with other corpora to train on. */
  public TrainingConfig sources(List<SourceConfig> sources) {
    return with(draft -> draft.sources = sources);
  }

  /** Returns a copy in which the sizes of sources count more or less. */
  public TrainingConfig balance(float balance) {
    return with(draft -> draft.balance = balance);
  }

  /** Returns a copy with another seed. */
  public TrainingConfig seed(long seed) {
    return with(draft -> draft.seed = seed);
  }

  private TrainingConfig with(Consumer<Draft> change) {
    Draft draft = new Draft();
    draft.optimizer = optimizer;
    draft.rate = rate;
    draft.momentum = momentum;
    draft.decay = decay;
    draft.floor = floor;
    draft.warmup = warmup;
    draft.batch = batch;
    draft.shards = shards;
    draft.epochs = epochs;
    draft.patience = patience;
    draft.dropout = dropout;
    draft.recurrentDropout = recurrentDropout;
    draft.wordDropout = wordDropout;
    draft.replaceMentions = replaceMentions;
    draft.varyCase = varyCase;
    draft.languageModel = languageModel;
    draft.crossView = crossView;
    draft.clip = clip;
    draft.average = average;
    draft.calibrate = calibrate;
    draft.lexicon = lexicon;
    draft.sources = sources;
    draft.balance = balance;
    draft.seed = seed;
    change.accept(draft);
    return draft.checked();
  }

  /** The settings of a configuration in the making, at first the defaults. */
  private static final class Draft {
    private OptimizerKind optimizer = OptimizerKind.ADAM;
    private float rate = 0.001f;
    private float momentum;
    private Schedule.Decay decay = Schedule.Decay.LINEAR;
    private float floor = 0.01f;
    private int warmup;
    private int batch = 16;
    private int shards = 2;
    private int epochs = 30;
    private int patience = 8;
    private float dropout = 0.33f;
    private float recurrentDropout;
    private float wordDropout;
    private float replaceMentions;
    private float varyCase;
    private float languageModel;
    private CrossViewConfig crossView = CrossViewConfig.defaults();
    private float clip = 1;
    private float average = 0.999f;
    private boolean calibrate = true;
    private String lexicon = "";
    private List<SourceConfig> sources = List.of();
    private float balance = 1;
    private long seed = 1;

    TrainingConfig checked() {
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
          varyCase,
          languageModel,
          crossView,
          clip,
          average,
          calibrate,
          lexicon,
          sources,
          balance,
          seed);
    }
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
