package io.github.rnnotator.segment;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.MultiwordTable;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Builds the sentences of a text from the labels of its pieces. For one text. */
final class SentenceBuilder {
  private final String text;
  private final Pieces pieces;
  private final PieceLabels labels;
  private final MultiwordTable table;
  private final List<SegmentedSentence> sentences = new ArrayList<>();
  private List<Token> words = new ArrayList<>();
  private List<MultiwordToken> multiword = new ArrayList<>();
  private List<Float> ends = new ArrayList<>();

  SentenceBuilder(String text, Pieces pieces, PieceLabels labels, MultiwordTable table) {
    this.text = text;
    this.pieces = pieces;
    this.labels = labels;
    this.table = table;
  }

  List<SegmentedSentence> sentences() {
    int first = 0;
    for (int i = 0; i < pieces.size(); i++) {
      if (pieces.isLineBreak(i)) {
        first = i + 1;
        continue;
      }
      float sentence = labels.sentence(i);
      // White space ends a token; a sentence ends only where a token does.
      float token = pieces.touchesNext(i) ? Math.max(labels.token(i), sentence) : 1;
      if (token < 0.5f) {
        continue;
      }
      addToken(first, i, token);
      first = i + 1;
      if (sentence >= 0.5f) {
        endSentence(sentence);
      }
    }
    endSentence(1);
    return sentences;
  }

  private void addToken(int first, int last, float probability) {
    int begin = pieces.begin(first);
    int end = pieces.end(last);
    String form = text.substring(begin, end);
    if (LookupForm.isInvisible(form)) {
      return;
    }
    Optional<List<String>> expanded = labels.multiword(last) ? table.words(form) : Optional.empty();
    if (expanded.isPresent()) {
      List<Token> parts = MultiwordToken.words(form, begin, expanded.get());
      multiword.add(
          new MultiwordToken(
              form, new Span(words.size(), words.size() + parts.size()), begin, end));
      words.addAll(parts);
    } else {
      words.add(new Token(form, begin, end));
    }
    while (ends.size() < words.size()) {
      ends.add(probability);
    }
  }

  private void endSentence(float probability) {
    if (!words.isEmpty()) {
      sentences.add(new SegmentedSentence(new Sentence(words, multiword), probability, ends));
      words = new ArrayList<>();
      multiword = new ArrayList<>();
      ends = new ArrayList<>();
    }
  }
}
