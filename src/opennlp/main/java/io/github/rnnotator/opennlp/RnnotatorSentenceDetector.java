package io.github.rnnotator.opennlp;

import io.github.rnnotator.segment.SegmentedSentence;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.tagger.Tagger;
import io.github.rnnotator.text.Sentence;
import java.util.Objects;
import opennlp.tools.sentdetect.SentenceDetector;
import opennlp.tools.util.Span;

/**
 * A sentence detector with OpenNLP's interface.
 *
 * <pre>{@code
 * SentenceDetector detector = new RnnotatorSentenceDetector(Tagger.bundled("en"));
 * String[] sentences = detector.sentDetect("It's late. We can't stay.");
 * }</pre>
 *
 * <p>Thread-safe.
 */
public final class RnnotatorSentenceDetector implements SentenceDetector {
  private final TextSegmenter segmenter;

  /**
   * Creates a detector from the segmenter of a model or, if it has none, that of its language.
   *
   * @throws IllegalStateException if the language has no segmenter either
   */
  public RnnotatorSentenceDetector(Tagger tagger) {
    this(TextSegmenter.of(Objects.requireNonNull(tagger, "the tagger is null").model()));
  }

  /** Creates a detector from a segmenter, which also says what a line break means. */
  public RnnotatorSentenceDetector(TextSegmenter segmenter) {
    this.segmenter = Objects.requireNonNull(segmenter, "the segmenter is null");
  }

  /** Returns the sentences of a text, without the white space between them. */
  @Override
  public String[] sentDetect(CharSequence text) {
    return Span.spansToStrings(sentPosDetect(text), text);
  }

  /**
   * Returns the spans of the sentences, in order. Each has the probability that a sentence ends
   * where it does: 1 where the text says so.
   */
  @Override
  public Span[] sentPosDetect(CharSequence text) {
    return segmenter.segmentWithProbabilities(text.toString()).stream()
        .map(RnnotatorSentenceDetector::span)
        .toArray(Span[]::new);
  }

  private static Span span(SegmentedSentence found) {
    Sentence sentence = found.sentence();
    return new Span(sentence.begin(), sentence.end(), found.end());
  }
}
