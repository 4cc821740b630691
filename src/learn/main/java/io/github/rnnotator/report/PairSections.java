package io.github.rnnotator.report;

import io.github.rnnotator.eval.pairs.PairReport;
import io.github.rnnotator.eval.pairs.PairReport.Mistake;
import io.github.rnnotator.eval.pairs.PairReport.WorstPair;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The parts of a page about the outputs of a transducer. */
final class PairSections {
  /** The number of mistakes to show; the rest is in the JSON. */
  private static final int MOST_MISTAKES = 20;

  private PairSections() {}

  static Element header(PairReport report) {
    Pointer at = Pointer.ROOT;
    return Element.of(
        "header",
        Element.of("h1", "Evaluation of ", Figure.name(at.at("predicted"), report.predicted())),
        Element.of(
                "p",
                Figure.count(at.at("pairs"), report.pairs()),
                " pairs of ",
                Figure.name(at.at("gold"), report.gold()))
            .with("class", "facts"));
  }

  static List<Element> of(PairReport report) {
    List<Element> sections = new ArrayList<>();
    sections.add(scores(report));
    if (!report.mistakes().isEmpty()) {
      sections.add(mistakes(report.mistakes()));
      sections.add(worst(report.worst()));
    }
    return sections;
  }

  private static Element scores(PairReport report) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < report.headline().size(); i++) {
      Pointer to = Pointer.ROOT.at("headline").at(i);
      rows.add(Element.of("tr", ScoreSection.cells(to, report.headline().get(i))));
    }
    Pointer symbols = Pointer.ROOT.at("symbols");
    return section(
        "scores",
        "Scores",
        RateTable.plain(
            "In percent. Exact match: outputs that are their target. Symbol accuracy: what the edits"
                + " leave of the symbols of the targets. Intervals by the bootstrap over pairs",
            List.of("Score", "Value", "Interval"),
            rows),
        Element.of(
                "p",
                "Of ",
                Figure.count(symbols.at("total"), report.symbols().total()),
                " symbols of the targets ",
                Figure.count(symbols.at("replaced"), report.symbols().replaced()),
                " are replaced and ",
                Figure.count(symbols.at("missing"), report.symbols().missing()),
                " missing; ",
                Figure.count(symbols.at("added"), report.symbols().added()),
                " are added.")
            .with("class", "note"));
  }

  private static Element mistakes(List<Mistake> mistakes) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_MISTAKES, mistakes.size()); i++) {
      Pointer to = Pointer.ROOT.at("mistakes").at(i);
      Mistake mistake = mistakes.get(i);
      rows.add(
          Element.of(
              "tr",
              Element.of("td", symbol(to.at("gold"), mistake.gold())),
              Element.of("td", symbol(to.at("predicted"), mistake.predicted())),
              RateTable.number(Figure.count(to.at("count"), mistake.count()))));
    }
    return section(
        "mistakes",
        "The most frequent mistakes",
        RateTable.plain("In symbols", List.of("Target", "Output", "Times"), rows)
            .with("class", "pairs"));
  }

  private static Element symbol(Pointer at, @Nullable String symbol) {
    return symbol == null
        ? Element.of("span", "(nothing)").with("class", "note")
        : Figure.name(at, symbol);
  }

  private static Element worst(List<WorstPair> pairs) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      Pointer to = Pointer.ROOT.at("worst").at(i);
      WorstPair pair = pairs.get(i);
      rows.add(
          Element.of(
              "tr",
              RateTable.number(Figure.count(to.at("number"), pair.number())),
              Element.of("td", Figure.name(to.at("source"), pair.source())),
              Element.of("td", Figure.name(to.at("target"), pair.target())),
              Element.of("td", RateTable.label(to.at("output"), pair.output())),
              RateTable.number(Figure.count(to.at("edits"), pair.edits()))));
    }
    return section(
        "worst",
        "The outputs furthest from their targets",
        RateTable.plain(
                "With the number of the pair in the file and the edits between target and output",
                List.of("Pair", "Source", "Target", "Output", "Edits"),
                rows)
            .with("class", "pairs"));
  }

  private static Element section(String id, String title, Object... parts) {
    return Element.of("section", Element.of("h2", title), List.of(parts)).with("id", id);
  }
}
