package io.github.rnnotator.text;

/**
 * Precomposed syllables of Hangul as an initial consonant, a vowel and a final consonant or none
 * (The Unicode Standard, section 3.12).
 */
public final class HangulSyllable {
  private static final int FIRST = 0xAC00;
  private static final int LAST = 0xD7A3;
  private static final int FINALS = 28;
  private static final int RIEUL = 8;
  private static final int RIMES = 21 * FINALS;

  /** The syllables that begin without a consonant, such as 아. */
  private static final int SILENT_INITIAL = 11;

  private HangulSyllable() {}

  /** Whether a code point is one. */
  public static boolean is(int c) {
    return c >= FIRST && c <= LAST;
  }

  /** Whether a syllable ends in a consonant. */
  public static boolean hasFinal(int syllable) {
    return (syllable - FIRST) % FINALS != 0;
  }

  /** Whether a syllable ends in ㄹ. */
  public static boolean endsInRieul(int syllable) {
    return (syllable - FIRST) % FINALS == RIEUL;
  }

  /** Returns a syllable without its final consonant: 가 for 갔. */
  static int open(int syllable) {
    return syllable - (syllable - FIRST) % FINALS;
  }

  /** Returns a syllable with the final consonant of another: 춥 for 추 and 업. */
  static int withFinalOf(int syllable, int other) {
    return open(syllable) + (other - FIRST) % FINALS;
  }

  /** Returns what follows the initial consonant, as a syllable of its own: 았 for 갔. */
  static int rime(int syllable) {
    return FIRST + SILENT_INITIAL * RIMES + (syllable - FIRST) % RIMES;
  }

  /** Returns a syllable with all but the initial consonant from another: 하 for 했 and 아. */
  static int withRimeOf(int syllable, int other) {
    return syllable - (syllable - FIRST) % RIMES + (other - FIRST) % RIMES;
  }
}
