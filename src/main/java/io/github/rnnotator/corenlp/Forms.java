package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreLabel;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The forms by which a model knows CoreNLP's tokens. CoreNLP may write a token as the Penn Treebank
 * does ({@code -LRB-}, {@code ``}, {@code --}), and models are trained on text as people write it.
 */
final class Forms {
  /** Stands for a token without a form. */
  private static final String NONE = "\ufffd";

  private static final Map<String, String> BRACKETS =
      Map.of(
          "-LRB-", "(",
          "-RRB-", ")",
          "-LSB-", "[",
          "-RSB-", "]",
          "-LCB-", "{",
          "-RCB-", "}");

  private static final Map<String, String> QUOTES = Map.of("``", "\"", "''", "\"", "`", "'");

  private Forms() {}

  /** The form of each token of a sentence. */
  static List<String> of(List<CoreLabel> tokens) {
    List<String> forms = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      CoreLabel token = tokens.get(i);
      boolean shares =
          (i > 0 && isSameSpan(tokens.get(i - 1), token))
              || (i + 1 < tokens.size() && isSameSpan(token, tokens.get(i + 1)));
      forms.add(form(token, shares));
    }
    return forms;
  }

  /**
   * A token's form.
   *
   * @param shares whether the text that it is from is another token's, too: French {@code du} is
   *     {@code de} and {@code le}
   */
  private static String form(CoreLabel token, boolean shares) {
    String original = token.originalText();
    if (!shares && original != null && !original.isBlank()) {
      // Where it is an escape, the document was made of tokens of the Penn Treebank.
      return BRACKETS.getOrDefault(original, original);
    }
    String word = token.word();
    return word == null || word.isBlank() ? NONE : unescaped(word);
  }

  private static String unescaped(String word) {
    String whole = BRACKETS.getOrDefault(word, QUOTES.get(word));
    return whole != null ? whole : word.replace("\\/", "/").replace("\\*", "*");
  }

  private static boolean isSameSpan(CoreLabel a, CoreLabel b) {
    return a.beginPosition() >= 0
        && a.beginPosition() == b.beginPosition()
        && a.endPosition() == b.endPosition();
  }
}
