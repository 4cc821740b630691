package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.pairs.PairReport;
import io.github.rnnotator.eval.pairs.PairReport.Mistake;
import io.github.rnnotator.eval.pairs.PairScore;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * The scores of a transducer as plain text: all measures, intervals, the most frequent mistakes.
 */
public final class PairText {
  private static final int MOST_MISTAKES = 10;

  private PairText() {}

  /** Returns the text; every line ends with a newline. */
  public static String of(PairScore score, PairReport report) {
    StringBuilder out = new StringBuilder();
    line(out, "output exact match: %.2f", score.exactMatch());
    line(
        out,
        "pairs: %,d; word error rate: %.2f; symbol error rate: %.2f (%,d edits of %,d symbols);"
            + " chrF: %.2f",
        score.pairs(),
        score.wordErrorRate(),
        score.symbolErrorRate(),
        score.edits(),
        score.symbols(),
        score.chrF());
    line(out, "");
    line(out, "  %-22s  %6s  %16s", "score", "", "95% interval");
    for (Score one : report.headline()) {
      line(
          out,
          "  %-22s  %6.2f  %6.2f to %6.2f",
          one.name(),
          one.value(),
          one.interval().low(),
          one.interval().high());
    }
    List<Mistake> mistakes =
        report.mistakes().subList(0, Math.min(MOST_MISTAKES, report.mistakes().size()));
    if (!mistakes.isEmpty()) {
      line(out, "");
      line(out, "  %-10s  %-10s  %8s", "target", "output", "times");
      mistakes.forEach(
          mistake ->
              line(
                  out,
                  "  %-10s  %-10s  %8d",
                  symbol(mistake.gold()),
                  symbol(mistake.predicted()),
                  mistake.count()));
    }
    return out.toString();
  }

  private static String symbol(@Nullable String symbol) {
    return symbol == null ? "(nothing)" : symbol.isBlank() ? "(blank)" : symbol;
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
