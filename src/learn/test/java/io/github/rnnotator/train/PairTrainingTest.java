package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.data.PairCorpus.TextPair;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.TransducerFile;
import io.github.rnnotator.tagger.transducer.TransducerModel;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Transducers are trained as taggers are: one seed, one result. */
class PairTrainingTest {
  private static final PairCorpus TRAIN = reversed(250, 1);
  private static final PairCorpus DEV = reversed(40, 2);

  @TempDir Path folder;

  private static final class Stop extends RuntimeException {
    private static final long serialVersionUID = 1L;
  }

  /** Words and the same backward. */
  private static PairCorpus reversed(int n, long seed) {
    SplittableRandom random = new SplittableRandom(seed);
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      StringBuilder word = new StringBuilder();
      for (int k = random.nextInt(4); k >= 0; k--) {
        word.append((char) ('a' + random.nextInt(4)));
      }
      pairs.add(new TextPair(word.toString(), word.reverse().toString()));
    }
    return new PairCorpus("memory", pairs);
  }

  private PairRecipe recipe(Map<String, String> settings) throws IOException {
    Path file = folder.resolve("pairs.yaml");
    Files.writeString(
        file,
        """
        input:   {format: pairs}
        embed:   {source: 8, target: 8}
        encoder: [{bidirectional: gru, hidden: 10}]
        decoder: {recurrent: gru, hidden: 20, attention: general}
        search:  {beam: 3}
        train:   {rate: 0.02, batch: 16, epochs: 3, dropout: 0.1, word_dropout: 0.05, average: 0.9}
        """);
    return PairRecipe.read(file, settings);
  }

  private static byte[] bytes(TransducerModel model) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    TransducerFile.write(out, model, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static List<Float> bits(TransducerModel model) {
    List<Float> bits = new ArrayList<>();
    for (Parameter parameter : model.parameters()) {
      for (int i = 0; i < parameter.size(); i++) {
        bits.add(parameter.value().data[i]);
      }
    }
    return bits;
  }

  @Test
  void itLearnsToReverse() throws Exception {
    PairRecipe recipe = recipe(Map.of("train.epochs", "25", "train.word_dropout", "0"));
    PairTraining.Result result = new PairTraining(recipe, TRAIN, DEV).run(null);
    assertThat(result.scores()).containsOnlyKeys("output");
    assertThat(result.score().exactMatch()).isGreaterThan(85);
    assertThat(result.model().longest()).isEqualTo(4);
  }

  @Test
  void monotoneAttentionRefusesPairsThatAreTooLongTogether() throws Exception {
    PairRecipe recipe = recipe(Map.of("decoder.attention", "monotone"));
    PairCorpus longPair =
        new PairCorpus("long.tsv", List.of(new TextPair("a".repeat(128), "b".repeat(127))));
    assertThatThrownBy(() -> new PairTraining(recipe, longPair, DEV).run(null))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "long.tsv: a source of 128 and a target of 127 symbols, together too long for attention:"
                + " monotone (a product of at most 16384); use general or additive");
    PairRecipe other = recipe(Map.of("train.epochs", "1"));
    assertThat(new PairTraining(other, longPair, DEV).run(null)).isNotNull();
  }

  /** Letters that training lacks: only copying writes them, if training hid letters. */
  @Test
  void itLearnsToCopyWhatItHasNeverSeen() throws Exception {
    List<TextPair> unseen = new ArrayList<>();
    for (TextPair pair : DEV.pairs()) {
      unseen.add(new TextPair(pair.source().replace('d', 'x'), pair.target().replace('d', 'x')));
    }
    PairCorpus dev = new PairCorpus("unseen", unseen);
    Map<String, String> settings = Map.of("train.epochs", "25", "train.word_dropout", "0.2");
    double without = new PairTraining(recipe(settings), TRAIN, dev).run(null).score().exactMatch();
    Map<String, String> copying = new HashMap<>(settings);
    copying.put("decoder.copy", "true");
    double with = new PairTraining(recipe(copying), TRAIN, dev).run(null).score().exactMatch();
    assertThat(without).isLessThan(60);
    assertThat(with).isGreaterThan(80);
  }

  @ParameterizedTest
  @ValueSource(strings = {"false", "true"})
  void threadsAndStopsDoNotChangeTheResult(String copy) throws Exception {
    PairRecipe recipe = recipe(Map.of("decoder.copy", copy));
    PairTraining one = new PairTraining(recipe, TRAIN, DEV, 1, event -> {});
    PairTraining.Result expected = one.run(null);
    byte[] model = bytes(expected.model());
    PairTraining.Result two = new PairTraining(recipe, TRAIN, DEV, 2, event -> {}).run(null);
    assertThat(bytes(two.model())).isEqualTo(model);
    assertThat(two.score()).isEqualTo(expected.score());
    Path checkpoint = folder.resolve("checkpoint");
    List<TrainingEvent> steps = new ArrayList<>();
    Consumer<TrainingEvent> stop =
        event -> {
          steps.add(event);
          if (steps.stream().filter(TrainingEvent.Stepped.class::isInstance).count() == 21) {
            throw new Stop();
          }
        };
    assertThatThrownBy(() -> one.listener(stop).run(new Trainer.Resume(checkpoint, false, 0)))
        .isInstanceOf(Stop.class);
    PairTraining.Result resumed = one.run(new Trainer.Resume(checkpoint, true, 0));
    assertThat(bytes(resumed.model())).isEqualTo(model);
    assertThat(resumed.epoch()).isEqualTo(expected.epoch());
    assertThat(bytes(one.seed(2).run(null).model())).isNotEqualTo(model);
    PairRecipe smooth = recipe(Map.of("decoder.smoothing", "0.1"));
    PairTraining.Result other = new PairTraining(smooth, TRAIN, DEV).run(null);
    assertThat(bits(other.model())).isNotEqualTo(bits(expected.model()));
  }

  @Test
  void aCheckpointOfOtherDataIsRefused() throws Exception {
    PairRecipe recipe = recipe(Map.of("train.epochs", "1"));
    Path checkpoint = folder.resolve("checkpoint");
    new PairTraining(recipe, TRAIN, DEV).run(new Trainer.Resume(checkpoint, false));
    assertThatThrownBy(
            () -> new PairTraining(recipe, DEV, TRAIN).run(new Trainer.Resume(checkpoint, true)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a checkpoint of a run with other data");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "train.language_model | 0.1 | are for taggers",
        "train.vary_case | 0.1 | are for taggers",
        "decoder.attention | dat | decoder.attention is 'dat', expected dot, general, additive, monotone",
        "decoder.hiden | 3 | unknown key 'hiden', did you mean 'hidden'?",
        "decoder.smoothing | 1 | decoder.smoothing is 1.0, expected 0 or more and less than 1",
        "decoder | {attention: monotone, smoothing: 0.1} | is 0.1, expected 0 with attention: monotone",
        "decoder | {attention: monotone, copy: true} | decoder.copy is true with attention: monotone, but",
        "decoder | {copy: true} | decoder.copy is true without attention, but copying needs",
        "decoder.copy | perhaps | decoder.copy is 'perhaps'",
        "search.beam | 0 | a beam of 0, expected 1 to 1000",
        "search.power | 3 | a power of 3.0, expected 0 to 2",
        "input.source | words | expected characters, letters, tokens",
        "heads | {} | unknown key 'heads'",
        "measure | bleu | expected exact, symbols, chrf"
      })
  void wrongSettingsAreRefused(String key, String value, String problem) {
    assertThatThrownBy(() -> recipe(Map.of(key, value)))
        .isInstanceOf(SettingException.class)
        .satisfies(e -> assertThat(((SettingException) e).problem()).contains(problem));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "'a\tb\n\nc' | pairs.tsv:3: 1 column, expected a source, a tab and a target",
        "'a\tb\tc' | pairs.tsv:1: 3 columns, expected a source, a tab and a target",
        "'\n' | pairs.tsv: no pairs, expected a source, a tab and a target per line"
      })
  void aLineThatIsNotAPairIsNamed(String text, String problem) throws IOException {
    Path file = Files.writeString(folder.resolve("pairs.tsv"), text);
    assertThatThrownBy(() -> PairCorpus.read(file, PairFormat.defaults()))
        .isInstanceOf(CorpusException.class)
        .hasMessageEndingWith(problem);
  }

  @Test
  void aPairOfTenThousandCharactersIsRefused() throws IOException {
    Path file = folder.resolve("pairs.tsv");
    Files.writeString(file, "a\tb\nc\t" + "d".repeat(10_000) + "\n");
    assertThatThrownBy(() -> PairCorpus.read(file, PairFormat.defaults()))
        .isInstanceOf(CorpusException.class)
        .hasMessageEndingWith("pairs.tsv:2: a target of 10000 symbols, expected at most 2000");
  }

  @Test
  void everyTenthPairIsHeldOut() throws IOException {
    List<PairCorpus> parts = TRAIN.holdOut();
    assertThat(parts.get(0).pairs()).hasSize(225);
    assertThat(parts.get(1).pairs()).hasSize(25).first().isEqualTo(TRAIN.pairs().get(9));
    PairCorpus one = new PairCorpus("one.tsv", TRAIN.pairs().subList(0, 1));
    assertThatThrownBy(one::holdOut)
        .isInstanceOf(InputException.class)
        .hasMessage("one.tsv: one pair is too few to hold some out; give --dev");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> one.score(List.of(), PairFormat.defaults(), recipe(Map.of()).measure()));
  }

  @Test
  void withoutThreadsNothingIsTrained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new PairTraining(recipe(Map.of()), TRAIN, DEV, 0, event -> {}))
        .withMessage("0 threads, expected at least 1");
  }
}
