package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.Dataset;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.EmbedConfig.Characters;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Gradients;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.Workspace;
import io.github.rnnotator.nn.optimizer.Schedule;
import io.github.rnnotator.ops.Ops;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.Labels;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Network;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TrainingLoss;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** One seed gives one result, on any number of threads, resumed or not. The best epoch is kept. */
class TrainerTest {
  private static final List<TaggedSentence> TRAIN = TinyTaggers.english(40);
  private static final List<TaggedSentence> DEV = TinyTaggers.english(55).subList(40, 55);

  @TempDir Path folder;

  /** Thrown by a listener to stop a run. */
  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  // ---- One seed, one result ---------------------------------------------------------------------

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void sameSeedGivesTheSameWeightsWithOneAndTwoThreads(CellKind cell) throws Exception {
    TaggerConfig config = config(cell);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    Trainer.Result first = trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, fresh(one));
    Trainer.Result second = trainer(config, noisy(1), 2, e -> {}).train(TRAIN, DEV, fresh(two));
    assertThat(TinyTaggers.bits(second.model())).isEqualTo(TinyTaggers.bits(first.model()));
    assertThat(second.scores()).isEqualTo(first.scores());
    // The checkpoint holds everything else too: last weights, moments, averages.
    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void aCrfIsTheSameWithOneAndTwoThreads() throws Exception {
    TaggerConfig config =
        TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES));
    List<TaggedSentence> train = TinyTaggers.entities(40);
    Path one = folder.resolve("one");
    Path two = folder.resolve("two");
    trainer(config, noisy(1), 1, e -> {}).train(train, train, fresh(one));
    trainer(config, noisy(1), 2, e -> {}).train(train, train, fresh(two));
    assertThat(Files.readAllBytes(two)).isEqualTo(Files.readAllBytes(one));
  }

  @Test
  void anotherSeedGivesOtherWeights() throws Exception {
    TaggerConfig config = config(CellKind.SIMPLE_RNN);
    TaggerModel first = trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, null).model();
    TaggerModel second = trainer(config, noisy(2), 1, e -> {}).train(TRAIN, DEV, null).model();
    assertThat(TinyTaggers.bits(second).values())
        .doesNotContainAnyElementsOf(TinyTaggers.bits(first).values());
  }

  @ParameterizedTest
  @EnumSource(CellKind.class)
  void resumedRunEqualsUninterruptedRun(CellKind cell) throws Exception {
    TaggerConfig config = config(cell);
    Path whole = folder.resolve("whole");
    TaggerModel expected =
        trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, fresh(whole)).model();
    int steps = Batches.count(TRAIN.size(), noisy(1).batch());
    List<Consumer<TrainingEvent>> stops =
        List.of(stopAtEpoch(2), stopAtEpoch(3), stopAtStep(steps + steps / 2));
    for (int i = 0; i < stops.size(); i++) {
      Path part = folder.resolve("part" + i);
      Trainer stopped = trainer(config, noisy(1), 1, stops.get(i));
      assertThatThrownBy(() -> stopped.train(TRAIN, DEV, fresh(part))).isInstanceOf(Stop.class);
      List<TrainingEvent> events = new ArrayList<>();
      TaggerModel resumed =
          trainer(config, noisy(1), 2, events::add).train(TRAIN, DEV, going(part)).model();
      int first = i == 1 ? 3 : 2;
      assertThat(events).contains(new TrainingEvent.EpochStarted(first));
      assertThat(events).doesNotContain(new TrainingEvent.EpochStarted(first - 1));
      assertThat(TinyTaggers.bits(resumed)).isEqualTo(TinyTaggers.bits(expected));
      assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
    }
  }

  /** Where a document is cut depends on the epoch, and so does the number of steps. */
  @Test
  void aRunOnGroupsIsResumedWhereItWas() throws Exception {
    aRunOnGroupsIsResumedWhereItWas(
        config(CellKind.GRU).group(40), training(1, 2, 3, 0, 0.01f, 0.3f, 0.99f), TRAIN, DEV);
  }

  /** How sentences are varied depends on the epoch, and so does their length. */
  @Test
  void aRunThatVariesItsSentencesIsResumedWhereItWas() throws Exception {
    TaggerConfig config =
        TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES))
            .group(40);
    TrainingConfig training =
        TrainingConfig.defaults()
            .rate(0.01f)
            .batch(2)
            .shards(2)
            .epochs(3)
            .patience(0)
            .dropout(0.3f)
            .recurrentDropout(0.3f)
            .wordDropout(0.2f)
            .replaceMentions(0.5f)
            .varyCase(0.5f)
            .average(0.99f)
            .seed(1);
    List<TaggedSentence> text = JointTagger.SAMPLE.subList(0, TRAIN.size());
    aRunOnGroupsIsResumedWhereItWas(config, training, text, text.subList(0, 8));
  }

  /** The checkpoint includes the weights used only in training. */
  @Test
  void aRunWithALanguageModelIsResumedWhereItWas() throws Exception {
    aRunOnGroupsIsResumedWhereItWas(
        config(CellKind.LSTM).group(40), languageModel(0.5f), TRAIN, DEV);
  }

  private void aRunOnGroupsIsResumedWhereItWas(
      TaggerConfig config,
      TrainingConfig small,
      List<TaggedSentence> train,
      List<TaggedSentence> devSentences)
      throws Exception {
    List<List<TaggedSentence>> documents = new ArrayList<>();
    for (int i = 0; i < train.size(); i += 4) {
      documents.add(train.subList(i, Math.min(train.size(), i + 4)));
    }
    List<List<TaggedSentence>> dev = List.of(devSentences);
    Path whole = folder.resolve("whole");
    List<TrainingEvent> events = new ArrayList<>();
    trainer(config, small, 1, events::add)
        .train(Dataset.ofDocuments(documents), Dataset.ofDocuments(dev), fresh(whole));
    List<Integer> steps = new ArrayList<>();
    for (TrainingEvent event : events) {
      if (event instanceof TrainingEvent.EpochStarted) {
        steps.add(0);
      } else if (event instanceof TrainingEvent.Stepped) {
        steps.set(steps.size() - 1, steps.get(steps.size() - 1) + 1);
      }
    }
    assertThat(steps.stream().distinct()).hasSizeGreaterThan(1);

    int all = steps.stream().mapToInt(Integer::intValue).sum();
    for (int stop = 1; stop < all; stop += 7) {
      Path part = folder.resolve("part" + stop);
      Trainer stopped = trainer(config, small, 1, stopAtStep(stop));
      Trainer.Resume always = new Trainer.Resume(part, false, 0);
      assertThatThrownBy(
              () -> stopped.train(Dataset.ofDocuments(documents), Dataset.ofDocuments(dev), always))
          .isInstanceOf(Stop.class);
      if (Files.exists(part)) {
        trainer(config, small, 2, e -> {})
            .train(Dataset.ofDocuments(documents), Dataset.ofDocuments(dev), going(part));
        assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
      }
    }
    // Other document boundaries are other data.
    assertThatThrownBy(
            () -> trainer(config, small, 1, e -> {}).train(train, devSentences, going(whole)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("other data");
  }

  /** A checkpoint at every step changes nothing, and a run resumes from any of them. */
  @Test
  void aRunThatIsResumedWithinAnEpochEqualsAnUninterruptedRun() throws Exception {
    TaggerConfig config = config(CellKind.GRU);
    Path whole = folder.resolve("whole");
    trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, fresh(whole));
    int steps = Batches.count(TRAIN.size(), noisy(1).batch());
    Path part = folder.resolve("part");
    Trainer.Resume always = new Trainer.Resume(part, false, 0);
    for (int stop : List.of(1, 2, 1, steps - 1, steps, steps - 2)) {
      Trainer stopped = trainer(config, noisy(1), 1, stopAtStep(stop));
      Trainer.Resume resume = always;
      assertThatThrownBy(() -> stopped.train(TRAIN, DEV, resume)).isInstanceOf(Stop.class);
      always = new Trainer.Resume(part, Files.exists(part), 0);
    }
    List<TrainingEvent.EpochFinished> epochs = new ArrayList<>();
    trainer(
            config,
            noisy(1),
            2,
            e -> {
              if (e instanceof TrainingEvent.EpochFinished f) {
                epochs.add(f);
              }
            })
        .train(TRAIN, DEV, always);
    assertThat(epochs).hasSizeBetween(1, 2);
    assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
  }

  // ---- A finished model, trained further --------------------------------------------------------

  @Test
  void aRunFromAModelBeginsWithWhatTheModelGives() throws Exception {
    TaggerConfig config = config(CellKind.GRU);
    List<TaggedSentence> half = TRAIN.subList(0, 20);
    Trainer.Result first = trainer(config, noisy(1), 1, e -> {}).train(half, DEV, null);
    TrainingConfig still = training(1, 8, 1, 0, 1e-30f, 0, 0);
    Trainer.Result same =
        trainer(config, still, 1, e -> {}).startingFrom(first.model()).train(TRAIN, DEV, null);
    assertThat(same.scores().toString().replaceAll("unknown\\w+=\\d+", ""))
        .isEqualTo(first.scores().toString().replaceAll("unknown\\w+=\\d+", ""));
    assertThat(same.model().vocabularies().words().size())
        .isGreaterThan(first.model().vocabularies().words().size());
    List<Sentence> text = DEV.stream().map(TaggedSentence::sentence).toList();
    List<TaggedSentence> expected = new Tagger(first.model(), Ops.best()).tag(text);
    assertThat(new Tagger(same.model(), Ops.best()).tag(text)).isEqualTo(expected);
  }

  @Test
  void aRunWithoutEpochsScoresTheModelItBeginsWith() throws Exception {
    TaggerConfig config = config(CellKind.GRU);
    TaggerModel first = trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, null).model();
    TrainingConfig none = noisy(1).epochs(0).calibrate(false);
    Trainer.Result same =
        trainer(config, none, 1, e -> {}).startingFrom(first).train(TRAIN, DEV, null);
    assertThat(same.epoch()).isZero();
    assertThat(TinyTaggers.bits(same.model())).isEqualTo(TinyTaggers.bits(first));
    assertThatThrownBy(() -> trainer(config, none, 1, e -> {}).train(TRAIN, DEV, null))
        .hasMessageContaining("train.epochs is 0, so nothing would be learned");
  }

  /** New words and labels come with factored weights. */
  @Test
  void aRunFromAModelFactorsItsWeightsAndLearnsMore() throws Exception {
    TaggerConfig config = config(CellKind.LSTM);
    List<TaggedSentence> half = TRAIN.subList(0, 6);
    TaggerModel first = trainer(config, noisy(1), 1, e -> {}).train(half, half, null).model();
    String head = config.heads().keySet().iterator().next();
    TaggerConfig factored =
        config
            .encoder(config.encoder().stream().map(layer -> layer.rank(6)).toList())
            .heads(Map.of(head, config.heads().get(head).rank(5)));
    TaggerModel second =
        trainer(factored, noisy(2), 1, e -> {}).startingFrom(first).train(TRAIN, DEV, null).model();
    assertThat(second.labels().get(head).size()).isGreaterThan(first.labels().get(head).size());
    assertThat(second.parameters().stream().map(Parameter::name))
        .contains("encoder.0.rank.kernel", "heads." + head + ".rank.kernel");
  }

  @Test
  void aRunFromAModelLearnsNewLabelsAndKeepsTheNumbersOfOldOnes() throws Exception {
    TaggerConfig config =
        TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES));
    List<TaggedSentence> train = TinyTaggers.entities(40);
    TaggerModel first = trainer(config, noisy(1), 1, e -> {}).train(train, train, null).model();
    String head = config.heads().keySet().iterator().next();
    List<TaggedSentence> renamed = new ArrayList<>(train);
    for (TaggedSentence sentence : train) {
      List<String> tags =
          sentence.tags(head).tags().stream().map(t -> t.replaceAll("-.*", "-NEW")).toList();
      renamed.add(new TaggedSentence(sentence.sentence(), Map.of(head, TagSequence.of(tags))));
    }
    TaggerModel second =
        trainer(config, noisy(2), 1, e -> {})
            .startingFrom(first)
            .train(renamed, renamed, null)
            .model();
    List<String> old = first.labels().get(head).names();
    List<String> all = second.labels().get(head).names();
    assertThat(all.subList(0, old.size())).isEqualTo(old);
    assertThat(all.subList(old.size(), all.size())).isNotEmpty().allMatch(t -> t.endsWith("NEW"));
  }

  @Test
  void aResumedRunFromAModelEqualsAnUninterruptedOne() throws Exception {
    TaggerConfig config = config(CellKind.LSTM);
    TaggerModel start =
        trainer(config, noisy(1), 1, e -> {}).train(TRAIN.subList(0, 9), DEV, null).model();
    Path whole = folder.resolve("whole");
    trainer(config, noisy(3), 1, e -> {}).startingFrom(start).train(TRAIN, DEV, fresh(whole));
    Path part = folder.resolve("part");
    Trainer stopped = trainer(config, noisy(3), 1, stopAtEpoch(2)).startingFrom(start);
    assertThatThrownBy(() -> stopped.train(TRAIN, DEV, fresh(part))).isInstanceOf(Stop.class);
    Path copy = Files.copy(part, folder.resolve("copy"));
    trainer(config, noisy(3), 2, e -> {}).startingFrom(start).train(TRAIN, DEV, going(part));
    assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
    TaggerModel other =
        trainer(config, noisy(2), 1, e -> {}).train(TRAIN.subList(0, 9), DEV, null).model();
    for (Trainer wrong :
        List.of(
            trainer(config, noisy(3), 1, e -> {}),
            trainer(config, noisy(3), 1, e -> {}).startingFrom(other))) {
      assertThatThrownBy(() -> wrong.train(TRAIN, DEV, going(copy)))
          .hasMessageContaining("another configuration");
    }
  }

  @Test
  void resumedRunThatHadStoppedEarlyTrainsNoEpoch() throws Exception {
    TrainingConfig training = training(1, 8, 9, 2, 1e-9f, 0, 0);
    Path file = folder.resolve("early");
    TaggerConfig config = config(CellKind.SIMPLE_RNN);
    Trainer.Result first = trainer(config, training, 1, e -> {}).train(TRAIN, DEV, fresh(file));
    List<TrainingEvent> events = new ArrayList<>();
    Trainer.Result again = trainer(config, training, 1, events::add).train(TRAIN, DEV, going(file));
    assertThat(events).noneMatch(TrainingEvent.EpochStarted.class::isInstance);
    assertThat(events).contains(new TrainingEvent.Finished(1, true));
    assertThat(TinyTaggers.bits(again.model())).isEqualTo(TinyTaggers.bits(first.model()));
  }

  // ---- Invalid checkpoints ----------------------------------------------------------------------

  @Test
  void checkpointOfAnotherRunIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    TaggerConfig config = config(CellKind.SIMPLE_RNN);
    TrainingConfig training = training(1, 8, 1, 0, 0.01f, 0, 0);
    trainer(config, training, 1, e -> {}).train(TRAIN, DEV, fresh(file));
    TrainingConfig faster = training(1, 8, 1, 0, 0.02f, 0, 0);
    for (Trainer other :
        List.of(
            trainer(config, faster, 1, e -> {}),
            trainer(config, training.seed(2), 1, e -> {}),
            trainer(config(CellKind.GRU), training, 1, e -> {}))) {
      assertThatThrownBy(() -> other.train(TRAIN, DEV, going(file)))
          .isInstanceOf(ModelFormatException.class)
          .hasMessage(
              file
                  + ": a checkpoint of a run with another configuration; resume with the one it was"
                  + " begun with, or start again with --discard");
    }
  }

  @Test
  void checkpointOfOtherDataIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    TrainingConfig training = training(1, 8, 1, 0, 0.01f, 0, 0);
    Trainer trainer = trainer(config(CellKind.SIMPLE_RNN), training, 1, e -> {});
    trainer.train(TRAIN, DEV, fresh(file));
    // The same words and labels, hence the same shapes, in another order.
    List<TaggedSentence> reordered = new ArrayList<>(TRAIN.subList(1, TRAIN.size()));
    reordered.add(TRAIN.get(0));
    assertThatThrownBy(() -> trainer.train(reordered, DEV, going(file)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("other data");
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV.subList(1, 5), going(file)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("other data");
  }

  @Test
  void missingCheckpointIsRefused() {
    Trainer trainer = trainer(config(CellKind.GRU), noisy(1), 1, e -> {});
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV, going(folder.resolve("none"))))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("no checkpoint to resume from");
  }

  @Test
  void checkpointOfAnEarlierVersionIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    Trainer trainer =
        trainer(config(CellKind.SIMPLE_RNN), training(1, 8, 1, 0, 0.01f, 0, 0), 1, e -> {});
    trainer.train(TRAIN, DEV, fresh(file));
    byte[] whole = Files.readAllBytes(file);
    Safetensors.Content content =
        Safetensors.read(new ByteArrayInputStream(whole), whole.length - 32, "checkpoint", "");
    Map<String, String> metadata = new LinkedHashMap<>(content.metadata());
    metadata.remove("format");
    ByteArrayOutputStream earlier = new ByteArrayOutputStream();
    Safetensors.write(earlier, content.tensors(), metadata, Safetensors.Type.F32);
    earlier.write(MessageDigest.getInstance("SHA-256").digest(earlier.toByteArray()));
    Files.write(file, earlier.toByteArray());
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV, going(file)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessage(
            file + ": a checkpoint of another version of this program; start again with --discard");
  }

  @Test
  void brokenCheckpointIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    TrainingConfig training = training(1, 8, 1, 0, 0.01f, 0, 0);
    Trainer trainer = trainer(config(CellKind.SIMPLE_RNN), training, 1, e -> {});
    trainer.train(TRAIN, DEV, fresh(file));
    byte[] whole = Files.readAllBytes(file);
    long seed = 20;
    Random random = new Random(seed);
    for (int i = 0; i < 40; i++) {
      int length = i < 20 ? i : random.nextInt(whole.length);
      refused(trainer, file, Arrays.copyOf(whole, length), "seed " + seed + ", cut at " + length);
    }
    refused(trainer, file, Arrays.copyOf(whole, whole.length + 1), "a byte too many");
    byte[] garbage = whole.clone();
    random.nextBytes(garbage);
    refused(trainer, file, garbage, "garbage");
  }

  /** In the length, the header, each kind of tensor and the hash itself. */
  @Test
  void aCheckpointWithOneFlippedBitIsRefused() throws Exception {
    Path file = folder.resolve("checkpoint");
    TrainingConfig training = training(1, 8, 1, 0, 0.01f, 0, 0);
    Trainer trainer = trainer(config(CellKind.SIMPLE_RNN), training, 1, e -> {});
    trainer.train(TRAIN, DEV, fresh(file));
    byte[] whole = Files.readAllBytes(file);
    Random random = new Random(7);
    List<Integer> places = new ArrayList<>();
    for (int region = 0; region < 150; region++) {
      int begin = (int) ((long) whole.length * region / 150);
      int end = (int) ((long) whole.length * (region + 1) / 150);
      places.add(begin + random.nextInt(end - begin));
    }
    for (int i = 0; i < 32; i++) {
      places.add(i);
      places.add(whole.length - 1 - i);
    }
    for (int place : places) {
      byte[] flipped = whole.clone();
      flipped[place] ^= (byte) (1 << random.nextInt(8));
      refused(trainer, file, flipped, "byte " + place + " of " + whole.length);
    }
    Files.write(file, whole);
    assertThat(trainer.train(TRAIN, DEV, going(file)).epoch()).isEqualTo(1);
  }

  @Test
  void aNetworkThatDoesNotFitIsRefusedBeforeItIsMade() {
    assertThatCode(() -> NetworkTooLargeException.check(1000, 2, 36_000))
        .doesNotThrowAnyException();
    assertThatThrownBy(() -> NetworkTooLargeException.check(1_000_000, 2, 35_000_000))
        .hasMessageContaining("1,000,000 weights; training it takes 36 MB, this Java has 35 MB");
    assertThatThrownBy(() -> NetworkTooLargeException.check(1L << 31, 1, Long.MAX_VALUE))
        .hasMessageContaining("expected at most 2^31 - 1");
    assertThatThrownBy(() -> NetworkTooLargeException.check(Long.MAX_VALUE, 1, Long.MAX_VALUE))
        .hasMessageContaining("more than 2^63 weights");
  }

  private static void refused(Trainer trainer, Path file, byte[] bytes, String what)
      throws IOException {
    Files.write(file, bytes);
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV, going(file)))
        .as(what)
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith(file + ": ");
  }

  // ---- Best epoch -------------------------------------------------------------------------------

  @Test
  void bestEpochIsKept() throws Exception {
    List<TrainingEvent.EpochFinished> epochs = new ArrayList<>();
    // A rate so high that scores fluctuate.
    Trainer trainer =
        trainer(
            config(CellKind.SIMPLE_RNN),
            training(3, 8, 8, 0, 0.2f, 0, 0),
            1,
            event -> {
              if (event instanceof TrainingEvent.EpochFinished finished) {
                epochs.add(finished);
              }
            });
    Trainer.Result result = trainer.train(TRAIN, DEV, null);
    assertThat(epochs).hasSize(8);
    double best = epochs.stream().mapToDouble(TrainerTest::value).max().orElseThrow();
    int first = epochs.stream().map(TrainerTest::value).toList().indexOf(best);
    assertThat(value(epochs.get(7))).as("the last epoch is a worse one").isLessThan(best);
    assertThat(result.epoch()).isEqualTo(first + 1);
    assertThat(result.scores()).isEqualTo(epochs.get(first).scores());
    double soFar = -1;
    for (TrainingEvent.EpochFinished epoch : epochs) {
      assertThat(epoch.best()).as("epoch %d", epoch.epoch()).isEqualTo(value(epoch) > soFar);
      soFar = Math.max(soFar, value(epoch));
    }
  }

  @Test
  void stopsAfterPatienceEpochsWithoutABetterScore() throws Exception {
    List<TrainingEvent> events = new ArrayList<>();
    // A rate so low that no score changes.
    TrainingConfig training = training(1, 8, 9, 3, 1e-9f, 0, 0);
    Trainer trainer = trainer(config(CellKind.SIMPLE_RNN), training, 1, events::add);
    assertThat(trainer.train(TRAIN, DEV, null).epoch()).isEqualTo(1);
    assertThat(events).contains(new TrainingEvent.EpochStarted(4));
    assertThat(events).doesNotContain(new TrainingEvent.EpochStarted(5));
    assertThat(events.get(events.size() - 1)).isEqualTo(new TrainingEvent.Finished(1, true));
  }

  @Test
  void aTinyNetworkLearnsTheSample() throws Exception {
    List<TaggedSentence> all = TinyTaggers.english(100);
    for (CellKind cell : CellKind.values()) {
      TaggerConfig config = TinyTaggers.config(cell, Characters.Kind.CNN, "upos");
      TrainingConfig training = training(1, 8, 40, 0, 0.02f, 0, 0.9f);
      Trainer.Result result = trainer(config, training, 1, e -> {}).train(all, all, null);
      assertThat(result.scores().get("upos").value()).as("%s", cell).isGreaterThanOrEqualTo(95);
    }
  }

  @Test
  void aDeepNetworkLearnsTheSampleWithDropout() throws Exception {
    List<TaggedSentence> all = TinyTaggers.english(100);
    TrainingConfig training = training(1, 8, 60, 0, 0.02f, 0.1f, 0.9f);
    Trainer trainer = trainer(TinyTaggers.deep("upos"), training, 1, e -> {});
    assertThat(trainer.train(all, all, null).scores().get("upos").value())
        .isGreaterThanOrEqualTo(90);
  }

  @Test
  void aTinyCrfLearnsTheEntitiesOfTheSample() throws Exception {
    TaggerConfig config =
        TinyTaggers.config(CellKind.LSTM, Characters.Kind.CNN, TinyTaggers.crf(TagScheme.IOBES));
    List<TaggedSentence> all = TinyTaggers.entities(100);
    TrainingConfig training = training(1, 8, 60, 0, 0.02f, 0, 0.9f);
    Trainer.Result result = trainer(config, training, 1, e -> {}).train(all, all, null);
    assertThat(result.scores().get("ner").value()).isGreaterThanOrEqualTo(95);
    for (Parameter parameter : result.model().parameters()) {
      if (parameter.name().equals("heads.ner.transitions")) {
        List<String> names = result.model().labels().get("ner").names();
        int outside = names.indexOf("O");
        // Illegal, hence unchanged.
        assertThat(parameter.value().get(outside, names.indexOf("E-PER"))).isZero();
        assertThat(parameter.value().get(outside, outside)).isNotZero();
      }
    }
  }

  // ---- Pretrained vectors -----------------------------------------------------------------------

  /** Two kinds of words that only their vectors distinguish: half of them are not in training. */
  @ParameterizedTest(name = "tune {0}, trained {1}, vectors {2}")
  @CsvSource({"true, 0, true", "false, 0, true", "false, 4, true", "true, 0, false"})
  void vectorsTellWhatUnseenWordsAre(boolean tune, int trained, boolean pretrained)
      throws Exception {
    Random random = new Random(7);
    WordVectors.Builder builder = new WordVectors.Builder(8, WordVectors.Type.I8);
    for (int i = 0; i < 400; i++) {
      float[] vector = new float[8];
      for (int j = 0; j < 8; j++) {
        vector[j] = (float) random.nextGaussian() * 0.3f + (i % 2 == 0 ? 0.7f : -0.7f);
      }
      builder.add("w" + i, vector);
    }
    List<TaggedSentence> train = kinds(0, 200, random);
    List<TaggedSentence> unseen = kinds(200, 400, random);
    EmbedConfig.Words words =
        EmbedConfig.Words.defaults()
            .dim(8)
            .lowercase(false)
            .vectors(pretrained ? "v" : null)
            .tune(tune)
            .trained(trained);
    TaggerConfig config = config(CellKind.SIMPLE_RNN).embed(EmbedConfig.of(words));
    Trainer trainer =
        new Trainer(
            config,
            training(1, 8, 12, 0, 0.02f, 0, 0.9f),
            pretrained ? builder.build() : null,
            Ops.best(),
            1,
            e -> {});
    Path file = folder.resolve("checkpoint");
    Trainer.Result result = trainer.train(train, unseen, fresh(file));
    double accuracy = result.scores().get("upos").value();
    if (pretrained) {
      assertThat(accuracy).isGreaterThan(95);
      // The table is not part of the run's state, but must be the same.
      assertThat(trainer.train(train, unseen, going(file)).scores()).isEqualTo(result.scores());
      builder.add("more", new float[8]);
      Trainer other =
          new Trainer(
              config,
              training(1, 8, 12, 0, 0.02f, 0, 0.9f),
              builder.build(),
              Ops.best(),
              1,
              e -> {});
      assertThatThrownBy(() -> other.train(train, unseen, going(file)))
          .isInstanceOf(ModelFormatException.class)
          .hasMessageContaining("other word vectors");
    } else {
      assertThat(accuracy).isLessThan(70);
    }
  }

  /** Returns sentences of words with numbers in a range, tagged by parity. */
  private static List<TaggedSentence> kinds(int from, int to, Random random) {
    List<TaggedSentence> sentences = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      List<String> forms = new ArrayList<>();
      List<String> tags = new ArrayList<>();
      for (int t = 0; t < 6; t++) {
        int number = from + random.nextInt(to - from);
        forms.add("w" + number);
        tags.add(number % 2 == 0 ? "EVEN" : "ODD");
      }
      sentences.add(
          new TaggedSentence(
              Sentence.of(forms), Map.of("upos", TagSequence.of(tags.toArray(String[]::new)))));
    }
    return sentences;
  }

  @Test
  void resumedRunWithVectorsEqualsUninterruptedRun() throws Exception {
    TaggerConfig config =
        TinyTaggers.withVectors(config(CellKind.GRU), true, 0, WordVectors.Type.F16);
    WordVectors vectors =
        TinyTaggers.vectors(
            TRAIN.stream().map(TaggedSentence::sentence).toList(), 8, WordVectors.Type.F16);
    Path whole = folder.resolve("whole");
    Path part = folder.resolve("part");
    new Trainer(config, noisy(1), vectors, Ops.best(), 1, e -> {}).train(TRAIN, DEV, fresh(whole));
    Trainer stopped = new Trainer(config, noisy(1), vectors, Ops.best(), 1, stopAtEpoch(2));
    assertThatThrownBy(() -> stopped.train(TRAIN, DEV, fresh(part))).isInstanceOf(Stop.class);
    new Trainer(config, noisy(1), vectors, Ops.best(), 2, e -> {}).train(TRAIN, DEV, going(part));
    assertThat(Files.readAllBytes(part)).isEqualTo(Files.readAllBytes(whole));
  }

  // ---- Runs that diverge ------------------------------------------------------------------------

  @Test
  void divergedRunSaysWhereWhenAndWhatToDo() {
    Trainer trainer = trainer(config(CellKind.SIMPLE_RNN), wild(1e30f), 1, e -> {});
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV, null))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "(a weight|the gradient) of \\S+ is no longer a number in epoch 1, at step 2; lower"
                + " train.rate or set train.clip");
  }

  /** The last step of an epoch, after which no other step reads the weights. */
  @Test
  void divergedWeightsAreFoundAtTheEndOfAnEpoch() {
    Trainer trainer = trainer(heavy(1e6f), wild(Float.MAX_VALUE), 1, e -> {});
    assertThatThrownBy(() -> trainer.train(TRAIN.subList(0, 8), DEV, null))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching("a weight of \\S+ is no longer a number in epoch 1, at step 1; .*");
  }

  @Test
  void gradientsThatAreNoNumbersAreNamed() {
    Trainer trainer = trainer(heavy(Float.MAX_VALUE), wild(0.1f), 1, e -> {});
    assertThatThrownBy(() -> trainer.train(TRAIN, DEV, null))
        .isInstanceOf(DivergedException.class)
        .hasMessageMatching(
            "the gradient of \\S+ is no longer a number in epoch 1, at step \\d+; .*");
  }

  /** Returns a loss whose gradients are multiplied by this. */
  private static TaggerConfig heavy(float weight) {
    return TinyTaggers.config(
        CellKind.SIMPLE_RNN,
        Characters.Kind.CNN,
        Map.of("upos", HeadConfig.softmax().weight(weight)));
  }

  private static TrainingConfig wild(float rate) {
    return TrainingConfig.defaults()
        .optimizer(TrainingConfig.OptimizerKind.SGD)
        .rate(rate)
        .batch(8)
        .epochs(2)
        .dropout(0f)
        .clip(0f)
        .average(0f);
  }

  // ---- A language model -------------------------------------------------------------------------

  /**
   * Upper layers see both sides of a word and could predict it without learning anything: only the
   * first layer and those below may receive gradients.
   */
  @Test
  void aLanguageModelTeachesTheFirstLayerAndWhatIsBelow() {
    TaggerConfig one = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos");
    EncoderLayer layer = one.encoder().get(0);
    TaggerConfig two =
        TaggerConfig.of(one.input(), one.embed(), List.of(layer, layer), one.heads());
    Map<String, float[]> without = gradients(two, 0);
    Map<String, float[]> with = gradients(two, 0.5f);
    assertThat(with.keySet()).containsAll(without.keySet());
    without.forEach(
        (name, gradient) -> {
          boolean taught = name.startsWith("embed.") || name.startsWith("encoder.0.");
          assertThat(Arrays.equals(with.get(name), gradient)).as(name).isEqualTo(!taught);
        });
    assertThat(with.keySet().stream().filter(name -> !without.containsKey(name)))
        .isNotEmpty()
        .allMatch(name -> name.startsWith("language_model."));
  }

  private static Map<String, float[]> gradients(TaggerConfig config, float languageModel) {
    List<Sentence> sentences = TRAIN.stream().map(TaggedSentence::sentence).toList();
    Labels labels = Labels.of(TRAIN.stream().map(s -> s.tags("upos").tags()).toList(), null);
    TrainingOptions options = TrainingOptions.NONE.languageModel(languageModel);
    Network network =
        Network.create(
            config, Vocabularies.of(sentences, config.embed()), Map.of("upos", labels), options, 3);
    Gradients gradients = new Gradients(network.trainedParameters());
    PassContext pass = PassContext.training(Ops.best(), new Workspace(), 9);
    new TrainingLoss(network, config, options)
        .addGradients(
            new TrainingLoss.Batch(Dataset.of(TRAIN.subList(0, 8)).documents()),
            1,
            pass,
            gradients);
    Map<String, float[]> values = new LinkedHashMap<>();
    for (Parameter parameter : network.trainedParameters()) {
      if (!parameter.isTable()) {
        values.put(parameter.name(), gradients.of(parameter).data.clone());
      }
    }
    return values;
  }

  @Test
  void aLanguageModelIsNoPartOfTheModel() throws Exception {
    TaggerConfig config = config(CellKind.GRU);
    TaggerModel plain = trainer(config, noisy(1), 1, e -> {}).train(TRAIN, DEV, null).model();
    TaggerModel taught =
        trainer(config, languageModel(0.5f), 1, e -> {}).train(TRAIN, DEV, null).model();
    assertThat(TinyTaggers.bits(taught).keySet()).isEqualTo(TinyTaggers.bits(plain).keySet());
    Path file = folder.resolve("taught.rnn");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelFile.write(out, taught, Safetensors.Type.F32);
    }
    assertThat(TinyTaggers.bits(TaggerModel.load(file))).isEqualTo(TinyTaggers.bits(taught));
  }

  @Test
  void aLanguageModelNeedsAFirstLayerOfBothDirections() {
    TaggerConfig plain = config(CellKind.GRU);
    List<EncoderLayer> forward = List.of(EncoderLayer.recurrent(CellKind.GRU, 8));
    List<EncoderLayer> dense = List.of(EncoderLayer.bidirectional(CellKind.GRU, 8).dense(true));
    EmbedConfig noWords = EmbedConfig.of(plain.embed().characters()).shape(true);
    for (TaggerConfig config :
        List.of(
            TaggerConfig.of(plain.input(), plain.embed(), forward, plain.heads()),
            TaggerConfig.of(plain.input(), plain.embed(), dense, plain.heads()),
            TaggerConfig.of(plain.input(), plain.embed(), List.of(), plain.heads()),
            plain.embed(noWords))) {
      refused(
          trainer(config, languageModel(0.5f), 1, event -> {}),
          TRAIN,
          DEV,
          "train.language_model is set, but it needs embed.words and a first layer");
    }
  }

  private static TrainingConfig languageModel(float weight) {
    return TrainingConfig.defaults()
        .rate(0.01f)
        .batch(2)
        .shards(2)
        .epochs(3)
        .patience(0)
        .dropout(0.3f)
        .recurrentDropout(0.3f)
        .wordDropout(0.2f)
        .languageModel(weight)
        .average(0.99f)
        .seed(1);
  }

  // ---- Missing heads ----------------------------------------------------------------------------

  @Test
  void headThatASentenceLacksCountsNotAtAll() {
    TaggerConfig config = TinyTaggers.config(CellKind.GRU, Characters.Kind.CNN, "upos", "xpos");
    TaggerModel model = TinyTaggers.untrained(config, TRAIN, 0.5f, 4);
    Gradients upos = new Gradients(model.parameters());
    Gradients xpos = new Gradients(model.parameters());
    Gradients both = new Gradients(model.parameters());
    List<TaggedSentence> batch = TRAIN.subList(0, 6);
    double uposLoss = loss(model, batch.stream().map(s -> only(s, "upos")).toList(), upos);
    double xposLoss = loss(model, batch.stream().map(s -> only(s, "xpos")).toList(), xpos);
    assertThat(uposLoss).isPositive();
    assertThat(xposLoss).isPositive();
    assertThat(loss(model, batch, both)).isCloseTo(uposLoss + xposLoss, within(1e-4));
    for (Parameter parameter : model.parameters()) {
      if (!parameter.isTable()) {
        float[] expected = both.of(parameter).data;
        for (int i = 0; i < expected.length; i++) {
          assertThat(upos.of(parameter).data[i] + xpos.of(parameter).data[i])
              .as("%s[%d]", parameter, i)
              .isCloseTo(expected[i], within(1e-4f));
        }
        if (parameter.name().startsWith("heads.xpos")) {
          assertThat(upos.of(parameter).data).containsOnly(0);
        }
      }
    }
  }

  @Test
  void trainsWhereSomeSentencesLackAHead() throws Exception {
    TaggerConfig config =
        TinyTaggers.config(CellKind.SIMPLE_RNN, Characters.Kind.CNN, "upos", "xpos");
    List<TaggedSentence> mixed = new ArrayList<>();
    for (int i = 0; i < TRAIN.size(); i++) {
      mixed.add(i < 2 ? TRAIN.get(i) : only(TRAIN.get(i), "upos"));
    }
    TaggerModel model = trainer(config, noisy(1), 1, e -> {}).train(mixed, DEV, null).model();
    assertThat(model.labels().get("xpos").names())
        .containsExactlyInAnyOrderElementsOf(
            TRAIN.subList(0, 2).stream()
                .flatMap(s -> s.tags("xpos").tags().stream())
                .distinct()
                .toList());
  }

  @Test
  void aTrainerHasAtLeastOneThread() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> trainer(config(CellKind.GRU), noisy(1), 0, event -> {}))
        .withMessage("0 threads, expected at least 1");
  }

  @Test
  void dataThatCanNotTrainAHeadIsRefusedBeforeTheFirstStep() {
    TaggerConfig config =
        TinyTaggers.config(CellKind.SIMPLE_RNN, Characters.Kind.CNN, "upos", "xpos");
    Trainer trainer =
        trainer(
            config,
            noisy(1),
            1,
            event -> {
              throw new Stop();
            });
    List<TaggedSentence> noXpos = TRAIN.stream().map(s -> only(s, "upos")).toList();
    refused(trainer, noXpos, DEV, "no training sentence has tags of head 'xpos'");
    refused(trainer, TRAIN, noXpos, "no dev sentence has tags of head 'xpos'");
    refused(trainer, List.of(), DEV, "no training sentences");
    refused(trainer, TRAIN, List.of(), "no dev sentences");
    TrainingConfig replacing = TrainingConfig.defaults().replaceMentions(0.5f);
    refused(
        trainer(config, replacing, 1, event -> {}),
        TRAIN,
        DEV,
        "train.replace_mentions is set, but no head has a scheme");
  }

  private static void refused(
      Trainer trainer, List<TaggedSentence> train, List<TaggedSentence> dev, String message) {
    assertThatThrownBy(() -> trainer.train(train, dev, null))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(message);
  }

  // ---- Fixtures ---------------------------------------------------------------------------------

  private static double loss(TaggerModel model, List<TaggedSentence> batch, Gradients gradients) {
    PassContext pass = PassContext.training(Ops.best(), new Workspace(), 9);
    return new TrainingLoss(model.network(), model.config(), TrainingOptions.NONE)
        .addGradients(new TrainingLoss.Batch(Dataset.of(batch).documents()), 1, pass, gradients);
  }

  private static TaggedSentence only(TaggedSentence sentence, String head) {
    return new TaggedSentence(sentence.sentence(), Map.of(head, sentence.tags(head)));
  }

  private static double value(TrainingEvent.EpochFinished epoch) {
    return epoch.scores().values().iterator().next().value();
  }

  private static Consumer<TrainingEvent> stopAtEpoch(int epoch) {
    return event -> {
      if (event.equals(new TrainingEvent.EpochStarted(epoch))) {
        throw new Stop();
      }
    };
  }

  private static Consumer<TrainingEvent> stopAtStep(int step) {
    int[] steps = {0};
    return event -> {
      if (event instanceof TrainingEvent.Stepped && ++steps[0] == step) {
        throw new Stop();
      }
    };
  }

  private static Trainer.Resume fresh(Path checkpoint) {
    return new Trainer.Resume(checkpoint, false);
  }

  private static Trainer.Resume going(Path checkpoint) {
    return new Trainer.Resume(checkpoint, true);
  }

  /** Returns a different kind of character encoder for each cell, so that all are trained. */
  private static TaggerConfig config(CellKind cell) {
    return TinyTaggers.config(
        cell,
        switch (cell) {
          case GRU -> Characters.Kind.SIMPLE_RNN;
          case LSTM -> Characters.Kind.LSTM;
          default -> Characters.Kind.CNN;
        },
        "upos");
  }

  private static Trainer trainer(
      TaggerConfig config, TrainingConfig training, int threads, Consumer<TrainingEvent> listener) {
    return new Trainer(config, training, Ops.best(), threads, listener);
  }

  /** Everything random or stateful: dropout, moments, average, decay. */
  private static TrainingConfig noisy(long seed) {
    return training(seed, 8, 3, 0, 0.01f, 0.3f, 0.99f);
  }

  private static TrainingConfig training(
      long seed, int batch, int epochs, int patience, float rate, float dropout, float average) {
    return TrainingConfig.defaults()
        .optimizer(TrainingConfig.OptimizerKind.ADAM)
        .rate(rate)
        .decay(Schedule.Decay.LINEAR)
        .warmup(3)
        .batch(batch)
        .shards(2)
        .epochs(epochs)
        .patience(patience)
        .dropout(dropout)
        .recurrentDropout(dropout)
        .clip(1f)
        .average(average)
        .seed(seed);
  }
}
