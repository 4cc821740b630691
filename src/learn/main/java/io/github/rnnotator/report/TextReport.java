package io.github.rnnotator.report;

import io.github.rnnotator.eval.Confidence;
import io.github.rnnotator.eval.ConfidenceText;
import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.EvaluationReport.ChunkResults;
import io.github.rnnotator.eval.EvaluationReport.Errors;
import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Illegal;
import io.github.rnnotator.eval.EvaluationReport.Move;
import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.RawText;
import io.github.rnnotator.eval.EvaluationReport.Repair;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.HeadScore;
import io.github.rnnotator.eval.ScoreTable;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The detailed figures of a report as plain text of at most 80 columns, to follow a {@link
 * ScoreTable}.
 */
public final class TextReport {
  private static final int MOST_MOVES = 5;

  private TextReport() {}

  /**
   * Returns the score table and the detailed figures of each head.
   *
   * @param scores the score of each head, in the order of the report
   * @param confidence how far they can be trusted
   * @param fitted what the temperatures were fitted on, or null
   */
  public static String of(
      EvaluationReport report,
      Map<String, HeadScore> scores,
      Confidence confidence,
      @Nullable Confidence fitted) {
    boolean ofTexts = report.ofWholeTexts();
    List<String> parts = new ArrayList<>();
    Iterator<HeadReport> heads = report.heads().iterator();
    for (Map.Entry<String, HeadScore> score : scores.entrySet()) {
      String head = score.getKey();
      HeadReport found = heads.next();
      List<String> facts = new ArrayList<>();
      facts.add(
          ConfidenceText.of(
              found.headline().get(0).interval(),
              confidence.sentences(head),
              ofTexts ? "texts" : "sentences"));
      confidence
          .tokens(head, fitted)
          .ifPresent(r -> facts.add(ConfidenceText.of(ofTexts ? "label" : "token", r)));
      confidence.mentions(head, fitted).ifPresent(r -> facts.add(ConfidenceText.of("mention", r)));
      long unlabelled = report.tokens() - found.tags().tokens().total();
      if (unlabelled > 0) {
        facts.add(
            "%d %s without gold (_) %s not scored"
                .formatted(
                    unlabelled,
                    (ofTexts ? "text" : "word") + (unlabelled == 1 ? "" : "s"),
                    unlabelled == 1 ? "is" : "are"));
      }
      parts.add(ScoreTable.of(head, score.getValue(), facts) + of(found));
    }
    return String.join("\n", parts);
  }

  /** Scores with intervals, chunks by length, novelty and error, illegal tags. */
  public static String of(HeadReport head) {
    StringBuilder out = new StringBuilder();
    scores(out, head.headline());
    ChunkResults chunks = head.chunks();
    if (chunks != null) {
      Share unknown = head.tags().unknownWords();
      if (unknown != null) {
        line(out, "");
        line(
            out,
            "  tags of unknown words: %d of %d correct (%s)",
            unknown.correct(),
            unknown.total(),
            percent(unknown.accuracy()));
      }
      groups(out, "tokens", chunks.byLength());
      groups(out, "in training", chunks.byNovelty());
      errors(out, chunks.errors());
      illegal(out, chunks.illegal());
    }
    return out.toString();
  }

  /**
   * Returns the metrics of raw text: a line for each head that begins {@code upos f1: 91.23}, then
   * a table.
   */
  public static String of(RawText rawText) {
    StringBuilder out = new StringBuilder();
    for (Aligned metric : rawText.heads()) {
      line(out, "%s f1: %s", metric.name().toLowerCase(Locale.ROOT), percent(metric.rates().f1()));
    }
    line(out, "");
    line(out, "  metric      precision  recall      f1  %16s  aligned", "95% interval");
    for (Aligned metric : rawText.metrics()) {
      Share aligned = metric.aligned();
      line(
          out,
          "  %-10s  %9s  %6s  %6s  %6s to %6s%s",
          metric.name(),
          percent(metric.rates().precision()),
          percent(metric.rates().recall()),
          percent(metric.rates().f1()),
          percent(metric.interval().low()),
          percent(metric.interval().high()),
          aligned == null ? "" : String.format("  %7s", percent(aligned.accuracy())));
    }
    return out.toString();
  }

  private static void scores(StringBuilder out, List<Score> scores) {
    if (scores.size() == 1) {
      return;
    }
    line(out, "");
    line(out, "  %-22s  %6s  %16s", "score", "", "95% interval");
    // The first score and its interval are above the tables.
    for (Score score : scores.subList(1, scores.size())) {
      line(
          out,
          "  %-22s  %6s  %6s to %6s",
          score.name(),
          percent(score.value()),
          percent(score.interval().low()),
          percent(score.interval().high()));
    }
  }

  private static void groups(StringBuilder out, String what, List<NamedRates> groups) {
    if (groups.isEmpty()) {
      return;
    }
    line(out, "");
    line(out, "  %-22s  precision  recall      f1      gold", what);
    for (NamedRates group : groups) {
      line(
          out,
          "  %-22s  %9s  %6s  %6s  %8d",
          group.name(),
          percent(group.rates().precision()),
          percent(group.rates().recall()),
          percent(group.rates().f1()),
          group.rates().gold());
    }
  }

  private static void errors(StringBuilder out, List<Errors> errors) {
    line(out, "");
    line(out, "  %-24s  %8s", "error", "times");
    errors.forEach(kind -> line(out, "  %-24s  %8d", kind.kind(), kind.count()));
  }

  private static void illegal(StringBuilder out, Illegal illegal) {
    long gold = illegal.gold().stream().mapToLong(Move::count).sum();
    long predicted = illegal.predicted().stream().mapToLong(Move::count).sum();
    line(out, "");
    line(out, "  illegal tags: %d predicted, %d gold", predicted, gold);
    if (predicted == 0) {
      return;
    }
    List<Move> moves = illegal.predicted();
    for (Move move : moves.subList(0, Math.min(moves.size(), MOST_MOVES))) {
      line(out, "    %s, %d times", text(move), move.count());
    }
    for (Repair repair : illegal.repairs()) {
      line(
          out,
          "    f1 if read by '%s': %s (%+.2f)",
          repair.policy(),
          percent(repair.rates().f1()),
          repair.change());
    }
  }

  private static String text(Move move) {
    return (move.from() == null ? "(start)" : move.from())
        + " "
        + (move.to() == null ? "(end)" : move.to());
  }

  private static String percent(double value) {
    return ScoreTable.percent(value);
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
