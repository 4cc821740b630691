package io.github.rnnotator.bench;

import io.github.rnnotator.text.Sentence;
import java.util.List;

/** A program that gives a label to every token. Any number of threads may call it. */
interface SentenceTagger extends AutoCloseable {
  /**
   * Tags sentences.
   *
   * @return the labels of all tokens in their order
   */
  List<String> tag(List<Sentence> sentences);

  @Override
  default void close() {}
}
