package io.github.rnnotator.data.survey;

import java.util.Map;
import java.util.TreeMap;

/** The language of words, as far as their letters tell. */
final class LanguageGuess {
  private LanguageGuess() {}

  /**
   * Returns the ISO 639 code of the language that most letters suggest; {@code en} for the Latin
   * ones.
   *
   * @param words words with their counts
   */
  static String of(Map<String, Integer> words) {
    Map<Character.UnicodeScript, Integer> scripts = new TreeMap<>();
    words.forEach(
        (word, count) ->
            word.codePoints()
                .filter(Character::isLetter)
                .forEach(c -> scripts.merge(Character.UnicodeScript.of(c), count, Integer::sum)));
    boolean kana = scripts.containsKey(Character.UnicodeScript.HIRAGANA);
    return switch (scripts.entrySet().stream()
        .max(Map.Entry.comparingByValue())
        .map(Map.Entry::getKey)
        .orElse(Character.UnicodeScript.LATIN)) {
      case HANGUL -> "ko";
      case HIRAGANA, KATAKANA -> "ja";
      case HAN -> kana ? "ja" : "zh";
      case CYRILLIC -> "ru";
      case ARABIC -> "ar";
      case GREEK -> "el";
      case HEBREW -> "he";
      case DEVANAGARI -> "hi";
      case THAI -> "th";
      default -> "en";
    };
  }
}
