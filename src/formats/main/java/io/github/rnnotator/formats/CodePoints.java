package io.github.rnnotator.formats;

/** Converts UTF-16 offsets of a text to code points. Fast for ascending offsets; for one thread. */
final class CodePoints {
  private final CharSequence text;
  private int units;
  private int codePoints;

  CodePoints(CharSequence text) {
    this.text = text;
  }

  /** The number of code points before an offset in UTF-16 units. */
  int at(int unit) {
    codePoints +=
        unit >= units
            ? Character.codePointCount(text, units, unit)
            : -Character.codePointCount(text, unit, units);
    units = unit;
    return codePoints;
  }
}
