package io.github.rnnotator.pretrain;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.Direction;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.PackedWeights;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.Batches;
import io.github.rnnotator.train.DerivedSeed;
import io.github.rnnotator.train.Progress;
import io.github.rnnotator.train.TrainingEvent;
import io.github.rnnotator.train.TrainingTask;
import io.github.rnnotator.train.Workers;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;

/** Pretraining as a run whose epochs are chunks of text. */
final class PretrainTask implements TrainingTask<List<Sentence>> {
  /** Groups that are scored together. */
  private static final int SCORED = 16;

  private final PretrainRecipe recipe;
  private final TextSurvey survey;
  private final ChunkStream chunks;
  private final Ops ops;
  private final Workers workers;
  private final Language model;
  private final Language averaged;
  private final Language best;

  PretrainTask(
      PretrainRecipe recipe,
      TextSurvey survey,
      @Nullable WordVectors vectors,
      ChunkStream chunks,
      Workers workers) {
    this.recipe = recipe;
    this.survey = survey;
    this.chunks = chunks;
    this.ops = Ops.best();
    this.workers = workers;
    this.model = Language.create(recipe, survey, vectors);
    this.averaged = Language.create(recipe, survey, vectors);
    this.best = Language.create(recipe, survey, vectors);
  }

  /** The pretrained layers with the weights of the best chunk. */
  PretrainedEncoder bestEncoder() {
    return best.encoder();
  }

  /** Returns the perplexities of the best weights. */
  Map<String, Perplexity> bestScores() throws InterruptedException {
    return scores(best);
  }

  @Override
  public List<Parameter> weights() {
    return model.parameters();
  }

  @Override
  public List<Parameter> averaged() {
    return averaged.parameters();
  }

  @Override
  public List<Parameter> best() {
    return best.parameters();
  }

  private int batchesOf(int number) {
    int groups = survey.groups().get(number % survey.plan().chunks());
    return Batches.count(groups, recipe.training().batch());
  }

  private long stepsBefore(int number) {
    long steps = 0;
    for (int i = 0; i < number; i++) {
      steps += batchesOf(i);
    }
    return steps;
  }

  private int lastChunk() {
    return survey.plan().chunks() * recipe.training().epochs();
  }

  @Override
  public long steps() {
    return stepsBefore(lastChunk());
  }

  @Override
  public boolean isPossible(Progress progress) {
    return progress.epoch() >= 0
        && progress.epoch() <= lastChunk()
        && progress.batches() >= 0
        && progress.steps() == stepsBefore(progress.epoch()) + progress.batches()
        && (progress.epoch() == lastChunk() || progress.batches() < batchesOf(progress.epoch()));
  }

  @Override
  public List<List<Sentence>> batches(int epoch) throws IOException, InterruptedException {
    List<Sentence> groups = chunks.groups(epoch - 1);
    int expected = survey.groups().get((epoch - 1) % survey.plan().chunks());
    if (groups.size() != expected) {
      throw new InputException(
          survey.plan().files() + ": the text changed while it was read; pretrain again");
    }
    PretrainingConfig training = recipe.training();
    return Batches.of(
        groups, Sentence::size, training.batch(), DerivedSeed.of(training.seed(), epoch, -1));
  }

  @Override
  public int tokens(List<Sentence> batch) {
    return batch.stream().mapToInt(Sentence::size).sum();
  }

  /** The predicted words, in both directions. */
  @Override
  public int scored(List<Sentence> batch) {
    return model.words().predictions(batch.stream().mapToInt(Sentence::size).toArray());
  }

  @Override
  public List<List<Sentence>> shards(List<Sentence> batch, int shards) {
    return Batches.shards(batch, shards);
  }

  @Override
  public double addGradients(
      List<Sentence> shard, float weight, PassContext pass, Gradients gradients) {
    return model.addGradients(shard, weight, pass, gradients);
  }

  @Override
  public Map<String, Perplexity> scores() throws InterruptedException {
    return scores(averaged);
  }

  private Map<String, Perplexity> scores(Language language) throws InterruptedException {
    PackedWeights packed = new PackedWeights(ops);
    List<Callable<double[]>> work = new ArrayList<>();
    List<Sentence> heldOut = survey.heldOut();
    for (int worker = 0; worker < workers.count(); worker++) {
      int own = worker;
      work.add(() -> logLikelihoods(language, own, packed));
    }
    double[][] sums = new double[batchesOf(heldOut)][];
    // Summed in the order of the batches, so that the sum does not depend on the number of threads.
    List<double[]> parts = workers.all(work);
    int directions = language.words().directions().size();
    for (int worker = 0; worker < parts.size(); worker++) {
      for (int i = worker, at = 0; i < sums.length; i += workers.count(), at += directions) {
        sums[i] = Arrays.copyOfRange(parts.get(worker), at, at + directions);
      }
    }
    int words = scored(heldOut) / directions;
    Map<String, Perplexity> scores = new LinkedHashMap<>();
    for (int d = 0; d < directions; d++) {
      double sum = 0;
      for (double[] own : sums) {
        sum += own[d];
      }
      String name = language.words().directions().get(d) == Direction.FORWARD ? "next" : "previous";
      scores.put(name, Perplexity.of(sum, words));
    }
    return scores;
  }

  private static int batchesOf(List<Sentence> heldOut) {
    return Batches.count(heldOut.size(), SCORED);
  }

  /**
   * Returns the log-likelihood sums of batches {@code worker}, {@code worker + count}, ... in
   * order.
   */
  private double[] logLikelihoods(Language language, int worker, PackedWeights packed) {
    List<Sentence> heldOut = survey.heldOut();
    Workspace workspace = new Workspace();
    List<double[]> sums = new ArrayList<>();
    for (int i = worker; i < batchesOf(heldOut); i += workers.count()) {
      workspace.reset();
      List<Sentence> batch =
          heldOut.subList(i * SCORED, Math.min(heldOut.size(), (i + 1) * SCORED));
      sums.add(language.logLikelihoods(batch, PassContext.inference(ops, workspace, packed)));
    }
    return sums.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  @Override
  public TrainingEvent.Started started(int epoch) {
    return new TrainingEvent.Started(
        model.parameters().stream().mapToLong(Parameter::size).sum(),
        survey.groups().stream().mapToInt(groups -> groups).sum(),
        survey.tokens() / survey.plan().chunks(),
        epoch,
        lastChunk());
  }
}
