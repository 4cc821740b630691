package io.github.rnnotator.segment;

import io.github.rnnotator.text.Token;
import java.util.List;

/** Finds the tokens of a sentence. Implementations are thread-safe. */
@FunctionalInterface
public interface Tokenizer {
  /**
   * Returns the tokens between two offsets of a text: in order, not overlapping, each {@code
   * text.substring(token.begin(), token.end())}, without white space.
   *
   * @param text a paragraph, without soft hyphens and other invisible characters. Offsets are those
   *     in it; {@link TextSegmenter} turns them into those in the document.
   * @param begin where the sentence begins, in UTF-16 units
   * @param end where it ends
   */
  List<Token> tokenize(String text, int begin, int end);
}
