package io.github.rnnotator.segment;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Splits paragraphs into sentences, then those into tokens. Thread-safe, if its parts are. */
record SplitAndTokenize(SentenceSplitter splitter, Tokenizer tokenizer)
    implements ParagraphSegmenter {
  @Override
  public List<List<SegmentedSentence>> segment(List<String> paragraphs, Runnable beforeWork) {
    return paragraphs.stream().map(paragraph -> segment(paragraph, beforeWork)).toList();
  }

  private List<SegmentedSentence> segment(String paragraph, Runnable beforeWork) {
    List<SegmentedSentence> sentences = new ArrayList<>();
    for (Segment segment : splitter.split(paragraph)) {
      beforeWork.run();
      List<Token> tokens = tokenizer.tokenize(paragraph, segment.begin(), segment.end());
      if (!tokens.isEmpty()) {
        sentences.add(
            new SegmentedSentence(new Sentence(tokens), 1, Collections.nCopies(tokens.size(), 1f)));
      }
    }
    return sentences;
  }
}
