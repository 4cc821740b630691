package io.github.rnnotator.pipeline;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.function.Function;

/**
 * Turns raw text into a tagged document: sentence splitting, tokenizing and tagging.
 *
 * <pre>{@code
 * Document document = new TextPipeline(TextSegmenter.english(), tagger::tagDocument).annotate(text);
 * }</pre>
 *
 * <p>Thread-safe, if the tagger is.
 */
public final class TextPipeline {
  private final TextSegmenter segmenter;
  private final Function<List<Sentence>, List<TaggedSentence>> tagger;

  /**
   * Creates a pipeline of these stages.
   *
   * @param tagger returns each sentence with its tags, in the same order
   */
  public TextPipeline(
      TextSegmenter segmenter, Function<List<Sentence>, List<TaggedSentence>> tagger) {
    this.segmenter = segmenter;
    this.tagger = tagger;
  }

  /**
   * Returns the text with its tagged sentences; none if it is blank.
   *
   * @throws IllegalStateException if the tagger does not return the given sentences in order
   */
  public Document annotate(String text) {
    List<Sentence> sentences = segmenter.segment(text);
    List<TaggedSentence> tagged = tagger.apply(sentences);
    if (!tagged.stream().map(TaggedSentence::sentence).toList().equals(sentences)) {
      throw new IllegalStateException(
          "the tagger returned other sentences than the "
              + sentences.size()
              + " it was given; it must keep them and their order");
    }
    return new Document(text, tagged);
  }
}
