package io.github.rnnotator.segment;

import io.github.rnnotator.tagger.SegmenterModel;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;

/**
 * Segments with a recurrent network that reads the {@link Pieces} of a paragraph and says of each
 * whether a token or a sentence ends with it. Thread-safe.
 *
 * <p>Longer paragraphs are read in windows that overlap, so that time is linear in the length of
 * the text and windows are computed together; a boundary is taken from the window that sees at
 * least {@value #CONTEXT} pieces on both sides of it.
 */
final class NetworkSegmenter implements ParagraphSegmenter {
  /** The pieces of a window that decide, in the middle of it. */
  private static final int STEP = 160;

  /** The pieces on either side that a window only reads. */
  private static final int CONTEXT = 32;

  private final SegmenterModel model;
  private final Tagger tagger;
  private final KeptTokens kept;

  NetworkSegmenter(SegmenterModel model) {
    this.model = model;
    this.tagger = new Tagger(model.network());
    this.kept = new KeptTokens(model.keep());
  }

  @Override
  public List<List<SegmentedSentence>> segment(List<String> paragraphs, Runnable beforeWork) {
    List<Pieces> pieces = paragraphs.stream().map(Pieces::of).toList();
    List<Sentence> windows = new ArrayList<>();
    pieces.forEach(p -> addWindows(p, windows));
    beforeWork.run();
    Iterator<TaggedSentence> tagged =
        tagger.tagDocuments(List.of(windows), beforeWork).get(0).iterator();
    List<List<SegmentedSentence>> segmented = new ArrayList<>();
    for (int i = 0; i < paragraphs.size(); i++) {
      String text = paragraphs.get(i);
      PieceLabels labels = labels(pieces.get(i), tagged);
      kept.apply(text, pieces.get(i), labels);
      segmented.add(
          new SentenceBuilder(text, pieces.get(i), labels, model.multiword()).sentences());
    }
    return segmented;
  }

  private static void addWindows(Pieces pieces, List<Sentence> windows) {
    for (int core = 0; core < pieces.size(); core += STEP) {
      int end = Math.min(pieces.size(), core + STEP + CONTEXT);
      windows.add(pieces.timesteps(Math.max(0, core - CONTEXT), end));
      if (end == pieces.size()) {
        break;
      }
    }
  }

  private static PieceLabels labels(Pieces pieces, Iterator<TaggedSentence> windows) {
    PieceLabels labels = new PieceLabels(pieces.size());
    int piece = 0;
    for (int core = 0; piece < pieces.size(); core += STEP) {
      TaggedSentence window = windows.next();
      int first = Math.max(0, core - CONTEXT);
      boolean last = first + window.size() == pieces.size();
      int end = last ? pieces.size() : core + STEP;
      TagSequence tokens = window.tags(SegmenterModel.TOKEN);
      TagSequence sentences = window.tags(SegmenterModel.SENTENCE);
      for (; piece < end; piece++) {
        labels.set(piece, tokens, sentences, piece - first);
      }
    }
    return labels;
  }
}
