package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

/** Defaults, ranges, and the lookup string of a word. */
class EmbedConfigTest {
  @Test
  void defaultsMatchTheDocumentation() {
    assertThat(EmbedConfig.Words.defaults())
        .isEqualTo(
            new EmbedConfig.Words(
                100, 1, true, 0.5f, null, true, 0, 100_000, WordVectors.Type.F16));
    assertThat(EmbedConfig.Characters.defaults())
        .isEqualTo(new EmbedConfig.Characters(EmbedConfig.Characters.Kind.LSTM, 25, 50, 3, false));
  }

  @Test
  void settingsOutOfRangeAreNamed() {
    assertThatThrownBy(() -> EmbedConfig.Words.defaults().dim(0))
        .hasMessage("embed.words.dim is 0, expected 1 to 16384");
    assertThatThrownBy(() -> EmbedConfig.Words.defaults().minCount(0))
        .hasMessageContaining("embed.words.min_count");
    assertThatThrownBy(() -> EmbedConfig.Words.defaults().singletonUnkProbability(Float.NaN))
        .hasMessage("embed.words.unknown is NaN, expected 0 to 1");
    assertThatThrownBy(() -> EmbedConfig.Characters.defaults().hidden(-1))
        .hasMessageContaining("embed.characters.hidden");
    assertThatThrownBy(() -> EmbedConfig.Characters.defaults().width(4))
        .hasMessage("embed.characters.width is 4, expected an odd number");
    assertThatThrownBy(() -> frozen("v.vec", true, 10))
        .hasMessageStartingWith("embed.words.trained requires frozen pretrained vectors");
    assertThatThrownBy(() -> frozen(null, false, 10)).hasMessageContaining("set vectors");
    assertThatThrownBy(() -> frozen("v.vec", false, -1))
        .hasMessage("embed.words.trained is -1, expected 0 to 16384");
    assertThatThrownBy(() -> new EmbedConfig(null, null, false))
        .hasMessageContaining("at least one is needed");
  }

  @Test
  void pretrainedVectorsAreTunedOrConcatenatedToTrainedOnes() {
    assertThat(frozen("v.vec", true, 0))
        .returns(4, w -> w.trainedDim())
        .returns(0, w -> w.frozenDim());
    assertThat(frozen("v.vec", false, 0))
        .returns(0, w -> w.trainedDim())
        .returns(4, w -> w.frozenDim());
    assertThat(frozen("v.vec", false, 3))
        .returns(3, w -> w.trainedDim())
        .returns(4, w -> w.frozenDim());
    assertThat(frozen(null, false, 0))
        .returns(4, w -> w.trainedDim())
        .returns(0, w -> w.frozenDim());
  }

  private static EmbedConfig.Words frozen(String vectors, boolean tune, int trained) {
    return EmbedConfig.Words.defaults().dim(4).vectors(vectors).tune(tune).trained(trained);
  }

  @Test
  void lowercaseAlsoReplacesDigitsByZero() {
    EmbedConfig.Words lower = EmbedConfig.Words.defaults().lowercase(true);
    assertThat(lower.normalize("Route-66b")).isEqualTo("route-00b");
    assertThat(lower.normalize("ÉCOLE")).isEqualTo("école");
    EmbedConfig.Words exact = EmbedConfig.Words.defaults().lowercase(false);
    assertThat(exact.normalize("Route-66b")).isEqualTo("Route-66b");
  }
}
