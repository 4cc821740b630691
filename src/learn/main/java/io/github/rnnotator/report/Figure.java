package io.github.rnnotator.report;

import io.github.rnnotator.eval.ScoreTable;
import io.github.rnnotator.eval.significance.Interval;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.List;
import java.util.Locale;

/** A value of the report for reading, with its {@link Pointer}. */
final class Figure {
  /** The attribute that holds the pointer. */
  static final String POINTER = "data-json";

  private Figure() {}

  /** A percentage with two decimals. */
  static Element percent(Pointer at, double value) {
    return figure(at, value, ScoreTable.percent(value));
  }

  /** Returns a difference of percentages: {@code +0.52}. */
  static Element change(Pointer at, double value) {
    String text = ScoreTable.percent(Math.abs(value));
    boolean zero = new BigDecimal(text).signum() == 0;
    return figure(at, value, (zero ? "±" : value < 0 ? "−" : "+") + text);
  }

  /** Returns a probability with four decimals. */
  static Element probability(Pointer at, double value) {
    return figure(at, value, decimals(value, 4));
  }

  /** Any number, to four significant digits. */
  static Element number(Pointer at, double value) {
    return figure(at, value, significant(value));
  }

  /** Returns a number of things. */
  static Element count(Pointer at, long value) {
    return figure(at, value, String.format(Locale.ROOT, "%,d", value));
  }

  /** Returns a name that comes from data. */
  static Element name(Pointer at, String name) {
    return Element.of("bdi", name).with(POINTER, at.text());
  }

  /** Returns the two ends of an interval. */
  static List<Object> interval(Pointer at, Interval interval) {
    return List.of(
        percent(at.at("low"), interval.low()), " to ", percent(at.at("high"), interval.high()));
  }

  static String significant(double value) {
    if (value == 0 || !Double.isFinite(value)) {
      return value == 0 ? "0" : String.valueOf(value);
    }
    int magnitude = (int) Math.floor(Math.log10(Math.abs(value)));
    String text = decimals(value, Math.max(0, 3 - magnitude));
    return new BigDecimal(text).stripTrailingZeros().toPlainString();
  }

  private static String decimals(double value, int decimals) {
    return new BigDecimal(value).setScale(decimals, RoundingMode.HALF_EVEN).toPlainString();
  }

  private static Element figure(Pointer at, Number value, String text) {
    return Element.of("data", text).with("value", value).with(POINTER, at.text());
  }
}
