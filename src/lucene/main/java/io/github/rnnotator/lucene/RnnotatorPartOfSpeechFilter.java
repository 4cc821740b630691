package io.github.rnnotator.lucene;

import java.io.IOException;
import java.util.Objects;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.PayloadAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.apache.lucene.util.BytesRef;
import org.jspecify.annotations.Nullable;

/**
 * Sets the part of speech of each word, or the tag of any other head, as the type of its token or
 * as its payload, in UTF-8. Lucene's filters by type, such as {@code TypeTokenFilter}, may follow;
 * payloads are stored in the index.
 *
 * <p>A word without a tag and tokens that are not words of the text, such as names, stay unchanged.
 */
public final class RnnotatorPartOfSpeechFilter extends TokenFilter {
  /** Where the tag is written. */
  public enum Target {
    /** To the type of the token. */
    TYPE,
    /** To its payload. */
    PAYLOAD
  }

  private final TaggedWordAttribute words = addAttribute(TaggedWordAttribute.class);
  private final String head;
  private final @Nullable TypeAttribute type;
  private final @Nullable PayloadAttribute payload;

  /**
   * Creates a filter.
   *
   * @param input a stream from {@link RnnotatorTokenizer}
   * @param head the head's name, such as {@code upos}
   * @throws IllegalArgumentException if the stream has no tagged words
   */
  public RnnotatorPartOfSpeechFilter(TokenStream input, String head, Target target) {
    super(TaggedWords.require(input, RnnotatorPartOfSpeechFilter.class));
    this.head = Objects.requireNonNull(head, "the head is null");
    Objects.requireNonNull(target, "the target is null");
    this.type = target == Target.TYPE ? addAttribute(TypeAttribute.class) : null;
    this.payload = target == Target.PAYLOAD ? addAttribute(PayloadAttribute.class) : null;
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
    String tag = words.tag(head);
    if (tag != null && !tag.isEmpty()) {
      if (type != null) {
        type.setType(tag);
      }
      if (payload != null) {
        payload.setPayload(new BytesRef(tag));
      }
    }
    return true;
  }
}
