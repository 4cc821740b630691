package io.github.rnnotator.segment;

import io.github.rnnotator.text.Token;
import io.github.rnnotator.text.WhiteSpace;
import java.lang.Character.UnicodeScript;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Tokenizes by white space and punctuation, for languages without a model: brackets and quotation
 * marks are separate tokens; other punctuation is split off at the ends of a word and kept inside
 * it ({@code 3.5}, {@code l'eau}). A run of one mark ({@code ...}) is one token. Particles and
 * endings stay with their word, as in UD Korean-GSD. Thread-safe.
 */
final class PunctuationTokenizer implements Tokenizer {
  private static final Set<UnicodeScript> WITHOUT_APOSTROPHE =
      EnumSet.of(
          UnicodeScript.HANGUL, UnicodeScript.HAN, UnicodeScript.HIRAGANA, UnicodeScript.KATAKANA);

  @Override
  public List<Token> tokenize(String text, int begin, int end) {
    Cuts cuts = new Cuts(text, begin, end);
    int word = begin;
    for (int i = begin; i <= end; i++) {
      boolean alone = i < end && standsAlone(text, i, begin, end);
      if (i == end || alone || WhiteSpace.is(text.charAt(i))) {
        trim(text, word, i, cuts);
        word = i + 1;
      }
      if (alone) {
        if (i == begin || text.charAt(i - 1) != text.charAt(i)) {
          cuts.cut(i);
        }
        if (i + 1 == end || text.charAt(i + 1) != text.charAt(i)) {
          cuts.cut(i + 1);
        }
      }
    }
    cuts.keepAddressesWhole();
    return cuts.tokens();
  }

  /** Splits the punctuation off both ends of a word without blanks. */
  private static void trim(String text, int begin, int end, Cuts cuts) {
    int first = begin;
    while (first < end && isPunctuation(text.charAt(first)) && !isPrefix(text, first, end)) {
      first = afterRun(text, first, end);
      cuts.cut(first);
    }
    int last = end;
    while (last > first
        && (isPunctuation(text.charAt(last - 1)) || isUnit(text.charAt(last - 1)))) {
      char mark = text.charAt(last - 1);
      while (last > first && text.charAt(last - 1) == mark) {
        last--;
      }
      cuts.cut(last);
    }
  }

  private static int afterRun(String text, int begin, int end) {
    int i = begin + 1;
    while (i < end && text.charAt(i) == text.charAt(begin)) {
      i++;
    }
    return i;
  }

  /** The sign of a number, and the mark of a hashtag or a handle, belong to what follows. */
  private static boolean isPrefix(String text, int at, int end) {
    if (at + 1 >= end) {
      return false;
    }
    char next = text.charAt(at + 1);
    return switch (text.charAt(at)) {
      case '-', '+', '\u2212' -> Character.isDigit(next);
      case '#', '@' -> Character.isLetterOrDigit(next);
      default -> false;
    };
  }

  private static boolean standsAlone(String text, int at, int begin, int end) {
    char c = text.charAt(at);
    return switch (Character.getType(c)) {
      case Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION ->
          true;
      case Character.FINAL_QUOTE_PUNCTUATION ->
          c != '\u2019' || !isApostrophe(text, at, begin, end);
      default ->
          c == '"' || c == '`' || c == '%' || (c == '\'' && !isApostrophe(text, at, begin, end));
    };
  }

  /** Whether an apostrophe joins two letters here, in a script that uses it within words. */
  private static boolean isApostrophe(String text, int at, int begin, int end) {
    return at > begin
        && at + 1 < end
        && Character.isLetter(text.charAt(at - 1))
        && Character.isLetter(text.charAt(at + 1))
        && !WITHOUT_APOSTROPHE.contains(UnicodeScript.of(text.charAt(at + 1)));
  }

  private static boolean isPunctuation(char c) {
    return switch (Character.getType(c)) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL ->
          true;
      default -> false;
    };
  }

  /** Symbols that follow a number or a word: square metres, degrees, hearts. */
  private static boolean isUnit(char c) {
    return Character.getType(c) == Character.OTHER_SYMBOL;
  }
}
