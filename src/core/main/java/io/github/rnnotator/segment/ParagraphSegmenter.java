package io.github.rnnotator.segment;

import java.util.List;

/** Finds the sentences of paragraphs. Implementations are thread-safe. */
interface ParagraphSegmenter {
  /**
   * Returns the sentences of each paragraph, in order; a blank one has none.
   *
   * @param paragraphs normalized texts; the offsets of a sentence are those in its paragraph
   * @param beforeWork called before each part of the work; an exception it throws is passed on
   */
  List<List<SegmentedSentence>> segment(List<String> paragraphs, Runnable beforeWork);
}
