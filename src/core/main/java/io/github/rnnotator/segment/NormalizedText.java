package io.github.rnnotator.segment;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.WhiteSpace;
import java.text.Normalizer;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A text normalized for segmentation: in NFC, without invisible characters, mapped to the offsets
 * of the original. So composed or combining accents and direction marks do not affect the words
 * found.
 *
 * <p>A removed character belongs to the one before it, as in rule WB4 of Unicode Standard Annex
 * #29. White space is kept, and so are the two zero-width joiners, which make one character of
 * several.
 *
 * @param text the normalized text
 * @param begins where each UTF-16 unit of {@code text} begins in the original, ascending; the last
 *     element is the original's length; null if the text is the original
 */
record NormalizedText(String text, int @Nullable [] begins) {
  private static final char ZERO_WIDTH_NON_JOINER = '\u200C';
  private static final char ZERO_WIDTH_JOINER = '\u200D';

  /** Normalizes the text of a document. */
  static NormalizedText of(String document) {
    if (LookupForm.isPlain(document)) {
      return new NormalizedText(document, null);
    }
    StringBuilder text = new StringBuilder(document.length());
    int[] begins = new int[document.length() + 1];
    StringBuilder cluster = new StringBuilder();
    int clusterBegin = 0;
    for (int i = 0; i < document.length(); ) {
      int c = document.codePointAt(i);
      if (isKept(c)) {
        if (!joins(c)) {
          begins = append(cluster, clusterBegin, i, text, begins);
          clusterBegin = i;
        } else if (cluster.isEmpty()) {
          clusterBegin = i;
        }
        cluster.appendCodePoint(c);
      }
      i += Character.charCount(c);
    }
    begins = append(cluster, clusterBegin, document.length(), text, begins);
    begins[text.length()] = document.length();
    return new NormalizedText(text.toString(), begins);
  }

  /**
   * Returns where a unit of the visible text begins in the original; for the length, where the
   * original ends.
   */
  int begin(int visible) {
    return begins == null ? visible : begins[visible];
  }

  private static boolean isKept(int c) {
    return !LookupForm.isIgnorable(c)
        || WhiteSpace.is(c)
        || c == ZERO_WIDTH_NON_JOINER
        || c == ZERO_WIDTH_JOINER;
  }

  /** Whether NFC may compose a character with the one before it. */
  private static boolean joins(int c) {
    return switch (Character.getType(c)) {
      case Character.NON_SPACING_MARK, Character.ENCLOSING_MARK, Character.COMBINING_SPACING_MARK ->
          true;
      // Vowels and final consonants of Hangul.
      default -> (c >= 0x1160 && c <= 0x11FF) || (c >= 0xD7B0 && c <= 0xD7FF);
    };
  }

  /** Appends a cluster in NFC and empties it. */
  private static int[] append(
      StringBuilder cluster, int begin, int end, StringBuilder text, int[] begins) {
    String composed =
        cluster.length() == 1
            ? cluster.toString()
            : Normalizer.normalize(cluster, Normalizer.Form.NFC);
    int at = text.length();
    text.append(composed);
    // Only for a few characters is NFC longer than its input.
    int[] all =
        text.length() < begins.length
            ? begins
            : Arrays.copyOf(begins, text.length() + text.length() / 2 + 16);
    for (int i = 0; i < composed.length(); i++) {
      all[at + i] = Math.min(begin + i, Math.max(begin, end - 1));
    }
    cluster.setLength(0);
    return all;
  }
}
