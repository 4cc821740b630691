package io.github.rnnotator.tagger.pretrained;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.embed.Vocabularies;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.tagger.TrainingOptions;
import io.github.rnnotator.text.TaggedSentence;
import java.util.SplittableRandom;

/** Layers with random weights. */
public final class TinyLayers {
  private TinyLayers() {}

  /** Returns the configuration of layers with words, characters and shapes. */
  public static PretrainedConfig config() {
    return new PretrainedConfig(
        "en",
        new EmbedConfig(
            EmbedConfig.Words.defaults().dim(6),
            new EmbedConfig.Characters(EmbedConfig.Characters.Kind.CNN, 4, 5, 3, false),
            true),
        16,
        EncoderLayer.bidirectional(CellKind.GRU, 5));
  }

  /** Returns layers that know the words of a few sentences. */
  public static PretrainedEncoder layers(long seed) {
    Vocabularies vocabularies =
        Vocabularies.of(
            TinyTaggers.english(6).stream().map(TaggedSentence::sentence).toList(),
            config().embed());
    return PretrainedEncoder.create(
            config(), vocabularies, TrainingOptions.NONE, new SplittableRandom(seed))
        .withCard("# A card");
  }
}
