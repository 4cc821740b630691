package io.github.rnnotator.eval;

import java.math.BigDecimal;
import java.math.RoundingMode;

/** Percentages, computed and written as {@code conlleval} does. */
public final class Percent {
  private Percent() {}

  /** Returns {@code 100 part / whole}, or 0 if the whole is 0. */
  public static double of(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }

  /**
   * Returns two decimals with a point. C's printf rounds the exact binary value and a tie to even
   * (3.125 is 3.12), which Java's formatter does not.
   */
  public static String text(double percent) {
    return new BigDecimal(percent).setScale(2, RoundingMode.HALF_EVEN).toPlainString();
  }
}
