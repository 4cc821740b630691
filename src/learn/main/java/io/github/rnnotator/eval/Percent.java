package io.github.rnnotator.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Percentages, computed and written as {@code conlleval} does. */
final class Percent {
  private Percent() {}

  /** {@code 100 part / whole}, or 0 if the whole is 0. */
  static double of(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /**
   * Two decimals with a point. C's printf rounds the exact binary value and a tie to even (3.125 is
   * 3.12), which Java's formatter does not.
   */
  static String text(double percent) {
    return new BigDecimal(percent).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
