package io.github.rnnotator.text;

import java.text.Normalizer;

/**
 * The characters by which two tokenizations of one text are compared: without white space and
 * invisible characters, in NFD. Unlike NFC, NFD of a text is the NFD of its parts joined, wherever
 * a tokenizer cuts it.
 */
public final class TextCharacters {
  private TextCharacters() {}

  /** The characters of a form or a text; empty where it is white space or invisible. */
  public static String of(String text) {
    StringBuilder kept = new StringBuilder(text.length());
    text.codePoints()
        .filter(c -> !WhiteSpace.is(c) && !LookupForm.isIgnorable(c))
        .forEach(kept::appendCodePoint);
    return Normalizer.normalize(kept, Normalizer.Form.NFD);
  }

  /** As a person reads them: for messages. */
  public static String readable(String characters) {
    return Normalizer.normalize(characters, Normalizer.Form.NFC);
  }
}
