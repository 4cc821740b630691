package io.github.rnnotator.corenlp;

import edu.stanford.nlp.ling.CoreLabel;
import io.github.rnnotator.text.VisibleForm;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * Converts CoreNLP's tokens to the forms that a model knows. CoreNLP may escape a token as the Penn
 * Treebank does ({@code -LRB-}, {@code ``}, {@code --}), while models are trained on plain text.
 */
final class Forms {
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

  /** Returns the form of each token of a sentence. */
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
   * Returns a token's form.
   *
   * @param shares whether it shares its text with another token: French {@code du} is {@code de}
   *     and {@code le}
   */
  private static String form(CoreLabel token, boolean shares) {
    String original = token.originalText();
    if (!shares && original != null && !original.isBlank()) {
      // If it is an escape, the document was built from tokens of the Penn Treebank.
      return BRACKETS.getOrDefault(original, original);
    }
    String word = token.word();
    return VisibleForm.of(word == null ? null : unescaped(word));
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
