package io.github.rnnotator.train.segmenter;

import java.util.List;
import java.util.random.RandomGenerator;

/** Where tokens may be put into a sentence, without a change to how its other words are written. */
final class Place {
  private static final String CLOSING = ".,;:!?)]\"\u201D\u2026";

  private Place() {}

  /** Whether the token at an index is a mark at which a sentence ends. */
  static boolean isStop(List<GoldToken> sentence, int at) {
    String form = sentence.get(at).form();
    return form.equals(".") || form.equals("!") || form.equals("?");
  }

  /** Whether another token may come after this word: white space or a closing mark follows. */
  static boolean isAfterWord(List<GoldToken> sentence, int at) {
    GoldToken token = sentence.get(at);
    if (!token.isWord()) {
      return false;
    }
    return token.gap() != Gap.NONE
        || (at + 1 < sentence.size()
            && CLOSING.indexOf(sentence.get(at + 1).form().codePointAt(0)) >= 0);
  }

  /** Returns an index after whose word tokens may be put, or -1. */
  static int afterAnyWord(List<GoldToken> sentence, RandomGenerator random) {
    int at = random.nextInt(sentence.size());
    return isAfterWord(sentence, at) ? at : -1;
  }

  /** Returns the index of the last word if only a stop follows it, or -1. */
  static int beforeStop(List<GoldToken> sentence) {
    int at = sentence.size() - 2;
    return at >= 1 && isStop(sentence, at + 1) && isAfterWord(sentence, at) ? at : -1;
  }

  /**
   * Puts tokens after a word, with a space between; what followed the word follows the last one.
   */
  static void putAfter(List<GoldToken> sentence, int at, List<GoldToken> tokens) {
    GoldToken word = sentence.get(at);
    sentence.set(at, word.with(Gap.SPACE));
    sentence.addAll(at + 1, tokens);
    int last = at + tokens.size();
    sentence.set(last, sentence.get(last).with(word.gap()));
  }
}
