package io.github.rnnotator.segment;

import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.TaggerConfig;
import io.github.rnnotator.tagger.TinyTaggers;
import io.github.rnnotator.text.MultiwordTable;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Map;

/** Segmenters with random weights: they cut anywhere, so that only the code decides. */
public final class TinySegmenters {
  private TinySegmenters() {}

  /** A segmenter that knows some pieces and the multiword tokens {@code don't} and {@code da}. */
  public static SegmenterModel random(long seed, String... keep) {
    TaggerConfig config =
        TinyTaggers.config(
            CellKind.GRU,
            EmbedConfig.Characters.Kind.CNN,
            SegmenterModel.TOKEN,
            SegmenterModel.SENTENCE);
    TaggedSentence pieces =
        new TaggedSentence(
            Sentence.of("a", "##.", "B", "##,", "가", "##가", Pieces.SHORT_LINE, "da", "##'"),
            Map.of(
                SegmenterModel.TOKEN,
                tags("end inside multiword end inside end end multiword inside"),
                SegmenterModel.SENTENCE,
                tags("inside end inside inside inside inside inside end inside")));
    MultiwordTable multiword =
        MultiwordTable.learn(
            List.of(
                new MultiwordTable.Occurrence("don't", List.of("do", "n't")),
                new MultiwordTable.Occurrence("da", List.of("de", "a"))));
    return new SegmenterModel(
        TinyTaggers.untrained(config, List.of(pieces), 1.5f, seed), multiword, List.of(keep));
  }

  private static TagSequence tags(String tags) {
    return TagSequence.of(tags.split(" "));
  }
}
