package io.github.rnnotator.pretrain;

/** Follows the first pass of {@link Pretraining} over the text; called on its thread. */
@FunctionalInterface
public interface TextListener {
  /** Receives what is found in the text, as one line. */
  void note(String line);

  /** Receives the number of tokens read so far, after each chunk. */
  default void read(long tokens) {}
}
