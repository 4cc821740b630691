package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.nn.optimizer.Schedule;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.HeadConfig.Pooling;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.TaggedSentence;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Networks that label whole texts are trained as taggers are: one seed, one result. */
class LabelledTrainingTest {
  private static final List<TaggedSentence> TRAIN = TinyTexts.SAMPLE.subList(0, 60);
  private static final List<TaggedSentence> DEV = TinyTexts.SAMPLE.subList(60, 80);

  @TempDir Path folder;

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void itLearnsWhichTextsAreSpam(Pooling pooling) throws Exception {
    List<TrainingEvent> events = new ArrayList<>();
    Trainer.Result result = trainer(pooling, 8, 0, 1, events::add).train(TRAIN, DEV, null);
    assertThat(result.scores()).containsOnlyKeys("label");
    assertThat(result.scores().get("label").label()).isEqualTo("accuracy");
    assertThat(result.score()).isGreaterThan(94);
    double first =
        events.stream()
            .filter(TrainingEvent.EpochFinished.class::isInstance)
            .mapToDouble(e -> ((TrainingEvent.EpochFinished) e).loss())
            .findFirst()
            .orElseThrow();
    // A mean over texts, not tokens: near that of guessing, log 2.
    assertThat(first).isBetween(0.25, 1.0);
  }

  @ParameterizedTest
  @EnumSource(Pooling.class)
  void threadsAndStopsDoNotChangeTheResult(Pooling pooling) throws Exception {
    Path whole = folder.resolve("whole");
    Trainer.Result expected =
        trainer(pooling, 3, 0.3f, 1, e -> {}).train(TRAIN, DEV, new Trainer.Resume(whole, false));
    Path part = folder.resolve("part");
    Consumer<TrainingEvent> stop =
        event -> {
          if (event instanceof TrainingEvent.EpochStarted epoch && epoch.epoch() == 2) {
            throw new Stop();
          }
        };
    Trainer stopped = trainer(pooling, 3, 0.3f, 2, stop);
    assertThatThrownBy(() -> stopped.train(TRAIN, DEV, new Trainer.Resume(part, false)))
        .isInstanceOf(Stop.class);
    Trainer.Result resumed =
        trainer(pooling, 3, 0.3f, 2, e -> {}).train(TRAIN, DEV, new Trainer.Resume(part, true));
    assertThat(TinyTaggers.bits(resumed.model())).isEqualTo(TinyTaggers.bits(expected.model()));
    assertThat(resumed.scores()).isEqualTo(expected.scores());
    assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
  }

  @Test
  void aRunIsNotResumedWithOtherLabels() throws Exception {
    Path file = folder.resolve("checkpoint");
    trainer(Pooling.MAX, 1, 0, 1, e -> {}).train(TRAIN, DEV, new Trainer.Resume(file, false));
    List<TaggedSentence> others = new ArrayList<>(TRAIN);
    others.set(
        0, TaggedSentence.labelled(TRAIN.get(0).sentence(), Map.of("label", Label.of("spam"))));
    assertThat(TRAIN.get(0).label("label").name()).isEqualTo("ham");
    Trainer other = trainer(Pooling.MAX, 1, 0, 1, e -> {});
    assertThatThrownBy(() -> other.train(others, DEV, new Trainer.Resume(file, true)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("other data");
  }

  @Test
  void textsWithoutALabelTeachNothing() throws Exception {
    List<TaggedSentence> some = new ArrayList<>(TRAIN);
    some.add(TaggedSentence.untagged(DEV.get(0).sentence()));
    assertThat(trainer(Pooling.MAX, 1, 0, 1, e -> {}).train(some, DEV, null).model().labels())
        .containsOnlyKeys("label");
    Trainer trainer = trainer(Pooling.MAX, 1, 0, 1, e -> {});
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(some.subList(60, 61), DEV, null))
        .withMessage("no training text has a label of head 'label'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer.train(TRAIN, some.subList(60, 61), null))
        .withMessage("no dev text has a label of head 'label'");
  }

  private static Trainer trainer(
      Pooling pooling, int epochs, float dropout, int threads, Consumer<TrainingEvent> listener) {
    TaggerConfig config = TinyTexts.config(pooling, true);
    TrainingConfig training =
        TrainingConfig.defaults()
            .rate(0.02f)
            .decay(Schedule.Decay.CONSTANT)
            .batch(8)
            .epochs(epochs)
            .patience(0)
            .dropout(dropout)
            .recurrentDropout(dropout)
            .average(0.9f)
            .seed(5);
    return new Trainer(config, training, Ops.best(), threads, listener);
  }
}
