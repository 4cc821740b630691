package io.github.rnnotator.bench;

import io.github.rnnotator.text.Sentence;
import java.util.List;

/** A program that labels every token. Thread-safe. */
interface SentenceTagger extends AutoCloseable {
  /**
   * Tags sentences.
   *
   * @return the labels of all tokens in order
   */
  List<String> tag(List<Sentence> sentences);

  @Override
  default void close() {}
}
