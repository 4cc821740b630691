package io.github.rnnotator.pipeline;

import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.util.List;

/**
 * A text and its tagged sentences. Immutable.
 *
 * @param text the original text
 * @param sentences its sentences in order; each token's form is the text at its offsets
 */
public record Document(String text, List<TaggedSentence> sentences) {
  /**
   * Copies the list and checks that the tokens are in order and match the text at their offsets.
   */
  public Document {
    sentences = List.copyOf(sentences);
    int last = 0;
    for (TaggedSentence sentence : sentences) {
      for (Token token : sentence.sentence().tokens()) {
        if (token.begin() < last) {
          throw new IllegalArgumentException(
              token + " begins before the end of the token before it, at " + last);
        }
        if (token.end() > text.length()
            || token.form().length() != token.end() - token.begin()
            || !text.startsWith(token.form(), token.begin())) {
          throw new IllegalArgumentException(token + " does not match the text at its offsets");
        }
        last = token.end();
      }
    }
  }
}
