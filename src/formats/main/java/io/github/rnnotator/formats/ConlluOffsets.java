package io.github.rnnotator.formats;

import io.github.rnnotator.text.LookupForm;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.WhiteSpace;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Computes the offsets of words and multiword tokens in the text of a CoNLL-U sentence, in UTF-16
 * units.
 */
final class ConlluOffsets {
  /**
   * One written unit: a multiword token, or a word outside of one.
   *
   * @param form as written
   * @param words its words in the sentence
   * @param spaceAfter whether a space follows
   */
  record Unit(String form, Span words, boolean spaceAfter) {}

  private ConlluOffsets() {}

  /**
   * The begin of each unit: in the first text that contains all of them, else computed from the
   * spaces.
   */
  static List<Integer> begins(List<Unit> units, List<String> texts) {
    return texts.stream()
        .flatMap(text -> aligned(units, text).stream())
        .findFirst()
        .orElseGet(() -> spaced(units));
  }

  private static Optional<List<Integer>> aligned(List<Unit> units, String text) {
    List<Integer> begins = new ArrayList<>();
    int at = 0;
    for (Unit unit : units) {
      while (!text.startsWith(unit.form(), at)) {
        if (at >= text.length() || !separates(text.charAt(at))) {
          return Optional.empty();
        }
        at++;
      }
      begins.add(at);
      at += unit.form().length();
    }
    return Optional.of(begins);
  }

  private static boolean separates(char c) {
    return WhiteSpace.is(c) || LookupForm.isIgnorable(c);
  }

  private static List<Integer> spaced(List<Unit> units) {
    List<Integer> begins = new ArrayList<>();
    int at = 0;
    for (Unit unit : units) {
      begins.add(at);
      at += unit.form().length() + (unit.spaceAfter() ? 1 : 0);
    }
    return begins;
  }
}
