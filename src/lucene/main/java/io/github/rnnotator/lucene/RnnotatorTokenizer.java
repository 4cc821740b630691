package io.github.rnnotator.lucene;

import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.TaggedToken;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.Map;
import java.util.Objects;
import org.apache.lucene.analysis.CharFilter;
import org.apache.lucene.analysis.Tokenizer;
import org.apache.lucene.analysis.tokenattributes.CharTermAttribute;
import org.apache.lucene.analysis.tokenattributes.OffsetAttribute;
import org.apache.lucene.analysis.tokenattributes.PositionIncrementAttribute;
import org.apache.lucene.util.AttributeFactory;
import org.jspecify.annotations.Nullable;

/**
 * A tokenizer of Lucene that segments text into sentences and words and tags them.
 *
 * <pre>{@code
 * Tagger tagger = Tagger.bundled("en");
 * TextSegmenter segmenter = TextSegmenter.of(tagger.model());
 * Analyzer analyzer =
 *     new Analyzer() {
 *       protected TokenStreamComponents createComponents(String field) {
 *         Tokenizer words = new RnnotatorTokenizer(tagger, segmenter);
 *         return new TokenStreamComponents(words, new RnnotatorLemmaFilter(words, "lemma"));
 *       }
 *     };
 * }</pre>
 *
 * <p>The tokens are the words of Universal Dependencies, one per position: {@code do} and {@code
 * n't} for {@code don't}. Each has the offsets of its part of the text or, if it is not a part (the
 * Portuguese {@code de} and {@code a} of {@code da}), of the whole. {@link TaggedWordAttribute}
 * holds the tags, which the filters of this package read.
 *
 * <p>Words of punctuation alone are tagged with the others and then discarded, without a position
 * of their own, as Lucene's tokenizers do.
 *
 * <p>A text is read in sections of at most {@link TextSegmenter#LONGEST} UTF-16 units, so memory
 * does not grow with it; the tokens are those of {@link TextSegmenter}.
 *
 * <p>Like every tokenizer, for one thread at a time; any number may share a tagger and a segmenter.
 */
public final class RnnotatorTokenizer extends Tokenizer {
  /** The default length of the longest term, in UTF-16 units: that of Lucene's own tokenizers. */
  public static final int MAX_TOKEN_LENGTH = 255;

  private final CharTermAttribute term = addAttribute(CharTermAttribute.class);
  private final OffsetAttribute offsets = addAttribute(OffsetAttribute.class);
  private final PositionIncrementAttribute positions =
      addAttribute(PositionIncrementAttribute.class);
  private final TaggedWordAttribute words = addAttribute(TaggedWordAttribute.class);

  private final Annotator annotator;
  private final Map<String, TagScheme> schemes;
  private final Sections sections;
  private final int maxTokenLength;
  private final boolean discardPunctuation;

  private Iterator<TaggedSentence> sentences = Collections.emptyIterator();
  private @Nullable TaggedSentence sentence;
  private int next;
  private int skipped;

  /**
   * Creates a tokenizer that discards punctuation.
   *
   * @param segmenter usually {@code TextSegmenter.of(tagger.model())}
   * @throws IllegalArgumentException if the model labels whole texts
   */
  public RnnotatorTokenizer(Tagger tagger, TextSegmenter segmenter) {
    this(DEFAULT_TOKEN_ATTRIBUTE_FACTORY, tagger, segmenter, MAX_TOKEN_LENGTH, true);
  }

  /**
   * Creates a tokenizer with attributes of this factory.
   *
   * @param segmenter usually {@code TextSegmenter.of(tagger.model())}
   * @param maxTokenLength longer words, in UTF-16 units, are left out; their position stays empty
   * @param discardPunctuation whether words of punctuation alone are left out, with their position
   * @throws IllegalArgumentException if the model labels whole texts, or the length is less than 1
   */
  public RnnotatorTokenizer(
      AttributeFactory factory,
      Tagger tagger,
      TextSegmenter segmenter,
      int maxTokenLength,
      boolean discardPunctuation) {
    super(factory);
    Objects.requireNonNull(tagger, "the tagger is null");
    Objects.requireNonNull(segmenter, "the segmenter is null");
    tagger.model().requireTags();
    this.annotator = Annotator.of(tagger, segmenter);
    this.schemes = tagger.model().schemes();
    this.sections = new Sections(segmenter);
    this.maxTokenLength = requireLength(maxTokenLength);
    this.discardPunctuation = discardPunctuation;
  }

  /**
   * Returns the length of the longest term.
   *
   * @throws IllegalArgumentException if it is less than 1
   */
  static int requireLength(int maxTokenLength) {
    if (maxTokenLength < 1) {
      throw new IllegalArgumentException(
          "maxTokenLength is " + maxTokenLength + ", expected at least 1");
    }
    return maxTokenLength;
  }

  @Override
  public boolean incrementToken() throws IOException {
    clearAttributes();
    int skip = 0;
    for (TaggedSentence current = current(); current != null; current = current()) {
      TaggedToken word = new TaggedToken(current, next++);
      if (discardPunctuation && Punctuation.isPunctuation(word.form())) {
        continue;
      }
      if (word.form().length() <= maxTokenLength) {
        term.append(word.form());
        offsets.setOffset(word.begin(), word.end());
        positions.setPositionIncrement(1 + skip);
        words.setWord(word, schemes, discardPunctuation);
        return true;
      }
      skip++;
    }
    skipped = skip;
    return false;
  }

  /** Returns the sentence with the next word, or null at the end of the text. */
  private @Nullable TaggedSentence current() throws IOException {
    if (sentence == null || next == sentence.size()) {
      sentence = null;
      next = 0;
      while (!sentences.hasNext()) {
        String section = sections.next(input);
        if (section == null) {
          return null;
        }
        sentences = annotator.annotate(section).sentences().iterator();
      }
      sentence = corrected(sentences.next());
    }
    return sentence;
  }

  /** Returns the sentence with offsets in the text as it was before any {@link CharFilter}. */
  private TaggedSentence corrected(TaggedSentence tagged) {
    if (sections.begin() == 0 && !(input instanceof CharFilter)) {
      return tagged;
    }
    Sentence sentence = tagged.sentence();
    Sentence located =
        new Sentence(
            sentence.tokens().stream()
                .map(t -> new Token(t.form(), corrected(t.begin()), corrected(t.end())))
                .toList(),
            sentence.multiwordTokens().stream()
                .map(
                    t ->
                        new MultiwordToken(
                            t.form(), t.words(), corrected(t.begin()), corrected(t.end())))
                .toList());
    return new TaggedSentence(located, tagged.tags(), tagged.labels(), tagged.origin());
  }

  private int corrected(int offset) {
    return correctOffset(sections.begin() + offset);
  }

  @Override
  public void end() throws IOException {
    super.end();
    int end = correctOffset(sections.end());
    offsets.setOffset(end, end);
    positions.setPositionIncrement(positions.getPositionIncrement() + skipped);
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

  /** Keeps nothing of a text: an analyzer keeps its tokenizers. */
  private void forget() {
    sections.reset();
    sentences = Collections.emptyIterator();
    sentence = null;
    next = 0;
    skipped = 0;
  }
}
