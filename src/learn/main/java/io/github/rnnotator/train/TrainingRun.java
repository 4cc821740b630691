package io.github.rnnotator.train;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TrainingBatch;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** One run: epochs of steps, dev scores, the best weights, early stopping and checkpoints. */
final class TrainingRun {
  private final RunSettings settings;
  private final TrainingConfig training;
  private final Dataset train;
  private final Trainer.@Nullable Resume resume;
  private final EpochData data;
  private final DevScorer scorer;
  private final TaggerModel model;
  private final TaggerModel averaged;
  private final TaggerModel best;
  private final GradientStep step;
  private final @Nullable TrainingCheckpoint checkpoint;
  private Progress progress = Progress.START;
  private long saved = System.nanoTime();

  TrainingRun(
      RunSettings settings,
      Dataset train,
      Dataset dev,
      Trainer.@Nullable Resume resume,
      Workers workers)
      throws IOException {
    this.settings = settings;
    this.training = settings.training();
    this.train = train;
    this.resume = resume;
    this.scorer = new DevScorer(settings.config(), dev, settings.ops(), workers);
    InitialModel initial = InitialModel.of(settings, train);
    Augmentation augmentation = augmentation(initial);
    initial.requireMemory();
    this.model = initial.create();
    this.averaged = initial.create();
    this.best = initial.create();
    this.data = new EpochData(train, training, settings.config().group(), augmentation);
    List<Parameter> parameters = trained(model);
    this.step =
        new GradientStep(
            new TrainingLoss(model.network(), settings.config(), initial.options()),
            parameters,
            training,
            settings.ops(),
            workers);
    this.checkpoint =
        resume == null
            ? null
            : new TrainingCheckpoint(
                TrainingCheckpoint.Identity.of(settings, train, dev),
                new TrainingCheckpoint.State(
                    parameters, trained(best), step.optimizer(), step.average()));
  }

  private @Nullable Augmentation augmentation(InitialModel initial) {
    if (training.replaceMentions() == 0) {
      return settings.augmentation();
    }
    MentionReplacement replacement =
        MentionReplacement.of(train.sentences(), initial.labels(), training.replaceMentions())
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "train.replace_mentions is set, but no head has a scheme"));
    return random ->
        Dataset.ofDocuments(
            train.documents().stream()
                .map(
                    document ->
                        document.sentences().stream()
                            .map(s -> replacement.replace(s, random))
                            .toList())
                .toList());
  }

  Trainer.Result train() throws IOException, InterruptedException {
    if (checkpoint != null && resume != null && resume.resume()) {
      resume(checkpoint, resume.checkpoint());
    }
    long weights = model.parameters().stream().mapToLong(Parameter::size).sum();
    List<TaggedSentence> sentences = train.sentences();
    long tokens = sentences.stream().mapToLong(TaggedSentence::size).sum();
    settings
        .listener()
        .accept(
            new TrainingEvent.Started(
                weights, sentences.size(), tokens, progress.epoch() + 1, training.epochs()));
    while (progress.epoch() < training.epochs() && !isOutOfPatience()) {
      runEpoch();
    }
    settings.listener().accept(new TrainingEvent.Finished(progress.bestEpoch(), isOutOfPatience()));
    return new Trainer.Result(best, progress.bestEpoch(), scorer.scores(best));
  }

  private void resume(TrainingCheckpoint checkpoint, Path file) throws IOException {
    progress = checkpoint.read(file);
    if (!data.isPossible(progress)) {
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
    settings.listener().accept(new TrainingEvent.EpochStarted(epoch));
    List<TrainingBatch> batches = data.batches(epoch);
    for (TrainingBatch batch : batches.subList(progress.batches(), batches.size())) {
      int scored = scored(batch.sentences());
      double loss = step.take(batch, scored, epoch, data.steps());
      settings.listener().accept(new TrainingEvent.Stepped(batch.tokens(), loss / scored));
      progress = progress.afterBatch(step.optimizer().step(), loss);
      if (progress.batches() < batches.size()) {
        saveIfDue();
      }
    }
    step.requireFiniteWeights(epoch, step.optimizer().step());
    double loss = progress.loss() / batches.stream().mapToInt(b -> scored(b.sentences())).sum();
    step.average().copyTo(trained(averaged));
    Map<String, HeadScore> scores = scorer.scores(averaged);
    double score = Trainer.mean(scores);
    boolean better = progress.bestEpoch() == 0 || score > progress.bestScore();
    if (better) {
      copy(averaged, best);
    }
    progress = progress.afterEpoch(better, score);
    // Before the checkpoint: a listener is told of an epoch twice rather than never.
    settings
        .listener()
        .accept(
            new TrainingEvent.EpochFinished(
                epoch, loss, scores, better, (System.nanoTime() - start) / 1e9));
    save();
  }

  /** Returns the number of predictions: the tokens, or the texts if each has one label. */
  private int scored(List<TaggedSentence> sentences) {
    return settings.config().labelsTexts()
        ? sentences.size()
        : sentences.stream().mapToInt(TaggedSentence::size).sum();
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
}
