package io.github.rnnotator.text;

import java.text.Normalizer;

/**
 * Normalizes words for lookup. A text may spell one word in several ways that look the same: with
 * composed or combining characters (NFC, NFD), with soft hyphens, joiners or direction marks. All
 * of them have one lookup form: the word without its invisible characters, in NFC. Tokens keep
 * their original form and offsets.
 *
 * <p>Invisible are Unicode's default ignorable code points (The Unicode Standard, section 5.21;
 * property {@code Default_Ignorable_Code_Point} of {@code DerivedCoreProperties.txt}).
 */
public final class LookupForm {
  /** The first and the last of each range of default ignorable code points, in order. */
  private static final int[] IGNORABLE = {
    0x00AD, 0x00AD, // soft hyphen
    0x034F, 0x034F, // combining grapheme joiner
    0x061C, 0x061C, // Arabic letter mark
    0x115F, 0x1160, // Hangul fillers
    0x17B4, 0x17B5, // Khmer inherent vowels
    0x180B, 0x180F, // Mongolian variation selectors, vowel separator
    0x200B, 0x200F, // zero-width space and joiners, direction marks
    0x202A, 0x202E, // direction embeddings and overrides
    0x2060, 0x206F, // word joiner, invisible operators, isolates
    0x3164, 0x3164, // Hangul filler
    0xFE00, 0xFE0F, // variation selectors
    0xFEFF, 0xFEFF, // byte order mark
    0xFFA0, 0xFFA0, // half-width Hangul filler
    0xFFF0, 0xFFF8, // unassigned specials
    0x1BCA0, 0x1BCA3, // shorthand format controls
    0x1D173, 0x1D17A, // musical format controls
    0xE0000, 0xE0FFF, // tags, variation selectors supplement
  };

  /** No character up to this one combines with another or changes in NFC. */
  private static final char LAST_SIMPLE = '\u02FF';

  private static final char SOFT_HYPHEN = '\u00AD';

  private LookupForm() {}

  /**
   * Returns the lookup form of a word. Canonically equivalent words have the same one, and {@code
   * of(of(form))} equals {@code of(form)}.
   *
   * @return not empty unless the word is; a word of invisible characters only is returned as is
   */
  public static String of(String form) {
    if (isPlain(form)) {
      return form;
    }
    String visible = form;
    if (form.codePoints().anyMatch(LookupForm::isIgnorable)) {
      StringBuilder kept = new StringBuilder(form.length());
      form.codePoints().filter(c -> !isIgnorable(c)).forEach(kept::appendCodePoint);
      if (kept.isEmpty()) {
        return form;
      }
      visible = kept.toString();
    }
    return Normalizer.normalize(visible, Normalizer.Form.NFC);
  }

  /** Whether two words have the same lookup form. */
  public static boolean same(String a, String b) {
    return a.equals(b) || of(a).equals(of(b));
  }

  /** Whether every character of a word is ignorable or white space. */
  public static boolean isInvisible(CharSequence form) {
    return form.codePoints().allMatch(c -> isIgnorable(c) || WhiteSpace.is(c));
  }

  /** Whether a code point has Unicode's property {@code Default_Ignorable_Code_Point}. */
  public static boolean isIgnorable(int c) {
    if (c < SOFT_HYPHEN) {
      return false;
    }
    for (int i = 0; i < IGNORABLE.length && c >= IGNORABLE[i]; i += 2) {
      if (c <= IGNORABLE[i + 1]) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether a text is certain to be its own lookup form: Latin letters, Hangul syllables and Han
   * only. Faster than {@link #of}; false is inconclusive.
   */
  public static boolean isPlain(String form) {
    for (int i = 0; i < form.length(); i++) {
      char c = form.charAt(i);
      boolean plain =
          (c <= LAST_SIMPLE && c != SOFT_HYPHEN)
              || (c >= '\uAC00' && c <= '\uD7A3')
              || (c >= '\u4E00' && c <= '\u9FFF');
      if (!plain) {
        return false;
      }
    }
    return true;
  }
}
