package io.github.rnnotator.opennlp;

import io.github.rnnotator.segment.Segment;
import io.github.rnnotator.segment.SentenceSplitter;
import java.util.ArrayList;
import java.util.List;
import opennlp.tools.sentdetect.SentenceDetectorME;
import opennlp.tools.sentdetect.SentenceModel;
import opennlp.tools.util.Span;

/**
 * Splits sentences with an OpenNLP model. Thread-safe: the model is shared and only read; a
 * detector, which is not thread-safe, is created for each call (about a microsecond).
 */
final class OpenNlpSentenceSplitter implements SentenceSplitter {
  private final SentenceModel model;

  /** Reads the model of UD English-EWT. */
  static OpenNlpSentenceSplitter english() {
    return new OpenNlpSentenceSplitter(
        OpenNlpModels.read("opennlp-en-ud-ewt-sentence-1.3-2.5.4.bin", SentenceModel::new));
  }

  OpenNlpSentenceSplitter(SentenceModel model) {
    this.model = model;
  }

  @Override
  public List<Segment> split(String text) {
    List<Segment> sentences = new ArrayList<>();
    String input = OpenNlpInput.of(text);
    for (Span span : new SentenceDetectorME(model).sentPosDetect(input)) {
      sentences.add(new Segment(span.getStart(), span.getEnd()));
    }
    return sentences;
  }
}
