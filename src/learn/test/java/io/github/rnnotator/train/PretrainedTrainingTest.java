package io.github.rnnotator.train;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.GoldCorpus;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.Split;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.pretrained.PretrainedEncoder;
import io.github.rnnotator.tagger.pretrained.PretrainedFile;
import io.github.rnnotator.tagger.pretrained.TinyLayers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CancellationException;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Training that begins with pretrained layers. */
class PretrainedTrainingTest {
  @TempDir private Path folder;
  private final PretrainedEncoder layers = TinyLayers.layers(1);
  private Path recipeFile;
  private Split data;

  @BeforeEach
  void write() throws IOException {
    write(layers, folder.resolve("base.rnn"));
    recipeFile =
        Files.writeString(
            folder.resolve("r.yaml"),
            """
            input:      {format: conllu, heads: {upos: upos}}
            embed:      {words: {dim: 6, keep: 5}, characters: {kind: cnn, dim: 4, hidden: 5, width: 3}, shape: true}
            group:      16
            encoder:    [{bidirectional: gru, hidden: 5}, {bidirectional: gru, hidden: 4, dense: true}]
            heads:      {upos: {kind: softmax}}
            train:      {rate: 0.01, batch: 4, epochs: 2, average: 0, patience: 0}
            pretrained: {from: FOLDER/base.rnn}
            pretrain:   {chunk: 1000}
            """
                .replace("FOLDER", folder.toString()));
    GoldCorpus sample = Recipe.read(recipeFile).corpus(Path.of("corpora/sample/en.conllu"));
    data = Split.holdOut(sample);
  }

  private static void write(PretrainedEncoder layers, Path file) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      PretrainedFile.write(out, layers, Safetensors.Type.F32);
    }
  }

  private Recipe recipe(String... settings) throws IOException {
    return Recipe.read(
        recipeFile, settings.length == 0 ? Map.of() : Map.of(settings[0], settings[1]));
  }

  private Training training(String... settings) throws IOException {
    return Training.of(recipe(settings), data).threads(2);
  }

  private static float[] weight(TaggerModel model, String name) {
    return model.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow()
        .value()
        .data;
  }

  /** With a rate of 0 they stay as they are, to the bit, while the rest learns. */
  @Test
  void layersBeginWithThePretrainedWeights() throws Exception {
    TaggerModel model = training("pretrained.rate", "0").run().model();
    TaggerModel trained = training().run().model();
    int compared = 0;
    for (Parameter parameter : layers.parameters()) {
      String name = parameter.name();
      if (name.equals("embed.words")) {
        continue;
      }
      float[] own = parameter.value().data;
      float[] start = Arrays.copyOf(weight(model, name), own.length);
      assertThat(start).as(name).isEqualTo(own);
      assertThat(Arrays.copyOf(weight(trained, name), own.length)).as(name).isNotEqualTo(own);
      compared++;
    }
    assertThat(compared).isGreaterThan(6);
    assertThat(weight(model, "heads.upos.kernel"))
        .isNotEqualTo(weight(training("train.rate", "1e-9").run().model(), "heads.upos.kernel"));
  }

  @Test
  void wordsBeginWithThePretrainedVectors() throws Exception {
    TaggerModel model = training("pretrained.rate", "0").run().model();
    assertThat(model.config().embed().words().vectors()).isEqualTo("base.rnn");
    float[] words = weight(model, "embed.words");
    int compared = 0;
    for (var entry : model.vocabularies().words().entries()) {
      int id = model.vocabularies().words().id(entry.text());
      int own = layers.vocabularies().words().id(entry.text());
      if (own > 0) {
        compared++;
        for (int i = 0; i < 6; i++) {
          assertThat(words[id * 6 + i]).isCloseTo(layers.wordTable().get(own, i), within(1e-3f));
        }
      }
    }
    assertThat(compared).isGreaterThan(10);
    // The first words of the text, and those of the training data.
    assertThat(model.vocabularies().vectors().size()).isGreaterThan(10);
  }

  @Test
  void lowerRateChangesPretrainedWeightsLess() throws Exception {
    float[] own = layers.parameters().get(layers.parameters().size() - 1).value().data;
    String name = layers.parameters().get(layers.parameters().size() - 1).name();
    double full = distance(own, weight(training().run().model(), name));
    double less = distance(own, weight(training("pretrained.rate", "0.1").run().model(), name));
    assertThat(less).isPositive().isLessThan(0.3 * full);
  }

  private static double distance(float[] a, float[] b) {
    double sum = 0;
    for (int i = 0; i < a.length; i++) {
      sum += Math.abs(a[i] - b[i]);
    }
    return sum;
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 9})
  void resumedRunEqualsUninterruptedRun(int steps) throws Exception {
    TaggerModel whole = training("pretrained.rate", "0.5").run().model();
    Path checkpoint = folder.resolve("checkpoint");
    int[] taken = {0};
    Training stopped =
        training("pretrained.rate", "0.5")
            .threads(1)
            .listener(
                event -> {
                  if (event instanceof TrainingEvent.Stepped && ++taken[0] > steps) {
                    throw new CancellationException();
                  }
                });
    assertThatThrownBy(() -> stopped.run(new Trainer.Resume(checkpoint, false, 0)))
        .isInstanceOf(CancellationException.class);
    // A checkpoint is of one file of layers, and of one rate.
    assertThatThrownBy(() -> training().run(new Trainer.Resume(checkpoint, true)))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("another configuration");
    TaggerModel resumed =
        training("pretrained.rate", "0.5").run(new Trainer.Resume(checkpoint, true, 0)).model();
    for (Parameter parameter : whole.parameters()) {
      assertThat(weight(resumed, parameter.name()))
          .as(parameter.name())
          .isEqualTo(parameter.value().data);
    }
  }

  @Test
  void layersThatDoNotFitAreRefused() throws IOException {
    assertThatThrownBy(() -> training("embed.shape", "false"))
        .isInstanceOf(InputException.class)
        .hasMessage(
            "pretrained.from "
                + folder.resolve("base.rnn")
                + ": the pretrained layers do not fit the configuration: expected embed.shape true,"
                + " found false");
    assertThatThrownBy(() -> training("pretrained.from", "none.rnn"))
        .hasMessageContaining("none.rnn")
        .hasMessageContaining("no such file");
    assertThatThrownBy(() -> recipe("pretrained", "{rate: 1}"))
        .hasMessageContaining("pretrained.from is missing");
    assertThatThrownBy(() -> recipe("pretrained.rate", "2"))
        .hasMessageContaining("pretrained.rate is 2.0, expected 0 to 1");
  }

  /** A finished model holds the layers; the file need not be there. */
  @Test
  void modelIsTrainedFurtherWithoutTheFile() throws Exception {
    TaggerModel model = training().run().model();
    Files.delete(folder.resolve("base.rnn"));
    StartModel start = new StartModel(Path.of("m.rnn"), model);
    Training further = Training.from(start, start.recipe(recipe()), data);
    assertThat(further.run().model().vocabularies().vectors().sha256())
        .isEqualTo(model.vocabularies().vectors().sha256());
  }

  @Test
  void charactersOfTheDataFollowThoseOfTheLayers() throws Exception {
    TaggerModel model = training().run().model();
    List<?> own = layers.vocabularies().characters().entries();
    assertThat(model.vocabularies().characters().entries()).hasSizeGreaterThan(own.size());
    for (int i = 0; i < own.size(); i++) {
      assertThat(model.vocabularies().characters().entries().get(i).text())
          .isEqualTo(layers.vocabularies().characters().entries().get(i).text());
    }
  }
}
