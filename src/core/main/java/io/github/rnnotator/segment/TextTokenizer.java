package io.github.rnnotator.segment;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/**
 * Tokenizes a whole text as one sequence, regardless of sentences, for networks that label texts.
 * Tokens keep their offsets in the text.
 *
 * <p>Thread-safe, if its parts are.
 */
public final class TextTokenizer implements Segmenter, Function<String, Optional<Sentence>> {
  /**
   * The maximum length read of a text, in UTF-16 units: the network holds it in memory as a whole.
   */
  public static final int LONGEST = 1 << 16;

  private final Function<String, List<Sentence>> sentences;

  private TextTokenizer(Function<String, List<Sentence>> sentences) {
    this.sentences = sentences;
  }

  /**
   * Tokenizes the texts of a language.
   *
   * @param language as in {@link TextSegmenter#forLanguage}
   * @param tokenized whether the texts have blanks between their tokens and only there
   */
  public static TextTokenizer of(String language, boolean tokenized) {
    return tokenized ? onBlanks() : of(TextSegmenter.forLanguage(language));
  }

  /** Tokenizes raw text. */
  public static TextTokenizer of(TextSegmenter segmenter) {
    return new TextTokenizer(segmenter::segment);
  }

  /** Splits tokenized text, which has blanks between its tokens and only there. */
  public static TextTokenizer onBlanks() {
    return new TextTokenizer(TextTokenizer::betweenBlanks);
  }

  private static List<Sentence> betweenBlanks(String text) {
    List<Token> tokens = new ArrayList<>();
    int begin = 0;
    for (int i = 0; i <= text.length(); i++) {
      if (i == text.length() || WhiteSpace.is(text.charAt(i))) {
        String form = text.substring(begin, i);
        if (!LookupForm.isInvisible(form)) {
          tokens.add(new Token(form, begin, i));
        }
        begin = i + 1;
      }
    }
    return tokens.isEmpty() ? List.of() : List.of(new Sentence(tokens));
  }

  /**
   * Returns the tokens of a text, or of its first {@link #LONGEST} units.
   *
   * @return empty if the text has no tokens
   */
  @Override
  public Optional<Sentence> apply(String text) {
    List<Token> tokens =
        sentences.apply(beginning(text)).stream()
            .flatMap(sentence -> sentence.tokens().stream())
            .toList();
    return tokens.isEmpty() ? Optional.empty() : Optional.of(new Sentence(tokens));
  }

  /** Returns the tokens of a text as one sentence. */
  @Override
  public List<Sentence> segment(String text, Runnable beforeWork) {
    beforeWork.run();
    return apply(text).map(List::of).orElse(List.of());
  }

  private static String beginning(String text) {
    if (text.length() <= LONGEST) {
      return text;
    }
    boolean halved = Character.isHighSurrogate(text.charAt(LONGEST - 1));
    return text.substring(0, halved ? LONGEST - 1 : LONGEST);
  }
}
