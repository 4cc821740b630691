package io.github.rnnotator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.eval.Score;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.pretrained.PretrainedConfig;
import io.github.rnnotator.train.Trainer;
import io.github.rnnotator.train.TrainingEvent;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.function.Consumer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PretrainingTest {
  private static final String SETTINGS =
      "chunk: 400, hold_out: 150, words: 30, samples: 8, projection: 8, batch: 8, rate: 0.02,"
          + " warmup: 5, epochs: 2, average: 0.9";

  @TempDir private Path folder;
  private List<Path> texts;

  @BeforeEach
  void write() throws IOException {
    texts =
        List.of(
            TinyText.write(folder.resolve("a.txt"), 50, 1),
            TinyText.write(folder.resolve("b.txt"), 30, 2));
  }

  /** A language without a network for its sentences, so that the tests are fast. */
  static PretrainRecipe recipe(String settings) throws IOException {
    Path file = Files.createTempFile("recipe", ".yaml");
    Files.writeString(
        file,
        """
        input:    {language: nl}
        embed:    {words: {dim: 8}, characters: {kind: cnn, dim: 4, hidden: 6}, shape: true}
        group:    24
        encoder:  [{bidirectional: gru, hidden: 8}]
        """);
    try {
      Map<String, String> keys = Map.of("pretrain", "{" + settings + "}");
      return PretrainRecipe.read(file, keys);
    } finally {
      Files.delete(file);
    }
  }

  private Pretraining pretraining(int threads) throws IOException {
    return new Pretraining(recipe(SETTINGS), texts, threads, event -> {}, note -> {});
  }

  private static List<float[]> weights(Pretraining.Result result) {
    return result.encoder().parameters().stream().map(p -> p.value().data).toList();
  }

  private static void assertSame(Pretraining.Result found, Pretraining.Result expected) {
    assertThat(weights(found)).usingRecursiveComparison().isEqualTo(weights(expected));
    assertThat(found.scores()).isEqualTo(expected.scores());
    assertThat(found.chunk()).isEqualTo(expected.chunk());
  }

  /** The words of the pattern: of 25 words and separators about 3 can be next. */
  @Test
  void perplexityFallsToThatOfThePattern() throws Exception {
    List<Double> means = new ArrayList<>();
    Consumer<TrainingEvent> listener =
        event -> {
          if (event instanceof TrainingEvent.EpochFinished finished) {
            means.add(
                finished.scores().values().stream().mapToDouble(Score::value).average().orElse(0));
          }
        };
    PretrainRecipe longer = recipe(SETTINGS.replace("epochs: 2", "epochs: 8"));
    Pretraining.Result result = new Pretraining(longer, texts, 2, listener, note -> {}).run(null);
    assertThat(means.get(0)).isGreaterThan(6);
    assertThat(result.scores()).containsOnlyKeys("next", "previous");
    assertThat(result.scores().get("next").value()).isBetween(2.5, 6.0);
    assertThat(result.scores().get("previous").value()).isBetween(2.5, 6.0);
    // The best chunk is the one with the lowest perplexity.
    assertThat(means.get(result.chunk() - 1)).isEqualTo(Collections.min(means));
  }

  @Test
  void resultDoesNotDependOnTheThreads() throws Exception {
    assertSame(pretraining(3).run(null), pretraining(1).run(null));
  }

  @Test
  void withoutThreadsNothingIsPretrained() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> pretraining(0))
        .withMessage("0 threads, expected at least 1");
  }

  @Test
  void anotherSeedGivesOtherWeights() throws Exception {
    assertThat(weights(pretraining(2).seed(2).run(null)).get(0))
        .isNotEqualTo(weights(pretraining(2).run(null)).get(0));
  }

  /** Stopped within a chunk, at the end of one, in the second epoch. */
  @ParameterizedTest
  @ValueSource(ints = {1, 7, 12, 30, 37})
  void resumedRunEqualsUninterruptedRun(int steps) throws Exception {
    Pretraining.Result whole = pretraining(2).run(null);
    Path checkpoint = folder.resolve("checkpoint");
    int[] taken = {0};
    Pretraining stopped =
        pretraining(1)
            .listener(
                event -> {
                  if (event instanceof TrainingEvent.Stepped && ++taken[0] > steps) {
                    throw new CancellationException();
                  }
                });
    assertThatThrownBy(() -> stopped.run(new Trainer.Resume(checkpoint, false, 0)))
        .isInstanceOf(CancellationException.class);
    assertSame(pretraining(2).run(new Trainer.Resume(checkpoint, true, 0)), whole);
  }

  @Test
  void checkpointOfAnotherTextIsRefused() throws Exception {
    Path checkpoint = folder.resolve("checkpoint");
    pretraining(2).run(new Trainer.Resume(checkpoint, false));
    TinyText.write(texts.get(1), 30, 3);
    assertThatThrownBy(() -> pretraining(2).run(new Trainer.Resume(checkpoint, true)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a checkpoint of a run with other data");
  }

  @Test
  void wordsBeginWithTheVectorsOfAFile() throws Exception {
    Path vectors = Files.writeString(folder.resolve("v.vec"), "cat" + " 0.5".repeat(8) + "\n");
    List<String> notes = new ArrayList<>();
    PretrainRecipe plain = recipe(SETTINGS.replace("0.02", "1e-20"));
    PretrainRecipe recipe =
        new PretrainRecipe(
            plain.config(), plain.words().vectors(vectors.toString()), plain.training());
    Pretraining.Result result =
        new Pretraining(recipe, texts, 2, event -> {}, notes::add).run(null);
    int cat = result.encoder().vocabularies().words().id("cat");
    Parameter words = result.encoder().parameters().get(0);
    for (int i = 0; i < 8; i++) {
      assertThat(words.value().get(cat, i)).isEqualTo(0.5f);
    }
    assertThat(notes).anyMatch(note -> note.matches(".*v\\.vec: 1 of \\d+ words have a vector"));
    Files.writeString(vectors, "foreign" + " 0.5".repeat(8) + "\n");
    notes.clear();
    new Pretraining(recipe, texts, 2, event -> {}, notes::add).run(null);
    assertThat(notes).anyMatch(note -> note.matches(".*v\\.vec: 0 of \\d+ words have a vector"));
    Files.writeString(vectors, "cat 1 2 3\n");
    assertThatThrownBy(() -> new Pretraining(recipe, texts, 1, event -> {}, note -> {}).run(null))
        .isInstanceOf(InputException.class)
        .hasMessageContaining("embed.words.dim is 8, the vectors of")
        .hasMessageEndingWith("have length 3; set embed.words.dim: 3");
  }

  @Test
  void forwardLayerPredictsTheNextWordOnly() throws Exception {
    PretrainRecipe both = recipe(SETTINGS);
    var layer = EncoderLayer.recurrent(CellKind.LSTM, 8);
    var config = new PretrainedConfig("nl", both.config().embed(), 0, layer);
    Pretraining.Result result =
        new Pretraining(
                new PretrainRecipe(config, both.words(), both.training()),
                texts,
                2,
                event -> {},
                note -> {})
            .run(null);
    assertThat(result.scores()).containsOnlyKeys("next");
    assertThat(result.scores().get("next").value()).isLessThan(8);
  }

  @Test
  void tooLittleTextIsRefused() throws IOException {
    Path text = Files.writeString(folder.resolve("one.txt"), "only one sentence .\n");
    Pretraining pretraining =
        new Pretraining(recipe(SETTINGS), List.of(text), 1, event -> {}, note -> {});
    assertThatThrownBy(() -> pretraining.run(null))
        .isInstanceOf(InputException.class)
        .hasMessageStartingWith(text + ": too little text to hold out a part");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "pretrain | {samples: 0} | pretrain.samples is 0, expected 1 to 16777216",
        "pretrain | {rates: 1} | unknown key 'rates', did you mean 'rate'?",
        "encoder | [] | needs embed, and an encoder with a layer",
        "encoder | [{bidirectional: gru, hidden: 4, dense: true}] | residual or dense",
        "context | {recurrent: gru, hidden: 4} | context is set",
        "embed | {shape: true} | embed has no words",
        "embed | {words: {vectors: v.vec, tune: false}} | embed.words.tune is false"
      })
  void invalidRecipesAreRefusedInOneLine(String key, String value, String problem)
      throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("r.yaml"),
            "embed: {words: {dim: 8}}\nencoder: [{bidirectional: gru, hidden: 8}]\n");
    assertThatThrownBy(() -> PretrainRecipe.read(file, Map.of(key, value)))
        .hasMessageContaining(problem)
        .hasMessageNotContaining("\n");
  }

  /** The recipe of a tagger is one, with or without a section of its own. */
  @Test
  void recipeOfATaggerIsRead() throws IOException {
    assertThat(PretrainRecipe.read(Path.of("eval/ewt-joint.yaml"), Map.of()).training())
        .isEqualTo(PretrainingConfig.defaults());
    PretrainRecipe recipe = PretrainRecipe.read(Path.of("eval/bundled-en.yaml"), Map.of());
    assertThat(recipe.training().limitWords()).isEqualTo(24_000_000);
    assertThat(recipe.config().group()).isEqualTo(64);
    assertThat(recipe.config().layer().hidden()).isEqualTo(200);
    assertThat(recipe.words().keep()).isEqualTo(88_000);
  }
}
