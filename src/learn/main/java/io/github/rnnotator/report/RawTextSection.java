package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.Aligned;
import io.github.rnnotator.eval.EvaluationReport.RawText;
import java.util.ArrayList;
import java.util.List;

/** The metrics of raw text. */
final class RawTextSection {
  private RawTextSection() {}

  static Element of(Pointer at, RawText rawText) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < rawText.metrics().size(); i++) {
      rows.add(row(at.at("metrics").at(i), rawText.metrics().get(i)));
    }
    return Element.of(
            "section",
            Element.of("h2", "From raw text on"),
            Element.of(
                    "table",
                    Element.of(
                        "caption",
                        "As in the CoNLL 2018 shared task: tokens and sentences count"
                            + " where the same characters are one, words where they are aligned,"
                            + " tags where aligned words have the same, mentions where the same characters"
                            + " have the same type; the column Aligned is the share of the"
                            + " aligned words with the right tag"),
                    Element.of(
                        "thead",
                        Element.of(
                            "tr",
                            RateTable.column("Metric"),
                            RateTable.column("F1"),
                            RateTable.column("Interval"),
                            RateTable.column("Precision"),
                            RateTable.column("Recall"),
                            RateTable.column("Aligned"),
                            RateTable.column("Gold").with("class", "wide"),
                            RateTable.column("Predicted").with("class", "wide"),
                            RateTable.column("Correct").with("class", "wide"))),
                    Element.of("tbody", rows))
                .with("class", "raw"))
        .with("id", "raw-text");
  }

  private static Element row(Pointer at, Aligned metric) {
    Pointer rates = at.at("rates");
    return Element.of(
        "tr",
        Element.of("th", Figure.name(at.at("name"), metric.name())).with("scope", "row"),
        RateTable.number(Figure.percent(rates.at("f1"), metric.rates().f1())),
        Element.of("td", Figure.interval(at.at("interval"), metric.interval()))
            .with("class", "interval"),
        RateTable.number(Figure.percent(rates.at("precision"), metric.rates().precision())),
        RateTable.number(Figure.percent(rates.at("recall"), metric.rates().recall())),
        metric.aligned() == null
            ? Element.of("td")
            : RateTable.number(
                Figure.percent(at.at("aligned").at("accuracy"), metric.aligned().accuracy())),
        RateTable.number(Figure.count(rates.at("gold"), metric.rates().gold()))
            .with("class", "wide"),
        RateTable.number(Figure.count(rates.at("predicted"), metric.rates().predicted()))
            .with("class", "wide"),
        RateTable.number(Figure.count(rates.at("correct"), metric.rates().correct()))
            .with("class", "wide"));
  }
}
