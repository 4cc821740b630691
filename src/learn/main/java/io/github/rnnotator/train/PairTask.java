package io.github.rnnotator.train;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.embed.Vocabulary;
import io.github.rnnotator.eval.pairs.PairScore;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.seq2seq.EncoderDecoder;
import io.github.rnnotator.nn.seq2seq.IdPair;
import io.github.rnnotator.nn.seq2seq.IdSource;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.transducer.SearchConfig;
import io.github.rnnotator.tagger.transducer.Transducer;
import io.github.rnnotator.tagger.transducer.TransducerConfig;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;

/** The training of a transducer. */
final class PairTask implements TrainingTask<List<IdPair>> {
  /** The name of the score; there is one output. */
  static final String OUTPUT = "output";

  private final PairRecipe recipe;
  private final TrainingConfig training;
  private final PairCorpus dev;
  private final Ops ops;
  private final Workers workers;
  private final TransducerModel model;
  private final TransducerModel averaged;
  private final TransducerModel best;
  private final List<IdPair> pairs;

  PairTask(PairRecipe recipe, PairCorpus train, PairCorpus dev, Ops ops, Workers workers)
      throws IOException {
    this.recipe = recipe;
    this.training = recipe.training();
    this.dev = dev;
    this.ops = ops;
    this.workers = workers;
    TransducerModel.Symbols symbols = symbols(recipe.transducer(), train);
    requireMemory(symbols);
    this.model = create(symbols);
    this.averaged = create(symbols);
    this.best = create(symbols);
    this.pairs = ids(train, model);
  }

  private static TransducerModel.Symbols symbols(TransducerConfig config, PairCorpus train) {
    List<List<String>> sources =
        train.pairs().stream().map(pair -> config.input().source().split(pair.source())).toList();
    List<List<String>> targets =
        train.pairs().stream().map(pair -> config.input().target().split(pair.target())).toList();
    return config.decoder().copy()
        ? TransducerModel.Symbols.copied(sources, targets)
        : TransducerModel.Symbols.of(sources, targets);
  }

  private static List<IdPair> ids(PairCorpus train, TransducerModel model) throws InputException {
    List<IdPair> ids = new ArrayList<>();
    for (PairCorpus.TextPair pair : train.pairs()) {
      try {
        ids.add(model.ids(pair.source(), pair.target()));
      } catch (IllegalArgumentException e) {
        throw new InputException(train.source() + ": " + e.getMessage());
      }
    }
    return List.copyOf(ids);
  }

  private void requireMemory(TransducerModel.Symbols symbols) throws NetworkTooLargeException {
    long weights;
    try {
      weights = symbols.weights(recipe.transducer());
    } catch (ArithmeticException e) {
      weights = Long.MAX_VALUE;
    }
    NetworkTooLargeException.check(weights, training.shards(), Runtime.getRuntime().maxMemory());
  }

  private TransducerModel create(TransducerModel.Symbols symbols) {
    return TransducerModel.create(
        recipe.transducer(), symbols, training.dropout(), training.seed());
  }

  /** The model with the weights of the best epoch. */
  TransducerModel bestModel() {
    return best;
  }

  /** Returns the scores of the best model with the search of its configuration. */
  PairScore bestScore() throws InterruptedException {
    return score(best, recipe.transducer().search());
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

  private int batchesPerEpoch() {
    return Batches.count(pairs.size(), training.batch());
  }

  @Override
  public long steps() {
    return (long) training.epochs() * batchesPerEpoch();
  }

  @Override
  public boolean isPossible(Progress progress) {
    return progress.batches() >= 0
        && progress.batches() < batchesPerEpoch()
        && progress.steps() == (long) progress.epoch() * batchesPerEpoch() + progress.batches();
  }

  @Override
  public List<List<IdPair>> batches(int epoch) {
    long seed = DerivedSeed.of(training.seed(), epoch, -1);
    return Batches.of(pairs, pair -> pair.source().length(), training.batch(), seed);
  }

  @Override
  public int tokens(List<IdPair> batch) {
    return scored(batch);
  }

  /** The symbols of the targets, and their ends. */
  @Override
  public int scored(List<IdPair> batch) {
    return batch.stream().mapToInt(pair -> pair.target().length + 1).sum();
  }

  @Override
  public List<List<IdPair>> shards(List<IdPair> batch, int shards) {
    return Batches.shards(batch, shards);
  }

  @Override
  public double addGradients(
      List<IdPair> shard, float weight, PassContext pass, Gradients gradients) {
    List<IdPair> read =
        training.wordDropout() == 0
            ? shard
            : shard.stream().map(pair -> partlyUnknown(pair, pass.random())).toList();
    EncoderDecoder.Loss loss = model.network().loss(read, weight, pass);
    loss.backprop().accept(gradients);
    return loss.sum();
  }

  /** Replaces some symbols of the source by the unknown one, so that it learns its vector. */
  private IdPair partlyUnknown(IdPair pair, SplittableRandom random) {
    if (recipe.transducer().decoder().copy()) {
      return partlyCopied(pair, random);
    }
    int[] source = pair.source().ids().clone();
    for (int i = 0; i < source.length - 1; i++) {
      source[i] = random.nextDouble() < training.wordDropout() ? Vocabulary.UNKNOWN : source[i];
    }
    return new IdPair(source, pair.target());
  }

  /**
   * Makes some symbols of the source unknown, in the target too: they can only be copied, as those
   * that are in no training data.
   */
  private IdPair partlyCopied(IdPair pair, SplittableRandom random) {
    int[] source = pair.source().ids().clone();
    int[] copies = pair.source().copies().clone();
    int most = Arrays.stream(copies).max().orElse(0);
    int next = Math.max(model.target().size(), most + 1);
    Map<Integer, Integer> drawn = new HashMap<>();
    for (int i = 0; i < source.length - 1; i++) {
      int own = copies[i];
      if (!drawn.containsKey(own)) {
        drawn.put(own, random.nextDouble() < training.wordDropout() ? next++ : own);
      }
      copies[i] = drawn.get(own);
      source[i] = copies[i] == own ? source[i] : Vocabulary.UNKNOWN;
    }
    int[] target =
        Arrays.stream(pair.target()).map(symbol -> drawn.getOrDefault(symbol, symbol)).toArray();
    return new IdPair(new IdSource(source, copies), target);
  }

  /** {@inheritDoc} With the greedy search, which takes a fraction of the time. */
  @Override
  public Map<String, PairScore> scores() throws InterruptedException {
    return Map.of(OUTPUT, score(averaged, recipe.transducer().search().beam(1)));
  }

  private PairScore score(TransducerModel candidate, SearchConfig search)
      throws InterruptedException {
    Transducer transducer = new Transducer(candidate, search, ops);
    List<String> sources = dev.sources();
    int part = Math.max(1, (sources.size() + workers.count() - 1) / workers.count());
    List<Callable<List<List<Transducer.Output>>>> work = new ArrayList<>();
    for (int from = 0; from < sources.size(); from += part) {
      List<String> own = sources.subList(from, Math.min(sources.size(), from + part));
      work.add(() -> transducer.transduce(own, 1));
    }
    List<String> outputs = new ArrayList<>();
    for (List<List<Transducer.Output>> found : workers.all(work)) {
      found.forEach(best -> outputs.add(best.get(0).text()));
    }
    return dev.score(outputs, recipe.transducer().input(), recipe.measure());
  }

  @Override
  public TrainingEvent.Started started(int epoch) {
    return new TrainingEvent.Started(
        model.parameters().stream().mapToLong(Parameter::size).sum(),
        pairs.size(),
        scored(pairs),
        epoch,
        training.epochs());
  }

  /** The hash codes of strings, lists and records of them are specified. */
  static TrainingCheckpoint.Identity identity(PairRecipe recipe, PairCorpus train, PairCorpus dev) {
    List<String> texts = new ArrayList<>();
    for (PairCorpus corpus : Arrays.asList(train, dev)) {
      corpus.pairs().forEach(pair -> texts.add(pair.source() + "\t" + pair.target()));
      texts.add("");
    }
    return new TrainingCheckpoint.Identity(
        recipe.toString(), Integer.toHexString(texts.hashCode()), "");
  }
}
