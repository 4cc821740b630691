package io.github.rnnotator.corpus;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Where the words and multiword tokens of a CoNLL-U sentence stand in its text, in UTF-16 units.
 */
final class ConlluOffsets {
  /**
   * One written unit: a multiword token, or a word outside of one.
   *
   * @param form as written
   * @param spaceAfter whether a space follows
   */
  record Unit(String form, boolean spaceAfter) {}

  private ConlluOffsets() {}

  /** The begin of each unit: as found in the text if all are, else as the spaces say. */
  static List<Integer> begins(List<Unit> units, Optional<String> text) {
    return text.flatMap(found -> aligned(units, found)).orElseGet(() -> spaced(units));
  }

  private static Optional<List<Integer>> aligned(List<Unit> units, String text) {
    List<Integer> begins = new ArrayList<>();
    int at = 0;
    for (Unit unit : units) {
      while (!text.startsWith(unit.form(), at)) {
        if (at >= text.length() || !isSpace(text.charAt(at))) {
          return Optional.empty();
        }
        at++;
      }
      begins.add(at);
      at += unit.form().length();
    }
    return Optional.of(begins);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c);
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
