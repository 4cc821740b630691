package io.github.rnnotator.tagger.pretrained;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.TaggerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The configuration of pretrained layers: the lower part of a {@link TaggerConfig}.
 *
 * @param language of the text, an ISO 639 code or BCP 47 tag
 * @param embed the parts of a token's vector; with word embeddings that are trained, and without a
 *     file of vectors, which are among the weights
 * @param group how many tokens the layer reads as one sequence; 0 for sentence by sentence
 * @param layer the first layer of the encoder, neither residual nor dense
 */
public record PretrainedConfig(String language, EmbedConfig embed, int group, EncoderLayer layer) {
  /** Checks that the layers can learn from raw text. */
  public PretrainedConfig {
    present("language", language);
    present("embed", embed);
    present("layer", layer);
    EmbedConfig.Words words = embed.words();
    if (words == null || words.trainedDim() != words.dim()) {
      throw new IllegalArgumentException(
          words == null
              ? "embed has no words, whose neighbours pretraining predicts"
              : "embed.words.tune is false, but pretraining tunes the vectors of words");
    }
    if (!embed.columns().isEmpty()) {
      throw new IllegalArgumentException(
          "embed.columns has "
              + embed.columns().keySet()
              + ", but pretraining reads raw text, which has no columns");
    }
    if (layer.residual() || layer.dense()) {
      throw new IllegalArgumentException(
          "the first layer of the encoder is residual or dense, so that its output holds the words"
              + " that pretraining predicts; only higher layers can be");
    }
    embed = embed.words(words.vectors(null));
  }

  /**
   * Returns the lower part of a tagger's configuration.
   *
   * @throws IllegalArgumentException if it can't learn from raw text
   */
  public static PretrainedConfig of(TaggerConfig config) {
    if (config.encoder().isEmpty() || config.context() != null) {
      throw new IllegalArgumentException(
          config.encoder().isEmpty()
              ? "encoder has no layer, which pretraining trains"
              : "context is set, which reads the words that pretraining predicts");
    }
    return new PretrainedConfig(
        config.input().language(), config.embed(), config.group(), config.encoder().get(0));
  }

  /** The length of the output of the layer. */
  public long outputDim() {
    return layer.outputDim(embed.outputDim());
  }

  /**
   * Checks that a tagger can begin with these layers.
   *
   * @throws IllegalArgumentException if its lower layers differ; the message names the key, both
   *     values and the remedy
   */
  public void requireFit(TaggerConfig tagger) {
    List<String> problems = new ArrayList<>();
    EmbedConfig.Words words = tagger.embed().words();
    EmbedConfig.Words own = Objects.requireNonNull(embed.words());
    if (words == null || !words.tune()) {
      problems.add("embed.words: {dim: " + own.dim() + "} that are tuned");
    } else {
      compare("embed.words.dim", own.dim(), words.dim(), problems);
      compare("embed.words.lowercase", own.lowercase(), words.lowercase(), problems);
    }
    compare("embed.characters", embed.characters(), tagger.embed().characters(), problems);
    compare("embed.shape", embed.shape(), tagger.embed().shape(), problems);
    compare("embed.columns", embed.columns(), tagger.embed().columns(), problems);
    compare("context", null, tagger.context(), problems);
    compare(
        "the first layer of encoder",
        layer,
        tagger.encoder().isEmpty() ? null : tagger.encoder().get(0),
        problems);
    if (!problems.isEmpty()) {
      throw new IllegalArgumentException(
          "the pretrained layers do not fit the configuration: expected "
              + String.join("; ", problems));
    }
  }

  private static void present(String key, @Nullable Object value) {
    if (value == null) {
      throw new IllegalArgumentException(key + " is missing");
    }
  }

  private static void compare(
      String key, @Nullable Object own, @Nullable Object wanted, List<String> problems) {
    if (!Objects.equals(own, wanted)) {
      problems.add(key + " " + own + ", found " + wanted);
    }
  }
}
