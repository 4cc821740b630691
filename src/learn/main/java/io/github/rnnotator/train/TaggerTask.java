package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.HeadConfig.Kind;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.augment.CaseVariation;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.BiFunction;
import java.util.random.RandomGenerator;
import org.jspecify.annotations.Nullable;

/** The training of a tagger or a classifier. */
final class TaggerTask implements TrainingTask<TrainingLoss.Batch> {
  private final RunSettings settings;
  private final TrainingConfig training;
  private final Dataset train;
  private final EpochData data;
  private final DevScorer scorer;
  private final TaggerModel model;
  private final TaggerModel averaged;
  private final TaggerModel best;
  private final TrainingLoss loss;

  TaggerTask(RunSettings settings, Dataset train, Dataset dev, Workers workers) throws IOException {
    this.settings = settings;
    this.training = settings.training();
    this.train = train;
    this.scorer = new DevScorer(settings.config(), dev, settings.ops(), workers);
    InitialModel initial = InitialModel.of(settings, train);
    EpochData.Version version = version(initial);
    initial.requireMemory();
    this.model = initial.create();
    this.averaged = initial.create();
    this.best = initial.create();
    this.data = new EpochData(train, training, settings.config().group(), version);
    this.loss = new TrainingLoss(model.network(), settings.config(), initial.options());
  }

  private EpochData.@Nullable Version version(InitialModel initial) {
    Augmentation own = settings.augmentation();
    List<BiFunction<TaggedSentence, RandomGenerator, TaggedSentence>> steps = steps(initial);
    if (steps.isEmpty()) {
      if (own != null && train.bySource().size() > 1) {
        throw new IllegalArgumentException("an augmentation is for data of one source");
      }
      return own == null ? null : (data, random) -> own.of(random);
    }
    return (data, random) ->
        data.map(
            sentence -> {
              TaggedSentence varied = sentence;
              for (BiFunction<TaggedSentence, RandomGenerator, TaggedSentence> step : steps) {
                varied = step.apply(varied, random);
              }
              return varied;
            });
  }

  /** Returns how sentences are varied. */
  private List<BiFunction<TaggedSentence, RandomGenerator, TaggedSentence>> steps(
      InitialModel initial) {
    List<BiFunction<TaggedSentence, RandomGenerator, TaggedSentence>> steps = new ArrayList<>();
    if (training.replaceMentions() > 0) {
      steps.add(
          MentionReplacement.of(train, initial.labels(), training.replaceMentions())
                  .orElseThrow(
                      () ->
                          new IllegalArgumentException(
                              "train.replace_mentions is set, but no head has a scheme"))
              ::replace);
    }
    if (training.varyCase() > 0) {
      steps.add(caseVariation(initial.labels())::vary);
    }
    return steps;
  }

  private CaseVariation caseVariation(Map<String, Labels> labels) {
    CaseVariation.Mentions mentions = null;
    List<String> wordHeads = new ArrayList<>();
    for (Map.Entry<String, Labels> head : labels.entrySet()) {
      TagScheme scheme = head.getValue().fileScheme();
      HeadConfig config = settings.config().heads().get(head.getKey());
      if (scheme != null && mentions == null) {
        mentions = new CaseVariation.Mentions(head.getKey(), scheme);
      }
      if (config != null && (config.kind() == Kind.FEATS || config.kind() == Kind.LEMMA)) {
        wordHeads.add(head.getKey());
      }
    }
    return new CaseVariation(training.varyCase(), mentions, wordHeads);
  }

  /** Returns the best model and its scores, after a run. */
  Trainer.Result result(int bestEpoch) throws InterruptedException {
    Map<String, Double> temperatures =
        training.calibrate()
            ? new TemperatureScaling(best, () -> scorer.predictions(best), settings.ops()).apply()
            : Map.of();
    return new Trainer.Result(best, bestEpoch, scorer.scores(best), temperatures);
  }

  @Override
  public List<Parameter> weights() {
    return model.network().trainedParameters();
  }

  @Override
  public List<Parameter> averaged() {
    return averaged.network().trainedParameters();
  }

  @Override
  public List<Parameter> best() {
    return best.network().trainedParameters();
  }

  @Override
  public float rate(Parameter weight) {
    return settings.rate(weight.name());
  }

  @Override
  public long steps() {
    return data.steps();
  }

  @Override
  public boolean isPossible(Progress progress) {
    return data.isPossible(progress);
  }

  @Override
  public List<TrainingLoss.Batch> batches(int epoch) {
    return data.batches(epoch);
  }

  @Override
  public int tokens(TrainingLoss.Batch batch) {
    return batch.tokens();
  }

  /** The tokens with gold tags, or the texts if each has one label; all if none has any. */
  @Override
  public int scored(TrainingLoss.Batch batch) {
    if (settings.config().labelsTexts()) {
      return batch.sentences().size();
    }
    int labelled =
        batch.groups().stream()
            .filter(group -> !group.source().isUnlabelled())
            .mapToInt(Group::tokens)
            .sum();
    return labelled == 0 ? batch.tokens() : labelled;
  }

  @Override
  public List<TrainingLoss.Batch> shards(TrainingLoss.Batch batch, int shards) {
    return Batches.shards(batch, shards);
  }

  @Override
  public double addGradients(
      TrainingLoss.Batch shard, float weight, PassContext pass, Gradients gradients) {
    return loss.addGradients(shard, weight, pass, gradients);
  }

  @Override
  public Map<String, ? extends Score> scores() throws InterruptedException {
    return scorer.scores(averaged);
  }

  @Override
  public TrainingEvent.Started started(int epoch) {
    return new TrainingEvent.Started(
        model.parameters().stream().mapToLong(Parameter::size).sum(),
        train.size(),
        data.tokens(),
        epoch,
        training.epochs());
  }
}
