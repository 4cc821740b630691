package io.github.rnnotator.corpus;

/** Places in a text in code points. Fast where places are asked for in order; for one thread. */
final class CodePoints {
  private final CharSequence text;
  private int units;
  private int codePoints;

  CodePoints(CharSequence text) {
    this.text = text;
  }

  /** How many code points come before a place given in UTF-16 units. */
  int at(int unit) {
    codePoints +=
        unit >= units
            ? Character.codePointCount(text, units, unit)
            : -Character.codePointCount(text, unit, units);
    units = unit;
    return codePoints;
  }
}
