package io.github.rnnotator.eval;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.parallel.Isolated;

/** The exact printed report. */
@Isolated("sets the locale")
class ScoreTableTest {
  private static final AccuracyScore UPOS =
      new AccuracyScore(
          Measure.ACCURACY,
          8,
          6,
          3,
          1,
          2,
          1,
          new TreeMap<>(
              Map.of("NOUN", new PrecisionRecall(5, 4, 4), "VERB", new PrecisionRecall(3, 4, 2))),
          List.of(new Confusion("NOUN", "VERB", 2)));

  private static final ChunkScore NER =
      new ChunkScore(
          10,
          9,
          new PrecisionRecall(3, 3, 2),
          new TreeMap<>(
              Map.of("PER", new PrecisionRecall(2, 2, 2), "LOC", new PrecisionRecall(1, 1, 0))));

  @Test
  void printsTheNumberThenTheTablesOfEachHead() {
    Map<String, HeadScore> scores = new LinkedHashMap<>();
    scores.put("upos", UPOS);
    scores.put("ner", NER);
    assertThat(ScoreTable.of(scores))
        .isEqualTo(
            """
            upos accuracy: 75.00
              tokens: 6 of 8 correct (75.00)
              sentences: 1 of 3 correct (33.33)
              unknown words: 1 of 2 correct (50.00)

              tag   precision  recall      f1      gold
              NOUN     100.00   80.00   88.89         5
              VERB      50.00   66.67   57.14         3

              gold  predicted     times
              NOUN  VERB              2

            ner f1: 66.67
              tokens: 9 of 10 correct (90.00)
              chunks: 3 gold, 3 predicted, 2 correct
              precision: 66.67, recall: 66.67

              type  precision  recall      f1      gold
              PER      100.00  100.00  100.00         2
              LOC        0.00    0.00    0.00         1
            """);
  }

  @Test
  void printsTheSameInEveryLocale() {
    String expected = ScoreTable.of("upos", UPOS);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.forLanguageTag("ar-EG-u-nu-arab"));
      assertThat(ScoreTable.of("upos", UPOS)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void staysWithinEightyColumnsAndSixtyTags() {
    SortedMap<String, PrecisionRecall> tags = new TreeMap<>();
    List<Confusion> confusions = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      String tag = "NNG+JKB+".repeat(10) + i;
      tags.put(tag, new PrecisionRecall(10_000_000, 10_000_000, 10_000_000));
      confusions.add(new Confusion(tag, tag + "!", 10_000_000));
    }
    String report =
        ScoreTable.of(
            "xpos",
            new AccuracyScore(Measure.ACCURACY, 1_000_000_000, 5, 1, 0, 0, 0, tags, confusions));
    assertThat(report.lines()).allMatch(line -> line.length() <= 80);
    assertThat(report).contains("  and 40 rarer\n").doesNotContain("unknown words");
    assertThat(report.lines().filter(line -> line.contains("NNG"))).hasSize(60 + 10);
  }

  @Test
  void roundsAsPrintfDoes() {
    assertThat(Percent.text(Percent.of(1, 32))).isEqualTo("3.12");
    assertThat(Percent.text(Percent.of(3, 32))).isEqualTo("9.38");
    assertThat(Percent.text(1.005)).isEqualTo("1.00");
    assertThat(Percent.text(Percent.of(1, 0))).isEqualTo("0.00");
  }
}
