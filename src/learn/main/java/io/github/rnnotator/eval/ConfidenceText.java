package io.github.rnnotator.eval;

import io.github.rnnotator.eval.calibration.Calibration;
import io.github.rnnotator.eval.calibration.FittedCalibration;
import io.github.rnnotator.eval.significance.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** Intervals, calibration and comparisons as plain text. */
public final class ConfidenceText {
  private ConfidenceText() {}

  /** Returns an interval: {@code 95 % interval: 94.80 to 95.43 (bootstrap of 2001 sentences)}. */
  public static String of(Interval interval, int sentences) {
    return of(interval, sentences, "sentences");
  }

  /**
   * As above, for other units than sentences.
   *
   * @param what their name, such as {@code texts}
   */
  public static String of(Interval interval, int units, String what) {
    return String.format(
        Locale.ROOT,
        "%s %% interval: %s to %s (bootstrap of %d %s)",
        level(interval),
        Percent.text(interval.low()),
        Percent.text(interval.high()),
        units,
        what);
  }

  /**
   * Returns a calibration: {@code token calibration error: 1.52 (confidence 96.72, accuracy 95.20);
   * 0.61 at temperature 1.30}.
   *
   * @param what {@code token} or {@code mention}
   */
  public static String of(String what, FittedCalibration reliability) {
    Calibration raw = reliability.raw();
    return String.format(
        Locale.ROOT,
        "%s calibration error: %s (confidence %s, accuracy %s); %s at temperature %.2f",
        what,
        Percent.text(100 * raw.expectedCalibrationError()),
        Percent.text(100 * raw.confidence()),
        Percent.text(100 * raw.accuracy()),
        Percent.text(100 * reliability.scaled().expectedCalibrationError()),
        reliability.temperature().value());
  }

  /**
   * Comparisons, each with a sentence in plain words.
   *
   * @param a the first system's name
   * @param b the second's
   */
  public static String of(Map<String, Comparison> comparisons, String a, String b) {
    List<String> parts = new ArrayList<>();
    comparisons.forEach((head, comparison) -> parts.add(of(head, comparison, a, b)));
    return String.join("\n", parts);
  }

  private static String of(String head, Comparison c, String a, String b) {
    StringBuilder out = new StringBuilder();
    line(
        out,
        "%s %s, %d sentences, %d tagged differently",
        head,
        c.measure().label(),
        c.sentences(),
        c.differing());
    line(out, "  A      %6s  %s", Percent.text(c.a()), a);
    line(out, "  B      %6s  %s", Percent.text(c.b()), b);
    line(
        out,
        "  B - A  %6s  %s %% interval: %s to %s",
        Percent.text(c.difference()),
        level(c.interval()),
        Percent.text(c.interval().low()),
        Percent.text(c.interval().high()));
    line(out, "  p      %6.4f  approximate randomisation", c.randomizationP());
    line(out, "  p      %6.4f  paired bootstrap", c.bootstrapP());
    line(out, "  effect %6.3f  standard deviations of a sentence", c.effect());
    line(
        out,
        "  errors %6s  %% of A's errors that B does not make",
        Percent.text(c.errorReduction()));
    line(out, "  %s", conclusion(c));
    return out.toString();
  }

  /** Returns a comparison in one sentence. */
  public static String conclusion(Comparison c) {
    if (c.differing() == 0) {
      return "A and B give the same tags everywhere: there is nothing to tell them apart.";
    }
    if (c.difference() == 0) {
      return "A and B have the same score.";
    }
    String better = c.difference() > 0 ? "B" : "A";
    String points = Percent.text(Math.abs(c.difference()));
    String chance =
        "systems that are equally good would differ by as much in about "
            + oftenness(c.randomizationP())
            + " test sets.";
    return c.isSignificant(SIGNIFICANT)
        ? better
            + " is better by "
            + points
            + " points, which is unlikely to be due to chance: "
            + chance
        : better + " is ahead by " + points + " points, which may well be chance: " + chance;
  }

  private static final double SIGNIFICANT = 0.05;

  private static String oftenness(double p) {
    return p >= 0.1
        ? String.format(Locale.ROOT, "%d of 100", Math.round(100 * p))
        : String.format(Locale.ROOT, "1 of %d", Math.round(1 / p));
  }

  private static String level(Interval interval) {
    String percent = Percent.text(100 * interval.level());
    return percent.endsWith(".00") ? percent.substring(0, percent.length() - 3) : percent;
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
