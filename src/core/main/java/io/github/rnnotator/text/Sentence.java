package io.github.rnnotator.text;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The tokens of a sentence in order: the words of Universal Dependencies, which are what is tagged.
 * Usually a token is written as such. The words of a multiword token are not: {@code don't} is
 * written, {@code do} and {@code n't} are the tokens. Immutable.
 *
 * @param tokens at least one token
 * @param multiwordTokens the multiword tokens in order; most sentences have none
 */
public record Sentence(List<Token> tokens, List<MultiwordToken> multiwordTokens) {
  /**
   * Copies the lists and checks that there is a token. Multiword tokens must be in order, must not
   * overlap, and must not have words beyond the sentence. The words of one must be in order and
   * within its offsets.
   */
  public Sentence {
    tokens = List.copyOf(tokens);
    multiwordTokens = List.copyOf(multiwordTokens);
    if (tokens.isEmpty()) {
      throw new IllegalArgumentException("a sentence needs at least one token");
    }
    int free = 0;
    for (MultiwordToken multiword : multiwordTokens) {
      if (multiword.words().begin() < free) {
        throw new IllegalArgumentException(
            multiword + " begins before word " + free + ", the first that is not in another");
      }
      if (multiword.words().end() > tokens.size()) {
        throw new IllegalArgumentException(
            multiword + " ends after the last of " + tokens.size() + " words");
      }
      checkWords(multiword, tokens.subList(multiword.words().begin(), multiword.words().end()));
      free = multiword.words().end();
    }
  }

  /** A sentence without multiword tokens. */
  public Sentence(List<Token> tokens) {
    this(tokens, List.of());
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

  /** The values of other columns of each token, see {@link Token#inputs}. */
  public List<List<String>> inputs() {
    return tokens.stream().map(Token::inputs).toList();
  }

  /**
   * Returns a copy whose tokens have these values of other columns.
   *
   * @param inputs those of each token
   */
  public Sentence withInputs(List<List<String>> inputs) {
    if (inputs.size() != tokens.size()) {
      throw new IllegalArgumentException(
          "values of " + inputs.size() + " tokens for " + tokens.size());
    }
    List<Token> with = new ArrayList<>(tokens.size());
    for (int i = 0; i < tokens.size(); i++) {
      with.add(tokens.get(i).withInputs(inputs.get(i)));
    }
    return new Sentence(with, multiwordTokens);
  }

  /** The forms in order. */
  public List<String> forms() {
    return tokens.stream().map(Token::form).toList();
  }

  /**
   * The tokens as written, in order: the multiword tokens and the words outside of them.
   *
   * <pre>
   *   tokens     I  do  n't  know  .
   *   surface    I  don't    know  .
   * </pre>
   */
  public List<SurfaceToken> surface() {
    List<SurfaceToken> surface = new ArrayList<>(tokens.size());
    int word = 0;
    for (MultiwordToken multiword : multiwordTokens) {
      addWords(word, multiword.words().begin(), surface);
      surface.add(
          new SurfaceToken(
              multiword.form(), multiword.words(), multiword.begin(), multiword.end()));
      word = multiword.words().end();
    }
    addWords(word, tokens.size(), surface);
    return surface;
  }

  /**
   * The smallest parts of the text that stand for whole words, in order: the words that are written
   * as such, and the multiword tokens whose words are not their parts.
   *
   * <pre>
   *   tokens          don't     da
   *   words           do  n't   de  a
   *   surfaceParts    do  n't   da
   * </pre>
   */
  public List<SurfaceToken> surfaceParts() {
    List<SurfaceToken> parts = new ArrayList<>(tokens.size());
    for (SurfaceToken token : surface()) {
      if (token.isMultiword() && areParts(token)) {
        addWords(token.words().begin(), token.words().end(), parts);
      } else {
        parts.add(token);
      }
    }
    return parts;
  }

  /** The offset of the first character. */
  public int begin() {
    boolean isMultiword = !multiwordTokens.isEmpty() && multiwordTokens.get(0).words().begin() == 0;
    return isMultiword ? multiwordTokens.get(0).begin() : tokens.get(0).begin();
  }

  /** The offset after the last character. */
  public int end() {
    int last = multiwordTokens.size() - 1;
    boolean isMultiword = last >= 0 && multiwordTokens.get(last).words().end() == tokens.size();
    return isMultiword ? multiwordTokens.get(last).end() : tokens.get(tokens.size() - 1).end();
  }

  /** Whether each word has offsets of its own, as long as its form. */
  private boolean areParts(SurfaceToken multiword) {
    int end = multiword.begin();
    for (Token word : tokens.subList(multiword.words().begin(), multiword.words().end())) {
      if (word.begin() < end || word.end() - word.begin() != word.form().length()) {
        return false;
      }
      end = word.end();
    }
    return true;
  }

  private void addWords(int begin, int end, List<SurfaceToken> surface) {
    for (int i = begin; i < end; i++) {
      Token token = tokens.get(i);
      surface.add(new SurfaceToken(token.form(), new Span(i, i + 1), token.begin(), token.end()));
    }
  }

  private static void checkWords(MultiwordToken multiword, List<Token> words) {
    int begin = multiword.begin();
    int end = multiword.begin();
    for (Token word : words) {
      if (word.begin() < multiword.begin() || word.end() > multiword.end()) {
        throw new IllegalArgumentException(word + " is not within its " + multiword);
      }
      if (word.begin() < begin || word.end() < end) {
        throw new IllegalArgumentException(
            word + " is before the preceding word of its " + multiword);
      }
      begin = word.begin();
      end = word.end();
    }
  }
}
