package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a sentence in order. Immutable.
 *
 * @param tokens at least one token
 */
public record Sentence(List<Token> tokens) {
  /** Copies the list and checks that it is not empty. */
  public Sentence {
    tokens = List.copyOf(tokens);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("a sentence needs at least one token");
    }
  }

  /** A sentence of these forms, with offsets as if they were joined by single spaces. */
  public static Sentence of(String... forms) {
    return of(Arrays.asList(forms));
  }

  /** A sentence of these forms, with offsets as if they were joined by single spaces. */
  public static Sentence of(List<String> forms) {
    List<Token> tokens = new ArrayList<>(forms.size());
    int begin = 0;
    for (String form : forms) {
      tokens.add(new Token(form, begin, begin + form.length()));
      begin += form.length() + 1;
    }
    return new Sentence(tokens);
  }

  /** The number of tokens. */
  public int size() {
    return tokens.size();
  }

  /** The form of token {@code i}, from 0. */
  public String form(int i) {
    return tokens.get(i).form();
  }

  /** The forms in order. */
  public List<String> forms() {
    return tokens.stream().map(Token::form).toList();
  }
}
