package io.github.rnnotator.train.augment;

import io.github.rnnotator.text.HangulSyllable;
import java.util.List;

/**
 * Korean particles after another name. Several have two forms, one after a consonant and one after
 * a vowel: {@code 부산은}, but {@code 대구는}.
 */
public final class Particles {
  /** Two forms of a particle, or of the copula. */
  private record Pair(String afterConsonant, String afterVowel, boolean goesOn) {}

  /** Those that may be followed by more first, and the longer ones first. */
  private static final List<Pair> PAIRS =
      List.of(
          new Pair("이라", "라", true),
          new Pair("이었", "였", true),
          new Pair("이란", "란", true),
          new Pair("이랑", "랑", true),
          new Pair("이나", "나", true),
          new Pair("이며", "며", true),
          new Pair("으로", "로", true),
          new Pair("은", "는", false),
          new Pair("을", "를", false),
          new Pair("이", "가", false),
          new Pair("과", "와", false));

  private Particles() {}

  /**
   * Returns what follows a name when it follows another one.
   *
   * @param particles what follows a name, such as {@code 은} or {@code 으로부터}
   * @param name the other name; particles stay as they are unless it ends in a Hangul syllable
   */
  public static String after(String name, String particles) {
    int last = name.isEmpty() ? 0 : name.codePointBefore(name.length());
    if (!HangulSyllable.is(last)) {
      return particles;
    }
    for (Pair pair : PAIRS) {
      for (String form : List.of(pair.afterConsonant(), pair.afterVowel())) {
        if (pair.goesOn() ? particles.startsWith(form) : particles.equals(form)) {
          return form(pair, last) + particles.substring(form.length());
        }
      }
    }
    return particles;
  }

  private static String form(Pair pair, int last) {
    // After ㄹ it is 로, as after a vowel: 서울로.
    boolean asAfterVowel =
        !HangulSyllable.hasFinal(last)
            || pair.afterVowel().equals("로") && HangulSyllable.endsInRieul(last);
    return asAfterVowel ? pair.afterVowel() : pair.afterConsonant();
  }
}
