package io.github.rnnotator.segment;

import io.github.rnnotator.text.Sentence;
import java.util.List;

/** Finds the sentences of a text and their tokens. Implementations are thread-safe. */
@FunctionalInterface
public interface Segmenter {
  /**
   * Returns the sentences of a text, in order and with their offsets; cancellable.
   *
   * @param text any text; an empty or blank one gives an empty list
   * @param beforeWork called before each part of the work, such as a sentence, or a batch of them;
   *     an exception it throws ends the work and is passed to the caller
   */
  List<Sentence> segment(String text, Runnable beforeWork);

  /** Returns the sentences of a text, in order and with their offsets. */
  default List<Sentence> segment(String text) {
    return segment(text, () -> {});
  }
}
