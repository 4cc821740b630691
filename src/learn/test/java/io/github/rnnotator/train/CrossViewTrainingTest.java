package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.CorpusLabels;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.Group;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.train.source.CrossViewConfig;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Taggers that also learn from text without labels. */
class CrossViewTrainingTest {
  private static final List<TaggedSentence> SAMPLE = JointTagger.SAMPLE;
  private static final List<TaggedSentence> TRAIN = SAMPLE.subList(0, 12);
  private static final List<TaggedSentence> DEV = SAMPLE.subList(12, 20);

  private static TaggerConfig config() {
    return TinyTaggers.config(CellKind.LSTM, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES))
        .encoder(
            List.of(
                EncoderLayer.bidirectional(CellKind.LSTM, 6),
                EncoderLayer.bidirectional(CellKind.LSTM, 5)))
        .group(40);
  }

  private static TrainingConfig training() {
    return TrainingConfig.defaults()
        .rate(0.01f)
        .batch(2)
        .epochs(3)
        .patience(0)
        .average(0.9f)
        .crossView(new CrossViewConfig(List.of("text.txt"), 0, 1, 1));
  }

  private static Group unlabelled(List<TaggedSentence> sentences) {
    return new Group(
        sentences.stream().map(s -> TaggedSentence.untagged(s.sentence())).toList(),
        Group.Source.unlabelled(0.5));
  }

  private static Dataset data() {
    return Dataset.of(TRAIN).with(new Dataset(List.of(unlabelled(SAMPLE.subList(20, 40)))));
  }

  private static TaggerModel train(int threads, Trainer.Resume resume) throws Exception {
    return new Trainer(config(), training(), Ops.best(), threads, event -> {})
        .train(data(), Dataset.of(DEV), resume)
        .model();
  }

  @Test
  void oneSeedGivesOneModelOnAnyNumberOfThreads() throws Exception {
    TaggerModel one = train(1, null);
    assertThat(TinyTaggers.bits(train(2, null))).isEqualTo(TinyTaggers.bits(one));
    assertThat(one.parameters()).noneMatch(p -> p.name().startsWith("cross_view"));
    TaggerModel without =
        new Trainer(config(), training(), Ops.best(), 1, event -> {})
            .train(Dataset.of(TRAIN), Dataset.of(DEV), null)
            .model();
    assertThat(TinyTaggers.bits(without)).isNotEqualTo(TinyTaggers.bits(one));
    // Words of the text alone have no row.
    assertThat(one.vocabularies().words().entries())
        .isEqualTo(without.vocabularies().words().entries());
  }

  @Test
  void aRunIsResumedWhereItWas(@TempDir Path folder) throws Exception {
    Path checkpoint = folder.resolve("checkpoint");
    Map<String, List<Integer>> whole = TinyTaggers.bits(train(1, null));
    TrainingConfig training = training();
    Trainer stopped =
        new Trainer(
            config(),
            training,
            Ops.best(),
            1,
            event -> {
              if (event instanceof TrainingEvent.EpochStarted epoch && epoch.epoch() == 3) {
                throw new IllegalStateException("stop");
              }
            });
    assertThatThrownBy(
            () -> stopped.train(data(), Dataset.of(DEV), new Trainer.Resume(checkpoint, false)))
        .hasMessage("stop");
    assertThat(Files.exists(checkpoint)).isTrue();
    assertThat(TinyTaggers.bits(train(1, new Trainer.Resume(checkpoint, true)))).isEqualTo(whole);
  }

  /** The views learn from the network, which does not learn from them beyond its first layer. */
  @Test
  void onlyTheLayersBelowTheViewsLearnFromTextWithoutLabels() {
    TaggerConfig config = config();
    Map<String, Labels> labels = new LinkedHashMap<>();
    config
        .heads()
        .keySet()
        .forEach(h -> labels.put(h, CorpusLabels.of(List.of(TRAIN), List.of(), h, config)));
    TrainingOptions options = TrainingOptions.NONE.crossView(1);
    Vocabularies words =
        Vocabularies.of(TRAIN.stream().map(TaggedSentence::sentence).toList(), config.embed());
    TaggerModel model = TaggerModel.create(config, words, labels, options, 3);
    List<Parameter> parameters = model.network().trainedParameters();
    Gradients gradients = new Gradients(parameters);
    double loss =
        new TrainingLoss(model.network(), config, options)
            .addGradients(
                new TrainingLoss.Batch(List.of(unlabelled(TRAIN.subList(0, 4)))),
                1,
                PassContext.training(Ops.best(), new Workspace(), 1),
                gradients);
    assertThat(loss).isZero();
    for (Parameter parameter : parameters) {
      boolean learns =
          parameter.name().startsWith("embed.")
              || parameter.name().startsWith("encoder.0.")
              || parameter.name().startsWith("cross_view.");
      assertThat(gradients.norm(parameter, Ops.best()) > 0).as(parameter.name()).isEqualTo(learns);
    }
  }

  @Test
  void aFirstLayerOfOneDirectionIsRefused() {
    TaggerConfig forward = config().encoder(List.of(EncoderLayer.recurrent(CellKind.LSTM, 6)));
    Trainer trainer = new Trainer(forward, training(), Ops.best(), 1, event -> {});
    assertThatThrownBy(() -> trainer.train(data(), Dataset.of(DEV), null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("train.cross_view is set, but it needs");
  }
}
