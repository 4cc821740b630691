package io.github.rnnotator.train;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.EncoderLayer;
import io.github.rnnotator.tagger.HeadConfig;
import io.github.rnnotator.tagger.InputConfig;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerConfig;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What to train as the segmenter of a model, the key {@code segment} of a {@link Recipe}. It learns
 * from the raw text of CoNLL-U files: from the training file of the recipe and others.
 *
 * @param embed the vector of a piece of text
 * @param encoder its recurrent layers
 * @param train its training settings
 * @param files other CoNLL-U files to learn from, of the same language and with the same tokens
 * @param augment the fraction of passages that each epoch varies, in {@code [0, 1]}
 * @param keep tokens that stay whole wherever they occur, such as {@code Yahoo!}
 */
public record SegmentConfig(
    EmbedConfig embed,
    List<EncoderLayer> encoder,
    TrainingConfig train,
    List<String> files,
    float augment,
    List<String> keep) {
  /** Copies the lists and checks the ranges. */
  public SegmentConfig {
    encoder = List.copyOf(encoder);
    files = List.copyOf(files);
    keep = List.copyOf(keep);
    if (!(augment >= 0 && augment <= 1)) {
      throw new IllegalArgumentException("segment.augment is " + augment + ", expected 0 to 1");
    }
    if (!train.sources().isEmpty()) {
      throw new IllegalArgumentException(
          "segment.train.sources is for taggers; name the files of a segmenter in segment.files");
    }
    if (train.epochs() == 0) {
      throw new IllegalArgumentException(
          "segment.train.epochs is 0, so nothing would be learned; set it to at least 1");
    }
    for (String token : keep) {
      if (token.isBlank() || token.chars().anyMatch(Character::isWhitespace)) {
        throw new IllegalArgumentException(
            "segment.keep has '" + token + "', expected a token without white space");
      }
    }
  }

  /**
   * Returns the defaults: two bidirectional GRUs of 32, word vectors of length 24 for pieces that
   * occur three times or more, a convolution over characters, 14 epochs, and augmentation.
   */
  public static SegmentConfig defaults() {
    EmbedConfig embed =
        EmbedConfig.of(EmbedConfig.Words.defaults().dim(24).minCount(3))
            .characters(
                EmbedConfig.Characters.defaults()
                    .kind(EmbedConfig.Characters.Kind.CNN)
                    .dim(16)
                    .hidden(32))
            .shape(true);
    TrainingConfig train =
        TrainingConfig.defaults()
            .rate(0.003f)
            .epochs(14)
            .patience(0)
            .dropout(0.25f)
            .wordDropout(0.1f);
    return new SegmentConfig(
        embed,
        List.of(
            EncoderLayer.bidirectional(CellKind.GRU, 32),
            EncoderLayer.bidirectional(CellKind.GRU, 32)),
        train,
        List.of(),
        0.3f,
        List.of());
  }

  /** Returns the configuration of the network. */
  public TaggerConfig tagger(String language) {
    Map<String, String> columns = new LinkedHashMap<>();
    Map<String, HeadConfig> heads = new LinkedHashMap<>();
    for (String head : List.of(SegmenterModel.TOKEN, SegmenterModel.SENTENCE)) {
      columns.put(head, head);
      heads.put(head, HeadConfig.softmax());
    }
    InputConfig input =
        InputConfig.defaults()
            .format("columns")
            .columns(List.of("form", SegmenterModel.TOKEN, SegmenterModel.SENTENCE))
            .heads(columns)
            .language(language);
    return TaggerConfig.of(input, embed, encoder, heads);
  }
}
