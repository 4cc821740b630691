package io.github.rnnotator.pipeline;

import java.util.List;

/** Finds the sentences of a text. Implementations are thread-safe. */
@FunctionalInterface
public interface SentenceSplitter {
  /**
   * The sentences of a text: in order, not overlapping, none of them blank. What lies between them
   * is not part of any sentence.
   *
   * @param text may be empty or blank, which gives no sentence
   */
  List<Segment> split(String text);
}
