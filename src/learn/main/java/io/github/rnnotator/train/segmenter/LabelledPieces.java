package io.github.rnnotator.train.segmenter;

import io.github.rnnotator.segment.Pieces;
import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;

/**
 * The pieces of the paragraphs of a passage, with the labels of {@link SegmenterModel}. A token
 * that ends inside of a piece is one with the next.
 */
final class LabelledPieces {
  private final StringBuilder text = new StringBuilder();
  private final BitSet tokenEnds = new BitSet();
  private final BitSet multiwordEnds = new BitSet();
  private final BitSet sentenceEnds = new BitSet();

  private LabelledPieces() {}

  /** Returns one sequence for each paragraph. */
  static List<TaggedSentence> of(List<List<GoldToken>> passage) {
    List<TaggedSentence> paragraphs = new ArrayList<>();
    LabelledPieces paragraph = new LabelledPieces();
    for (List<GoldToken> sentence : passage) {
      for (int i = 0; i < sentence.size(); i++) {
        paragraph.add(sentence.get(i), i + 1 == sentence.size());
        if (sentence.get(i).gap() == Gap.PARAGRAPH) {
          paragraph.addTo(paragraphs);
          paragraph = new LabelledPieces();
        }
      }
    }
    paragraph.addTo(paragraphs);
    return paragraphs;
  }

  private void add(GoldToken token, boolean last) {
    text.append(token.form());
    tokenEnds.set(text.length());
    multiwordEnds.set(text.length(), token.multiword());
    sentenceEnds.set(text.length(), last);
    text.append(token.gap().text());
  }

  private void addTo(List<TaggedSentence> paragraphs) {
    // As in a segmenter, which reads no white space after a paragraph.
    Pieces pieces = Pieces.of(text.toString().stripTrailing());
    if (pieces.size() == 0) {
      return;
    }
    List<String> tokens = new ArrayList<>();
    List<String> sentences = new ArrayList<>();
    for (int i = 0; i < pieces.size(); i++) {
      int end = pieces.end(i);
      if (pieces.isLineBreak(i)) {
        tokens.add(TagSequence.MISSING);
        sentences.add(TagSequence.MISSING);
      } else {
        tokens.add(
            multiwordEnds.get(end)
                ? SegmenterModel.MULTIWORD
                : tokenEnds.get(end) ? SegmenterModel.END : SegmenterModel.INSIDE);
        sentences.add(sentenceEnds.get(end) ? SegmenterModel.END : SegmenterModel.INSIDE);
      }
    }
    paragraphs.add(
        new TaggedSentence(
            pieces.timesteps(0, pieces.size()),
            Map.of(
                SegmenterModel.TOKEN,
                TagSequence.of(tokens),
                SegmenterModel.SENTENCE,
                TagSequence.of(sentences))));
  }
}
