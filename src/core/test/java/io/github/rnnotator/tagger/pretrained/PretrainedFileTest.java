package io.github.rnnotator.tagger.pretrained;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.WordVectors;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.ModelFormatException;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PretrainedFileTest {
  @TempDir private Path folder;

  private static byte[] bytes(PretrainedEncoder layers) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    PretrainedFile.write(out, layers, Safetensors.Type.F32);
    return out.toByteArray();
  }

  private static PretrainedEncoder read(byte[] bytes) throws IOException {
    return PretrainedFile.read(new ByteArrayInputStream(bytes), "b.rnn").encoder();
  }

  @Test
  void writtenLayersAreReadBack() throws IOException {
    PretrainedEncoder layers = TinyLayers.layers(1);
    byte[] bytes = bytes(layers);
    PretrainedEncoder again = read(bytes);
    assertThat(again.config()).isEqualTo(layers.config());
    assertThat(again.card()).isEqualTo("# A card");
    assertThat(again.vocabularies().words().entries())
        .isEqualTo(layers.vocabularies().words().entries());
    for (int i = 0; i < layers.parameters().size(); i++) {
      Parameter own = layers.parameters().get(i);
      assertThat(again.parameters().get(i).name()).isEqualTo(own.name());
      assertThat(again.parameters().get(i).value().data).isEqualTo(own.value().data);
    }
    assertThat(bytes(again)).isEqualTo(bytes);
    assertThat(bytes(TinyLayers.layers(2))).isNotEqualTo(bytes);
  }

  /** Every flipped byte and every length is refused with the name of the file, or is harmless. */
  @Test
  void brokenFilesAreRefusedInOneLine() throws IOException {
    byte[] bytes = bytes(TinyLayers.layers(1));
    SplittableRandom random = new SplittableRandom(7);
    int refused = 0;
    for (int round = 0; round < 300; round++) {
      byte[] broken = bytes.clone();
      int at = random.nextInt(bytes.length);
      if (round % 3 == 0) {
        broken = Arrays.copyOf(bytes, at);
      } else {
        broken[at] ^= (byte) (1 << random.nextInt(8));
      }
      try {
        read(broken);
      } catch (ModelFormatException e) {
        refused++;
        assertThat(e.getMessage()).startsWith("b.rnn").doesNotContain("\n");
      }
    }
    assertThat(refused).isGreaterThan(150);
  }

  @Test
  void filesOfOtherKindsAreRefusedInOneLine() throws IOException {
    Path layers = Files.write(folder.resolve("base.rnn"), bytes(TinyLayers.layers(1)));
    assertThatThrownBy(() -> ModelFile.read(layers))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageContaining("a model of kind pretrained, which has no heads and tags nothing");
    assertThat(PretrainedFile.isPretrained(layers)).isTrue();
    Path tagger = folder.resolve("tagger.rnn");
    TaggerConfig config = TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos");
    try (var out = Files.newOutputStream(tagger)) {
      ModelFile.write(
          out, TinyTaggers.untrained(config, TinyTaggers.english(4), 0, 1), Safetensors.Type.F32);
    }
    assertThat(PretrainedFile.isPretrained(tagger)).isFalse();
    assertThatThrownBy(() -> PretrainedFile.read(tagger))
        .hasMessageContaining("the model of a tagger or classifier, expected pretrained layers");
    assertThatThrownBy(() -> PretrainedFile.read(folder)).hasMessageContaining("a folder");
    assertThatThrownBy(() -> PretrainedFile.read(folder.resolve("none")))
        .hasMessageContaining("no such file");
  }

  @Test
  void vectorsAreThoseOfTheFirstWordsAndTheNeededOnes() {
    PretrainedEncoder layers = TinyLayers.layers(1);
    var entries = layers.vocabularies().words().entries();
    String last = entries.get(entries.size() - 1).text();
    WordVectors vectors = layers.vectors(2, Set.of(last, "nowhere"), WordVectors.Type.F16);
    assertThat(vectors.size()).isEqualTo(3);
    assertThat(List.of(vectors.word(0), vectors.word(1), vectors.word(2)))
        .containsExactly(entries.get(0).text(), entries.get(1).text(), last);
    float[] found = new float[6];
    vectors.copy(2, found, 0);
    for (int i = 0; i < 6; i++) {
      assertThat(found[i]).isCloseTo(layers.wordTable().get(entries.size(), i), within(1e-3f));
    }
  }

  @Test
  void otherLayersDoNotFitAndTheMessageSaysWhy() {
    PretrainedConfig own = TinyLayers.config();
    TaggerConfig fits =
        TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos")
            .embed(own.embed())
            .encoder(List.of(own.layer()));
    own.requireFit(fits);
    own.requireFit(fits.encoder(List.of(own.layer(), own.layer().dense(true))));
    assertThatThrownBy(() -> own.requireFit(fits.embed(own.embed().shape(false))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "the pretrained layers do not fit the configuration: expected embed.shape true, found"
                + " false");
    assertThatThrownBy(
            () ->
                own.requireFit(
                    fits.embed(own.embed().words(EmbedConfig.Words.defaults().dim(7)))
                        .encoder(List.of(EncoderLayer.bidirectional(CellKind.LSTM, 5)))))
        .hasMessageContaining("embed.words.dim 6, found 7")
        .hasMessageContaining("the first layer of encoder");
    assertThatThrownBy(() -> own.requireFit(fits.encoder(List.of())))
        .hasMessageContaining("the first layer of encoder");
    assertThatThrownBy(() -> own.requireFit(fits.context(own.layer())))
        .hasMessageContaining("context null");
  }

  @Test
  void layersThatSeeThePredictedWordAreRefused() {
    PretrainedConfig own = TinyLayers.config();
    assertThatThrownBy(() -> new PretrainedConfig("en", own.embed(), 0, own.layer().dense(true)))
        .hasMessageContaining("residual or dense");
    assertThatThrownBy(
            () ->
                new PretrainedConfig(
                    "en", EmbedConfig.of(EmbedConfig.Characters.defaults()), 0, own.layer()))
        .hasMessageContaining("embed has no words");
    EmbedConfig frozen = EmbedConfig.of(EmbedConfig.Words.defaults().vectors("v.vec").tune(false));
    assertThatThrownBy(() -> new PretrainedConfig("en", frozen, 0, own.layer()))
        .hasMessageContaining("embed.words.tune is false");
  }
}
