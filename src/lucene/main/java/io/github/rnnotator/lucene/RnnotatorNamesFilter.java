package io.github.rnnotator.lucene;

import io.github.rnnotator.text.Mention;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TaggedToken;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Objects;
import org.apache.lucene.analysis.TokenFilter;
import org.apache.lucene.analysis.TokenStream;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.KeywordAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionLengthAttribute;
import org.apache.lucene.analysis.tokenattributes.TypeAttribute;
import org.jspecify.annotations.Nullable;

/**
 * Adds each name as a token at the position of its first word, after that word.
 *
 * <pre>
 *   position  0                        1      2
 *   terms     Barack                   Obama  spoke
 *             person:barack obama
 * </pre>
 *
 * <p>The added token is as long as the words of the name, in positions. Punctuation that the
 * tokenizer discards is part of its term, but has no position, and its offsets do not begin or end
 * with it. Particles that are written after a Korean name are not part of its term and its offsets.
 * Its type is the prefix of its term, and it is a keyword, which stemmers leave alone. Filters that
 * change terms belong before this one. A name of more than {@value #LONGEST} UTF-16 units with its
 * prefix is left out.
 */
public final class RnnotatorNamesFilter extends TokenFilter {
  private static final int LONGEST = 1 << 10;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);
  private final PositionIncrementAttribute positions =
      addAttribute(PositionIncrementAttribute.class);
  private final PositionLengthAttribute lengths = addAttribute(PositionLengthAttribute.class);
  private final TypeAttribute type = addAttribute(TypeAttribute.class);
  private final KeywordAttribute keyword = addAttribute(KeywordAttribute.class);
  private final TaggedWordAttribute words = addAttribute(TaggedWordAttribute.class);
  private final NameTerms terms;

  /** The sentence of the last word. */
  private @Nullable TaggedSentence sentence;

  /** Its names that are not yet added. */
  private Deque<Name> names = new ArrayDeque<>();

  /** The name to be added after the last word, and where. */
  private @Nullable Name due;

  private int begin;
  private int end;
  private int length;

  /** A name: its words, the offset after its last character, and its term. */
  private record Name(Span span, int end, String prefix, String term) {}

  /** Creates a filter that adds the names of head {@code ner}. */
  public RnnotatorNamesFilter(TokenStream input) {
    this(input, NameTerms.defaults());
  }

  /**
   * Creates a filter.
   *
   * @param input a stream from {@link RnnotatorTokenizer}
   * @throws IllegalArgumentException if the stream has no tagged words
   */
  public RnnotatorNamesFilter(TokenStream input, NameTerms terms) {
    super(TaggedWords.require(input, RnnotatorNamesFilter.class));
    this.terms = Objects.requireNonNull(terms, "the terms are null");
  }

  /**
   * {@inheritDoc}
   *
   * @throws IllegalArgumentException if the model has no such head, or its tags are not chunk tags
   */
  @Override
  public boolean incrementToken() throws IOException {
    if (due != null) {
      add(due);
      due = null;
      return true;
    }
    if (!input.incrementToken()) {
      return false;
    }
    TaggedToken word = words.word();
    if (word != null) {
      due = name(word);
    }
    if (due != null) {
      locate(due);
    }
    return true;
  }

  /**
   * Returns the name that begins with the current word or, if a filter has removed that, the name
   * whose first remaining word it is.
   */
  @SuppressWarnings("ReferenceEquality") // Equal sentences at different places are not the same.
  private @Nullable Name name(TaggedToken word) {
    if (word.sentence() != sentence) {
      sentence = word.sentence();
      names = names(sentence);
    }
    int index = word.index();
    while (!names.isEmpty() && names.getFirst().span().end() <= index) {
      names.removeFirst();
    }
    return names.isEmpty() || names.getFirst().span().begin() > index ? null : names.removeFirst();
  }

  /** Sets the place of a name, which begins at the current word and ends with its last token. */
  private void locate(Name name) {
    List<Token> tokens = words.wordsTo(name.span().end());
    begin = offsets.startOffset();
    end = Math.min(name.end(), tokens.get(tokens.size() - 1).end());
    length = tokens.size();
  }

  private Deque<Name> names(TaggedSentence current) {
    current.tags(terms.head()); // Refuses a head that the model lacks.
    TagScheme scheme = words.schemes().get(terms.head());
    if (scheme == null) {
      throw new IllegalArgumentException(
          "the tags of head '"
              + terms.head()
              + "' are not chunk tags; heads with chunk tags are "
              + words.schemes().keySet());
    }
    Deque<Name> found = new ArrayDeque<>();
    for (Mention mention : current.mentions(terms.head(), scheme)) {
      String prefix = terms.prefix(mention.type());
      if (prefix != null) {
        String term = prefix + NameTerms.SEPARATOR + terms.name(current.sentence(), mention);
        if (term.length() <= LONGEST) {
          found.add(new Name(mention.span(), mention.end(current.sentence()), prefix, term));
        }
      }
    }
    return found;
  }

  private void add(Name name) {
    clearAttributes();
    term.append(name.term());
    offsets.setOffset(begin, end);
    positions.setPositionIncrement(0);
    lengths.setPositionLength(length);
    type.setType(name.prefix());
    keyword.setKeyword(true);
  }

  @Override
  public void reset() throws IOException {
    super.reset();
    forget();
  }

  @Override
  public void close() throws IOException {
    super.close();
    forget();
  }

  private void forget() {
    sentence = null;
    names = new ArrayDeque<>();
    due = null;
  }
}
