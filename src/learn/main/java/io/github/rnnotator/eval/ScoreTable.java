package io.github.rnnotator.eval;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * Scores as plain text of at most 80 columns. For each head one line that begins {@code upos
 * accuracy: 95.12} or {@code ner f1: 91.23}, then its tables: each tag or type with precision,
 * recall, F1 and how many there are in gold, and the most frequent mistakes.
 */
public final class ScoreTable {
  private static final int MOST_ROWS = 60;
  private static final int MOST_CONFUSIONS = 10;
  private static final int WIDEST_NAME = 30;

  private ScoreTable() {}

  /** Returns the report of these heads, in the order of the map; every line ends with a newline. */
  public static String of(Map<String, HeadScore> scores) {
    List<String> parts = new ArrayList<>();
    scores.forEach((head, score) -> parts.add(of(head, score)));
    return String.join("\n", parts);
  }

  /** Returns the report of one head. */
  public static String of(String head, HeadScore score) {
    return of(head, score, List.of());
  }

  /**
   * Returns the report of one head.
   *
   * @param facts lines to print right below the score
   */
  public static String of(String head, HeadScore score, List<String> facts) {
    StringBuilder out = new StringBuilder();
    line(out, "%s %s: %s", head, score.measure().label(), Percent.text(score.value()));
    facts.forEach(fact -> line(out, "  %s", fact));
    if (score instanceof AccuracyScore accuracy) {
      describe(out, accuracy);
    } else if (score instanceof ChunkScore chunks) {
      describe(out, chunks);
    }
    return out.toString();
  }

  /** Returns a percentage with two decimals, rounded as {@code conlleval} rounds. */
  public static String percent(double percent) {
    return Percent.text(percent);
  }

  private static void describe(StringBuilder out, AccuracyScore score) {
    if (score.isOfWholeTexts()) {
      shares(out, "texts", score.correct(), score.tokens());
      rates(out, "label", score.tags());
      confusions(out, score.confusions());
      return;
    }
    shares(out, "tokens", score.correct(), score.tokens());
    shares(out, "sentences", score.correctSentences(), score.sentences());
    if (score.unknownTokens() > 0) {
      shares(out, "unknown words", score.unknownCorrect(), score.unknownTokens());
    }
    if (score.measure() == Measure.FEATS) {
      shares(out, "UFeats (universal features)", TagTables.universalCorrect(score), score.tokens());
      rates(out, "feature", TagTables.features(score));
    } else if (score.measure() != Measure.LEMMA) {
      rates(out, "tag", score.tags());
    }
    confusions(out, score.confusions());
  }

  private static void describe(StringBuilder out, ChunkScore score) {
    shares(out, "tokens", score.correctTags(), score.tokens());
    PrecisionRecall chunks = score.chunks();
    line(
        out,
        "  chunks: %d gold, %d predicted, %d correct",
        chunks.gold(),
        chunks.predicted(),
        chunks.correct());
    line(
        out,
        "  precision: %s, recall: %s",
        Percent.text(chunks.precision()),
        Percent.text(chunks.recall()));
    rates(out, "type", score.types());
  }

  private static void shares(StringBuilder out, String what, long correct, long all) {
    line(
        out,
        "  %s: %d of %d correct (%s)",
        what,
        correct,
        all,
        Percent.text(Percent.of(correct, all)));
  }

  private static void rates(StringBuilder out, String what, Map<String, PrecisionRecall> rates) {
    if (rates.isEmpty()) {
      return;
    }
    List<Map.Entry<String, PrecisionRecall>> rows = new ArrayList<>(rates.entrySet());
    rows.sort(
        Comparator.comparingLong((Map.Entry<String, PrecisionRecall> row) -> row.getValue().gold())
            .reversed()
            .thenComparing(Map.Entry.comparingByKey()));
    int shown = Math.min(rows.size(), MOST_ROWS);
    int width = what.length();
    for (Map.Entry<String, PrecisionRecall> row : rows.subList(0, shown)) {
      width = Math.max(width, name(row.getKey()).length());
    }
    line(out, "");
    line(out, "  %s  %9s  %6s  %6s  %8s", pad(what, width), "precision", "recall", "f1", "gold");
    for (Map.Entry<String, PrecisionRecall> row : rows.subList(0, shown)) {
      PrecisionRecall rate = row.getValue();
      line(
          out,
          "  %s  %9s  %6s  %6s  %8d",
          pad(name(row.getKey()), width),
          Percent.text(rate.precision()),
          Percent.text(rate.recall()),
          Percent.text(rate.f1()),
          rate.gold());
    }
    if (shown < rows.size()) {
      line(out, "  and %d rarer", rows.size() - shown);
    }
  }

  private static void confusions(StringBuilder out, List<Confusion> confusions) {
    if (confusions.isEmpty()) {
      return;
    }
    List<Confusion> shown = confusions.subList(0, Math.min(confusions.size(), MOST_CONFUSIONS));
    int goldWidth = "gold".length();
    int predictedWidth = "predicted".length();
    for (Confusion confusion : shown) {
      goldWidth = Math.max(goldWidth, name(confusion.gold()).length());
      predictedWidth = Math.max(predictedWidth, name(confusion.predicted()).length());
    }
    line(out, "");
    line(out, "  %s  %s  %8s", pad("gold", goldWidth), pad("predicted", predictedWidth), "times");
    for (Confusion confusion : shown) {
      line(
          out,
          "  %s  %s  %8d",
          pad(name(confusion.gold()), goldWidth),
          pad(name(confusion.predicted()), predictedWidth),
          confusion.count());
    }
  }

  private static String name(String tag) {
    if (tag.isEmpty()) {
      return "(none)";
    }
    return tag.length() <= WIDEST_NAME ? tag : tag.substring(0, WIDEST_NAME - 1) + "…";
  }

  private static String pad(String name, int width) {
    return name + " ".repeat(width - name.length());
  }

  private static void line(StringBuilder out, String format, Object... values) {
    out.append(String.format(Locale.ROOT, format, values)).append('\n');
  }
}
