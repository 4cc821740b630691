package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.Rates;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Precision, recall and F1 of each of a list, with one bar per row. */
final class RateTable {
  /** The number of rows of a long list to show; the rest is in the JSON. */
  private static final int MOST_ROWS = 30;

  private RateTable() {}

  /**
   * A table of a list.
   *
   * @param caption what it shows
   * @param what the head of its first column
   * @param at where the list is
   */
  static Element of(String caption, String what, Pointer at, List<NamedRates> list) {
    List<Element> rows = new ArrayList<>();
    int shown = Math.min(list.size(), MOST_ROWS);
    for (int i = 0; i < shown; i++) {
      NamedRates entry = list.get(i);
      rows.add(row(label(at.at(i).at("name"), entry.name()), at.at(i).at("rates"), entry.rates()));
    }
    return of(shown == list.size() ? caption : caption + " (the most frequent ones)", what, rows);
  }

  /** Returns a table of these rows. */
  static Element of(String caption, String what, List<Element> rows) {
    return Element.of(
            "table",
            Element.of("caption", caption),
            Element.of(
                "thead",
                Element.of(
                    "tr",
                    column(what),
                    column("F1").with("colspan", 2),
                    column("Precision"),
                    column("Recall"),
                    column("Gold"),
                    column("Predicted").with("class", "wide"),
                    column("Correct").with("class", "wide"))),
            Element.of("tbody", rows))
        .with("class", "rates");
  }

  /** Returns a table with other columns. */
  static Element plain(String caption, List<String> columns, List<Element> rows) {
    return Element.of(
        "table",
        Element.of("caption", caption),
        Element.of("thead", Element.of("tr", columns.stream().map(RateTable::column).toList())),
        Element.of("tbody", rows));
  }

  /** Returns a row of a table of rates. */
  static Element row(Element name, Pointer to, Rates rates) {
    return Element.of(
        "tr",
        Element.of("th", name).with("scope", "row"),
        bar(rates.f1()),
        number(Figure.percent(to.at("f1"), rates.f1())),
        number(Figure.percent(to.at("precision"), rates.precision())),
        number(Figure.percent(to.at("recall"), rates.recall())),
        number(Figure.count(to.at("gold"), rates.gold())),
        number(Figure.count(to.at("predicted"), rates.predicted())).with("class", "wide"),
        number(Figure.count(to.at("correct"), rates.correct())).with("class", "wide"));
  }

  /** Returns a name, or a placeholder for an empty one. */
  static Element label(Pointer at, String name) {
    return name.isEmpty()
        ? Element.of("span", "(none)").with("class", "note")
        : Figure.name(at, name);
  }

  static Element column(String name) {
    return Element.of("th", name).with("scope", "col");
  }

  static Element number(Element figure) {
    return Element.of("td", figure);
  }

  /** Returns a bar of this many percent; the figure next to it says the same. */
  static Element bar(double percent) {
    return Element.of("td", Element.of("span", Element.of("i").with("style", width(percent))))
        .with("class", "bar")
        .with("aria-hidden", "true");
  }

  private static String width(double percent) {
    return String.format(Locale.ROOT, "inline-size:%.2f%%", percent);
  }
}
