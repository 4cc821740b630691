package io.github.rnnotator.opennlp;

import io.github.rnnotator.segment.LineBreaks;
import io.github.rnnotator.segment.SegmenterProvider;
import io.github.rnnotator.segment.TextSegmenter;
import java.util.Set;

/** Segments English with OpenNLP's models, as in UD English-EWT. Thread-safe. */
public final class OpenNlpSegmenters implements SegmenterProvider {
  private static final Set<String> ENGLISH = Set.of("en", "eng");

  /** Called by {@link java.util.ServiceLoader}. */
  public OpenNlpSegmenters() {}

  @Override
  public boolean supports(String language) {
    return ENGLISH.contains(language);
  }

  /** Reads the models (about 100 ms): create a segmenter once and share it. */
  @Override
  public TextSegmenter segmenter(String language) {
    return new TextSegmenter(
        OpenNlpSentenceSplitter.english(), OpenNlpTokenizer.english(), LineBreaks.WRAP);
  }
}
