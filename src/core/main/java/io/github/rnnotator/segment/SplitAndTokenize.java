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
    int end = 0;
    for (Segment segment : splitter.split(paragraph)) {
      if (segment.begin() < end || segment.end() > paragraph.length()) {
        throw new IllegalArgumentException(
            "the sentence splitter returned a sentence at %d to %d, expected one between %d and %d"
                .formatted(segment.begin(), segment.end(), end, paragraph.length()));
      }
      end = segment.end();
      beforeWork.run();
      List<Token> tokens = tokenizer.tokenize(paragraph, segment.begin(), segment.end());
      check(tokens, paragraph, segment);
      if (!tokens.isEmpty()) {
        sentences.add(
            new SegmentedSentence(new Sentence(tokens), 1, Collections.nCopies(tokens.size(), 1f)));
      }
    }
    return sentences;
  }

  private static void check(List<Token> tokens, String paragraph, Segment sentence) {
    int last = sentence.begin();
    for (Token token : tokens) {
      if (token.begin() < last
          || token.end() > sentence.end()
          || !paragraph.substring(token.begin(), token.end()).equals(token.form())) {
        throw new IllegalArgumentException(
            "the tokenizer returned '%s' at %d to %d, expected the text between %d and %d there"
                .formatted(token.form(), token.begin(), token.end(), last, sentence.end()));
      }
      last = token.end();
    }
  }
}
