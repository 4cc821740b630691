package io.github.rnnotator.segment;

import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves sentences from a normalized paragraph into its document.
 *
 * @param document the text as it was given
 * @param begin where the paragraph begins in it
 * @param paragraph the paragraph, normalized
 */
record InDocument(String document, int begin, NormalizedText paragraph) {
  SegmentedSentence of(SegmentedSentence found) {
    Sentence sentence = found.sentence();
    List<MultiwordToken> multiword = new ArrayList<>();
    List<Token> words = new ArrayList<>();
    for (Token word : sentence.tokens()) {
      words.add(written(word.begin(), word.end()));
    }
    for (MultiwordToken token : sentence.multiwordTokens()) {
      Token written = written(token.begin(), token.end());
      multiword.add(
          new MultiwordToken(written.form(), token.words(), written.begin(), written.end()));
      for (int i = token.words().begin(); i < token.words().end(); i++) {
        Token word = sentence.tokens().get(i);
        if (word.begin() == token.begin() && word.end() == token.end()) {
          // No part of the text is this word's own.
          words.set(i, new Token(word.form(), written.begin(), written.end()));
        }
      }
    }
    return new SegmentedSentence(new Sentence(words, multiword), found.end(), found.tokenEnds());
  }

  private Token written(int from, int to) {
    int first = begin + paragraph.begin(from);
    int last = begin + paragraph.begin(to);
    return new Token(document.substring(first, last), first, last);
  }
}
