package io.github.rnnotator.segment;

import java.util.List;

/** Finds the sentences of a text. Implementations are thread-safe. */
@FunctionalInterface
public interface SentenceSplitter {
  /**
   * Returns the sentences of a text: in order, not overlapping, not blank. Text between them
   * belongs to no sentence.
   *
   * @param text a paragraph, without soft hyphens and other invisible characters; may be empty or
   *     blank, which gives an empty list
   */
  List<Segment> split(String text);
}
