package io.github.rnnotator.opennlp;

import io.github.rnnotator.segment.SegmentedSentence;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.SurfaceToken;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import opennlp.tools.tokenize.Tokenizer;
import opennlp.tools.util.Span;

/**
 * A tokenizer with OpenNLP's interface.
 *
 * <pre>{@code
 * Tokenizer tokenizer = new RnnotatorTokenizer(Tagger.bundled("en"));
 * String[] tokens = tokenizer.tokenize("We can't stay."); // We, ca, n't, stay, .
 * }</pre>
 *
 * <p>The tokens are those that {@link RnnotatorPosTagger} expects: the words of Universal
 * Dependencies. The words of a multiword token are tokens if they are the parts of what is written
 * ({@code ca|n't}). Otherwise the whole is one token (Portuguese {@code da}, which stands for
 * {@code de} and {@code a}): with OpenNLP, a token is always a part of the text.
 *
 * <p>Thread-safe.
 */
public final class RnnotatorTokenizer implements Tokenizer {
  private final TextSegmenter segmenter;

  /**
   * Creates a tokenizer from the segmenter of a model or, if it has none, that of its language.
   *
   * @throws IllegalStateException if the language has no segmenter either
   */
  public RnnotatorTokenizer(Tagger tagger) {
    this(TextSegmenter.of(Objects.requireNonNull(tagger, "the tagger is null").model()));
  }

  /** Creates a tokenizer from a segmenter. */
  public RnnotatorTokenizer(TextSegmenter segmenter) {
    this.segmenter = Objects.requireNonNull(segmenter, "the segmenter is null");
  }

  /** Returns the tokens of a sentence. */
  @Override
  public String[] tokenize(String sentence) {
    return Span.spansToStrings(tokenizePos(sentence), sentence);
  }

  /**
   * Returns the spans of the tokens of a sentence, in order; of a text with several sentences, the
   * tokens of all. Each has the probability that a token ends where it does: 1 before white space.
   * The parts of a multiword token have that of the whole.
   */
  @Override
  public Span[] tokenizePos(String sentence) {
    List<Span> spans = new ArrayList<>();
    for (SegmentedSentence part : segmenter.segmentWithProbabilities(sentence)) {
      for (SurfaceToken token : part.sentence().surfaceParts()) {
        float probability = part.tokenEnds().get(token.words().begin());
        spans.add(new Span(token.begin(), token.end(), probability));
      }
    }
    return spans.toArray(Span[]::new);
  }
}
