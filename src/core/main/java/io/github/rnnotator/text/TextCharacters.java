package io.github.rnnotator.text;

import java.text.Normalizer;

/**
 * Normalizes text to compare tokenizations: without white space and invisible characters, in NFD.
 * Unlike NFC, the NFD of a text is the concatenated NFD of its parts, wherever a tokenizer splits
 * it.
 */
public final class TextCharacters {
  private TextCharacters() {}

  /**
   * Returns the normalized characters of a form or a text; empty where it is white space or
   * invisible.
   */
  public static String of(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !WhiteSpace.is(c) && !LookupForm.isIgnorable(c))
        .forEach(kept::appendCodePoint);
    return Normalizer.normalize(kept, Normalizer.Form.NFD);
  }

  /** Recomposes the characters for messages. */
  public static String readable(String characters) {
    return Normalizer.normalize(characters, Normalizer.Form.NFC);
  }
}
