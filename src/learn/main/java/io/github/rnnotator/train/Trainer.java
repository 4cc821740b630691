package io.github.rnnotator.train;

import io.github.rnnotator.data.HeadMeasures;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.eval.Evaluation;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.eval.WholeText;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Optimizer;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.WeightAverage;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.ops.Parallel;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.SentenceGroups;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Sha256;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.IntConsumer;
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
  private final TaggerConfig config;
  private final TrainingConfig training;
  private final Ops ops;
  private final int threads;
  private final Consumer<TrainingEvent> listener;
  private final @Nullable WordVectors vectors;

  /** The model whose weights a run begins with, or null for fresh ones. */
  private final @Nullable TaggerModel start;

  /** Creates a trainer without pretrained vectors. */
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
   * @param threads the number of threads; more than {@link TrainingConfig#shards} would be idle
   * @param listener receives the events, on the calling thread
   */
  public Trainer(
      TaggerConfig config,
      TrainingConfig training,
      @Nullable WordVectors vectors,
      Ops ops,
      int threads,
      Consumer<TrainingEvent> listener) {
    this.config = config;
    this.training = training;
    this.vectors = vectors;
    this.ops = ops;
    this.threads = threads;
    this.listener = listener;
    this.start = null;
  }

  private Trainer(Trainer other, TaggerModel start) {
    this.config = other.config;
    this.training = other.training;
    this.vectors = start.vocabularies().vectors();
    this.ops = other.ops;
    this.threads = other.threads;
    this.listener = other.listener;
    this.start = start;
  }

  /**
   * As above, but runs begin with the weights of a model. Its words, characters and labels are
   * kept, and those of the training data are added; chunk tags must be in its schemes. Its
   * pretrained vectors, if any, are used.
   *
   * @param model with the layers of this trainer's configuration
   */
  public Trainer startingFrom(TaggerModel model) {
    return new Trainer(this, model);
  }

  /**
   * The best model of a run.
   *
   * @param model with the weights of the best epoch, without a card
   * @param epoch the best epoch, from 1
   * @param scores its dev scores
   */
  public record Result(TaggerModel model, int epoch, Map<String, HeadScore> scores) {
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
    return trainOnDocuments(SentenceGroups.single(train), SentenceGroups.single(dev), resume);
  }

  /**
   * Trains on documents with gold tags; their boundaries matter to a tagger that reads groups
   * ({@link TaggerConfig#group}). Each epoch cuts a document into groups at other places.
   *
   * @see #train
   */
  public Result trainOnDocuments(
      List<List<TaggedSentence>> train, List<List<TaggedSentence>> dev, @Nullable Resume resume)
      throws IOException, InterruptedException {
    check(sentences(train), sentences(dev));
    ExecutorService executor = Executors.newFixedThreadPool(threads, Trainer::daemon);
    try {
      return new Run(train, dev, resume, executor).train();
    } finally {
      executor.shutdownNow();
    }
  }

  private void check(List<TaggedSentence> train, List<TaggedSentence> dev) {
    if (train.isEmpty() || dev.isEmpty()) {
      throw new IllegalArgumentException(
          "no " + (train.isEmpty() ? "training" : "dev") + " sentences, expected at least one");
    }
    for (String head : config.heads().keySet()) {
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

  /** Returns the settings as one string; records print all of their components. */
  private String settings() throws IOException {
    if (start == null) {
      return config + " " + training;
    }
    TaggerModel model = start;
    String sha256 = Sha256.of(out -> ModelFile.write(out, model, Safetensors.Type.F32));
    return config + " " + training + " from " + sha256;
  }

  /** Returns what the heads predict, for messages. */
  private String kind() {
    return config.labelsTexts() ? "a label" : "tags";
  }

  private String unit() {
    return config.labelsTexts() ? "text" : "sentence";
  }

  /**
   * Returns the number of predictions for a group: its tokens, or its texts if each has one label.
   */
  private int judged(List<TaggedSentence> group) {
    return config.labelsTexts() ? group.size() : Batches.tokens(group);
  }

  private static List<TaggedSentence> sentences(List<List<TaggedSentence>> documents) {
    return documents.stream().flatMap(List::stream).toList();
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work, "rnnotator-train");
    thread.setDaemon(true);
    return thread;
  }

  /** One run: the weights and the other state that changes. */
  private final class Run {
    private final List<List<TaggedSentence>> documents;
    private final List<List<TaggedSentence>> dev;
    private final List<TaggedSentence> train;
    private final @Nullable Resume resume;
    private final ExecutorService executor;
    private final Parallel parallel;
    private final TrainingOptions options;
    private final TaggerModel model;
    private final TrainingLoss loss;

    /** The state that changes in each step. */
    private final List<Parameter> parameters;

    private final TaggerModel averaged;
    private final TaggerModel best;
    private final Optimizer optimizer;
    private final WeightAverage average;
    private final PackedWeights packed = new PackedWeights(ops);
    private final List<Gradients> parts = new ArrayList<>();
    private final List<Workspace> workspaces = new ArrayList<>();
    private final Map<String, Measure> measures = HeadMeasures.of(config);
    private final @Nullable Checkpoint checkpoint;
    private final @Nullable MentionReplacement replacement;

    /** The number of steps of each epoch. */
    private final int[] batches;

    private Progress progress = Progress.START;
    private long saved = System.nanoTime();

    Run(
        List<List<TaggedSentence>> documents,
        List<List<TaggedSentence>> dev,
        @Nullable Resume resume,
        ExecutorService executor)
        throws IOException {
      this.documents = documents;
      this.train = sentences(documents);
      this.dev = dev;
      this.resume = resume;
      this.executor = executor;
      this.parallel = Parallel.on(executor, threads);
      List<Sentence> words = new ArrayList<>(train.stream().map(TaggedSentence::sentence).toList());
      if (config.group() > 0) {
        words.addAll(SentenceGroups.separators(train.size()));
      }
      Vocabularies seen = Vocabularies.of(words, config.embed()).with(vectors);
      Vocabularies vocabularies = start == null ? seen : start.vocabularies().extended(seen);
      Map<String, Labels> labels = new LinkedHashMap<>();
      config
          .heads()
          .forEach(
              (head, settings) -> {
                Labels old = start == null ? null : start.labels().get(head);
                labels.put(
                    head,
                    old == null
                        ? Labels.of(goldTags(head), settings.scheme())
                        : old.extended(goldTags(head)));
              });
      this.replacement =
          training.replaceMentions() == 0
              ? null
              : MentionReplacement.of(train, labels, training.replaceMentions())
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "train.replace_mentions is set, but no head has a scheme"));
      requireMemory(vocabularies, labels);
      this.options =
          new TrainingOptions(
              training.dropout(),
              training.recurrentDropout(),
              training.dropout(),
              training.wordDropout(),
              training.languageModel());
      this.model = create(vocabularies, labels);
      this.loss = new TrainingLoss(model.network(), config, options);
      this.averaged = create(vocabularies, labels);
      this.best = create(vocabularies, labels);
      this.parameters = trained(model);
      this.optimizer = new Optimizer(training.rule(), parameters, ops);
      this.average = new WeightAverage(training.average(), parameters, ops);
      this.batches = new int[training.epochs()];
      if (config.group() == 0) {
        Arrays.fill(batches, Batches.count(groups(1).size(), training.batch()));
      }
      for (int epoch = 1; epoch <= batches.length && config.group() > 0; epoch++) {
        batches[epoch - 1] = Batches.count(groups(epoch).size(), training.batch());
      }
      this.checkpoint =
          resume == null
              ? null
              : Checkpoint.of(
                  settings(),
                  List.of(documents, dev),
                  vectors,
                  parameters,
                  trained(best),
                  optimizer,
                  average);
      for (int i = 0; i < training.shards(); i++) {
        parts.add(new Gradients(parameters));
        workspaces.add(new Workspace());
      }
    }

    private void requireMemory(Vocabularies vocabularies, Map<String, Labels> labels)
        throws NetworkTooLargeException {
      long weights;
      try {
        weights = TaggerModel.weights(config, vocabularies, labels);
      } catch (ArithmeticException e) {
        weights = Long.MAX_VALUE;
      }
      NetworkTooLargeException.check(weights, training.shards(), Runtime.getRuntime().maxMemory());
    }

    private TaggerModel create(Vocabularies vocabularies, Map<String, Labels> labels) {
      return start == null
          ? TaggerModel.create(config, vocabularies, labels, options, training.seed())
          : start.extended(config, vocabularies, labels, options, training.seed());
    }

    private List<List<String>> goldTags(String head) {
      List<List<String>> tags = new ArrayList<>();
      for (TaggedSentence sentence : train) {
        if (sentence.has(head)) {
          tags.add(
              config.labelsTexts()
                  ? List.of(sentence.label(head).name())
                  : sentence.tags(head).tags());
        }
      }
      return tags;
    }

    Result train() throws IOException, InterruptedException {
      if (checkpoint != null && resume != null && resume.resume()) {
        resume(checkpoint, resume.checkpoint());
      }
      long weights = model.parameters().stream().mapToLong(Parameter::size).sum();
      long tokens = train.stream().mapToLong(TaggedSentence::size).sum();
      listener.accept(
          new TrainingEvent.Started(
              weights, train.size(), tokens, progress.epoch() + 1, training.epochs()));
      while (progress.epoch() < training.epochs() && !isOutOfPatience()) {
        runEpoch();
      }
      listener.accept(new TrainingEvent.Finished(progress.bestEpoch(), isOutOfPatience()));
      return new Result(best, progress.bestEpoch(), scores(best));
    }

    private void resume(Checkpoint checkpoint, Path file) throws IOException {
      progress = checkpoint.read(file);
      long steps =
          Arrays.stream(batches).asLongStream().limit(progress.epoch()).sum() + progress.batches();
      if (progress.steps() != steps
          || progress.batches() < 0
          || (progress.epoch() < batches.length
              && progress.batches() >= batches[progress.epoch()])) {
        throw new ModelFormatException(file.toString(), "", "its progress is missing or invalid");
      }
      packed.expire();
      optimizer.resumeAt(progress.steps());
      average.resumeAt(progress.steps());
    }

    private boolean isOutOfPatience() {
      return training.patience() > 0
          && progress.epoch() - progress.bestEpoch() >= training.patience();
    }

    /** Returns the groups of an epoch: every epoch cuts the documents at other places. */
    private List<List<TaggedSentence>> groups(int epoch) {
      int tokens = config.group();
      SplittableRandom random = new SplittableRandom(mix(training.seed(), epoch, -2));
      return SentenceGroups.of(
          replaced(epoch), tokens, TaggedSentence::size, () -> 1 + random.nextInt(tokens));
    }

    /** Returns the training data of an epoch: every epoch replaces other mentions. */
    private List<List<TaggedSentence>> replaced(int epoch) {
      if (replacement == null) {
        return documents;
      }
      SplittableRandom random = new SplittableRandom(mix(training.seed(), epoch, -3));
      return documents.stream()
          .map(document -> document.stream().map(s -> replacement.replace(s, random)).toList())
          .toList();
    }

    private void runEpoch() throws IOException, InterruptedException {
      long start = System.nanoTime();
      int epoch = progress.epoch() + 1;
      listener.accept(new TrainingEvent.EpochStarted(epoch));
      List<List<List<TaggedSentence>>> all =
          Batches.of(groups(epoch), training.batch(), mix(training.seed(), epoch, -1));
      for (List<List<TaggedSentence>> batch : all.subList(progress.batches(), all.size())) {
        double loss = step(batch, epoch);
        progress = progress.afterBatch(optimizer.step(), loss);
        if (progress.batches() < all.size()) {
          saveIfDue();
        }
      }
      requireNumbers(epoch, optimizer.step());
      double loss = progress.loss() / judged(train);
      average.copyTo(trained(averaged));
      Map<String, HeadScore> scores = scores(averaged);
      boolean better = progress.bestEpoch() == 0 || mean(scores) > progress.bestScore();
      if (better) {
        copy(averaged, best);
      }
      progress = progress.afterEpoch(better, mean(scores));
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

    /** Stops the run at the first parameter with a non-finite weight. */
    private void requireNumbers(int epoch, long step) {
      for (Parameter parameter : parameters) {
        if (!Double.isFinite(ops.sumOfSquares(parameter.value().data, 0, parameter.size()))) {
          throw new DivergedException("a weight of " + parameter.name(), epoch, step);
        }
      }
    }

    /** Takes one step and returns the sum of its losses. */
    private double step(List<List<TaggedSentence>> batch, int epoch) throws InterruptedException {
      List<List<List<TaggedSentence>>> shards = Batches.shards(batch, training.shards());
      int tokens = batch.stream().mapToInt(Batches::tokens).sum();
      int judged = batch.stream().mapToInt(Trainer.this::judged).sum();
      List<Callable<Double>> work = new ArrayList<>();
      for (int i = 0; i < shards.size(); i++) {
        int shard = i;
        work.add(() -> gradients(shards.get(shard), shard, 1f / judged));
      }
      double loss = 0;
      for (Future<Double> part : executor.invokeAll(work)) {
        loss += get(part);
      }
      Gradients total = parts.get(0);
      double norm = total.add(parts.subList(1, shards.size()), ops, parallel);
      if (!Double.isFinite(loss) || !Double.isFinite(norm)) {
        throw diverged(total, epoch, optimizer.step() + 1);
      }
      float scale = 1;
      if (training.clip() > 0) {
        scale = (float) Math.min(1, training.clip() / Math.max(1e-12, norm));
      }
      long steps = Arrays.stream(batches).asLongStream().sum();
      float rate = training.rate() * training.schedule().factor(optimizer.step(), steps);
      IntConsumer update = optimizer.begin(total, scale, rate);
      WeightAverage.Step averaging = average.begin();
      packed.expire();
      // The whole update of a parameter, while it is in the cache.
      parallel.forEach(
          parameters.size(),
          i -> {
            averaging.before(i, total);
            update.accept(i);
            averaging.after(i, total);
            packed.refresh(parameters.get(i));
          });
      listener.accept(new TrainingEvent.Stepped(tokens, loss / judged));
      return loss;
    }

    /** Names the first non-finite weight, or else gradient. */
    private DivergedException diverged(Gradients total, int epoch, long step) {
      requireNumbers(epoch, step);
      for (Parameter parameter : parameters) {
        if (!Double.isFinite(total.norm(parameter, ops))) {
          return new DivergedException("the gradient of " + parameter.name(), epoch, step);
        }
      }
      return new DivergedException("the loss", epoch, step);
    }

    private double gradients(List<List<TaggedSentence>> groups, int shard, float weight) {
      Workspace workspace = workspaces.get(shard);
      workspace.reset();
      Gradients gradients = parts.get(shard);
      gradients.clear();
      long seed = mix(training.seed(), optimizer.step(), shard);
      PassContext pass = PassContext.training(ops, workspace, seed, packed);
      return loss.addGradients(groups, weight, pass, gradients);
    }

    private Map<String, HeadScore> scores(TaggerModel candidate) throws InterruptedException {
      Tagger tagger = new Tagger(candidate, ops);
      List<Callable<List<List<TaggedSentence>>>> work = new ArrayList<>();
      int part = Math.max(1, (dev.size() + threads - 1) / threads);
      for (int from = 0; from < dev.size(); from += part) {
        List<List<Sentence>> gold =
            dev.subList(from, Math.min(dev.size(), from + part)).stream()
                .map(document -> document.stream().map(TaggedSentence::sentence).toList())
                .toList();
        work.add(() -> tagger.tagDocuments(gold));
      }
      Evaluation evaluation = new Evaluation(measures, candidate.schemes(), candidate::knows);
      Iterator<TaggedSentence> gold = sentences(dev).iterator();
      for (Future<List<List<TaggedSentence>>> tagged : executor.invokeAll(work)) {
        for (TaggedSentence predicted : sentences(get(tagged))) {
          evaluation.add(unit(gold.next()).withAll(measures.keySet()), unit(predicted));
        }
      }
      return evaluation.scores();
    }
  }

  /** Returns the scored items: sentences, or whole texts if those have labels. */
  private TaggedSentence unit(TaggedSentence sentence) {
    return config.labelsTexts() ? WholeText.of(sentence) : sentence;
  }

  private static double mean(Map<String, HeadScore> scores) {
    return scores.values().stream().mapToDouble(HeadScore::value).average().orElse(0);
  }

  private static List<Parameter> trained(TaggerModel model) {
    return model.network().trainedParameters();
  }

  private static void copy(TaggerModel from, TaggerModel to) {
    List<Parameter> targets = trained(to);
    List<Parameter> sources = trained(from);
    for (int i = 0; i < sources.size(); i++) {
      System.arraycopy(
          sources.get(i).value().data, 0, targets.get(i).value().data, 0, sources.get(i).size());
    }
  }

  private static <T> T get(Future<T> future) throws InterruptedException {
    try {
      return future.get();
    } catch (ExecutionException e) {
      throw e.getCause() instanceof RuntimeException cause
          ? cause
          : new IllegalStateException(e.getCause());
    }
  }

  /** Derives a separate seed for every part of a run. */
  private static long mix(long seed, long a, long b) {
    long z = seed * 0x9E3779B97F4A7C15L + a * 0xBF58476D1CE4E5B9L + b * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
