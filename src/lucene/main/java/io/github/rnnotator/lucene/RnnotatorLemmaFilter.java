package io.github.rnnotator.lucene;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;

/**
 * Replaces each term by its lemma: {@code went} by {@code go}.
 *
 * <p>Like Lucene's stemmers, it leaves keywords alone. So Lucene's {@code KeywordRepeatFilter}
 * before it keeps the word as written at the same position, and {@code RemoveDuplicatesTokenFilter}
 * after it removes what is there twice. Words without a lemma and tokens that are not words of the
 * text, such as names, stay unchanged.
 */
public final class RnnotatorLemmaFilter extends TokenFilter {
  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);
  private final TaggedWordAttribute words = addAttribute(TaggedWordAttribute.class);
  private final String head;

  /**
   * Creates a filter.
   *
   * @param input a stream from {@link RnnotatorTokenizer}
   * @param head the head's name, such as {@code lemma}
   * @throws IllegalArgumentException if the stream has no tagged words
   */
  public RnnotatorLemmaFilter(TokenStream input, String head) {
    super(TaggedWords.require(input, RnnotatorLemmaFilter.class));
    this.head = Objects.requireNonNull(head, "the head is null");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the model has no such head
   */
  @Override
  public boolean incrementToken() throws IOException {
    if (!input.incrementToken()) {
      return false;
    }
    String lemma = words.tag(head);
    if (lemma != null && !lemma.isEmpty() && !keyword.isKeyword()) {
      term.setEmpty().append(lemma);
    }
    return true;
  }
}
