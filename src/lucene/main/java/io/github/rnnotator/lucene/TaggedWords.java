package io.github.rnnotator.lucene;

import java.util.Objects;
import org.apache.lucene.analysis.TokenStream;

/** What the filters need of the stream that they read. */
final class TaggedWords {
  private TaggedWords() {}

  /**
   * Returns the stream.
   *
   * @throws IllegalArgumentException if it has no tagged words
   */
  static TokenStream require(TokenStream input, Class<?> filter) {
    Objects.requireNonNull(input, "the stream is null");
    if (!input.hasAttribute(TaggedWordAttribute.class)) {
      throw new IllegalArgumentException(
          filter.getSimpleName()
              + " needs tagged words; begin the chain with RnnotatorTokenizer (tokenizer '"
              + RnnotatorTokenizerFactory.NAME
              + "')");
    }
    return input;
  }
}
