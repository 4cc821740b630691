package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.ConfusionMatrix;
import io.github.rnnotator.eval.EvaluationReport.Tags;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Which label was taken for which: a table of counts, coloured by their share. */
final class HeatMap {
  /** With more labels than this the counts don't fit a phone, which then shows only colours. */
  private static final int MOST_ON_A_PHONE = 6;

  private static final int MOST_MISTAKES = 12;

  private HeatMap() {}

  /** The heat map of a head. */
  static Element of(Pointer at, ConfusionMatrix matrix) {
    int size = matrix.counts().size();
    Element head = Element.of("tr", Element.of("td", "gold \\ predicted").with("class", "corner"));
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < size; i++) {
      head.add(Element.of("th", Element.of("span", label(at, matrix, i))).with("scope", "col"));
      rows.add(row(at, matrix, i));
    }
    return Element.of(
            "table",
            Element.of(
                "caption",
                "Tokens with each gold label (rows) and what they were predicted as (columns)."
                    + " The stronger the colour, the greater the share of the row: blue on the"
                    + " diagonal, which is right, red off it, where small shares are drawn"
                    + " stronger."),
            Element.of("thead", head),
            Element.of("tbody", rows))
        .with("class", size > MOST_ON_A_PHONE ? "heat many" : "heat");
  }

  /** Returns the most frequent mistakes as a list. */
  static Element mistakes(Pointer at, Tags tags) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_MISTAKES, tags.mistakes().size()); i++) {
      Pointer mistake = at.at(i);
      rows.add(
          Element.of(
              "tr",
              Element.of("td", RateTable.label(mistake.at("gold"), tags.mistakes().get(i).gold())),
              Element.of(
                  "td",
                  RateTable.label(mistake.at("predicted"), tags.mistakes().get(i).predicted())),
              RateTable.number(Figure.count(mistake.at("count"), tags.mistakes().get(i).count()))));
    }
    return RateTable.plain(
            "The most frequent mistakes, in tokens", List.of("Gold", "Predicted", "Times"), rows)
        .with("class", "pairs");
  }

  private static Element row(Pointer at, ConfusionMatrix matrix, int i) {
    Element row = Element.of("tr", Element.of("th", label(at, matrix, i)).with("scope", "row"));
    List<Long> counts = matrix.counts().get(i);
    long sum = counts.stream().mapToLong(Long::longValue).sum();
    for (int j = 0; j < counts.size(); j++) {
      double share = sum == 0 ? 0 : (double) counts.get(j) / sum;
      row.add(
          Element.of("td", Figure.count(at.at("counts").at(i).at(j), counts.get(j)))
              .with("class", cell(i == j, counts.get(j)))
              .with(
                  "style",
                  String.format(Locale.ROOT, "--h:%.3f", i == j ? share : Math.sqrt(share))));
    }
    return row;
  }

  private static String cell(boolean diagonal, long count) {
    if (count == 0) {
      return "none";
    }
    return diagonal ? "right" : "wrong";
  }

  private static Element label(Pointer at, ConfusionMatrix matrix, int i) {
    if (i < matrix.labels().size()) {
      return RateTable.label(at.at("labels").at(i), matrix.labels().get(i));
    }
    return Element.of("span", Figure.count(at.at("others"), matrix.others()), " others");
  }
}
