package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.ChunkResults;
import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Score;
import io.github.rnnotator.eval.EvaluationReport.Share;
import io.github.rnnotator.eval.significance.Interval;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** The headline scores of a head: the one that counts in large, then all with their intervals. */
final class ScoreSection {
  private final HeadReport head;
  private final Pointer at;

  ScoreSection(HeadReport head, Pointer at) {
    this.head = head;
    this.at = at;
  }

  List<Element> elements() {
    Score first = head.headline().get(0);
    Pointer to = at.at("headline").at(0);
    Element card =
        Element.of(
                "div",
                Element.of("p", Figure.name(to.at("name"), first.name())).with("class", "what"),
                Element.of("p", Figure.percent(to.at("value"), first.value())).with("class", "big"),
                Element.of("p", Figure.interval(to.at("interval"), first.interval()))
                    .with("class", "what"))
            .with("class", "card");
    return List.of(
        Element.of("div", card, Element.of("div", scores(), counts()).with("class", "scores"))
            .with("class", "headline"));
  }

  private Element scores() {
    double least =
        head.headline().stream().mapToDouble(score -> score.interval().low()).min().orElse(0);
    // The scale begins at a round number, so that intervals are wide enough to be compared.
    double from = Math.min(95, Math.max(0, 5 * Math.floor((least - 1) / 5)));
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < head.headline().size(); i++) {
      Score score = head.headline().get(i);
      Pointer to = at.at("headline").at(i);
      rows.add(Element.of("tr", cells(to, score), whisker(score, from)));
    }
    Interval interval = head.headline().get(0).interval();
    return Element.of(
            "table",
            Element.of(
                "caption",
                "Scores in percent, each with its interval at level ",
                Figure.number(at.at("headline").at(0).at("interval").at("level"), interval.level()),
                " (bootstrap over sentences)"),
            Element.of(
                "thead",
                Element.of(
                    "tr",
                    RateTable.column("Score"),
                    RateTable.column("Value"),
                    RateTable.column("Interval"),
                    Element.of(
                            "td",
                            Element.of("span", Figure.significant(from)).with("class", "tick"),
                            Element.of("span", "100").with("class", "tick"))
                        .with("class", "scale")
                        .with("aria-hidden", "true"))),
            Element.of("tbody", rows))
        .with("class", "whiskers");
  }

  /** The name of a score, its value and its interval. */
  static List<Element> cells(Pointer at, Score score) {
    return List.of(
        Element.of("th", Figure.name(at.at("name"), score.name())).with("scope", "row"),
        RateTable.number(Figure.percent(at.at("value"), score.value())),
        Element.of("td", Figure.interval(at.at("interval"), score.interval()))
            .with("class", "interval"));
  }

  private static Element whisker(Score score, double from) {
    return Element.of(
            "td",
            Element.of(
                    "span",
                    Element.of("i")
                        .with(
                            "style",
                            String.format(
                                Locale.ROOT,
                                "inset-inline-start:%.2f%%;inline-size:%.2f%%",
                                place(score.interval().low(), from),
                                place(score.interval().high(), from)
                                    - place(score.interval().low(), from))),
                    Element.of("b")
                        .with(
                            "style",
                            String.format(
                                Locale.ROOT,
                                "inset-inline-start:%.2f%%",
                                place(score.value(), from))))
                .with("class", "track"))
        .with("class", "whisker")
        .with("aria-hidden", "true");
  }

  private static double place(double value, double from) {
    return Math.max(0, 100 * (value - from) / (100 - from));
  }

  /** Returns the counts from which the rates are computed, as a paragraph. */
  private Element counts() {
    Element text = Element.of("p").with("class", "note");
    if (head.ofWholeTexts()) {
      text.add(
          share(at.at("tags").at("tokens"), head.tags().tokens()), " texts have the right label.");
      return text;
    }
    text.add(
        share(at.at("tags").at("tokens"), head.tags().tokens()),
        " tokens have the right tag, ",
        share(at.at("tags").at("sentences"), head.tags().sentences()),
        " sentences are all right.");
    Share unknown = head.tags().unknownWords();
    if (unknown != null) {
      Pointer to = at.at("tags").at("unknownWords");
      text.add(
          " Of the words that the training data lacks, ",
          share(to, unknown),
          " have the right tag (",
          Figure.percent(to.at("accuracy"), unknown.accuracy()),
          ").");
    }
    return text;
  }

  /** Four ways to count chunks. */
  static List<Element> waysToCount(Pointer at, HeadReport head, ChunkResults chunks) {
    Pointer to = at.at("chunks");
    return List.of(
        RateTable.of(
            "How much of F1 depends on what counts as right",
            "Chunks",
            List.of(
                RateTable.row(way("conlleval"), to.at("conlleval"), chunks.conlleval()),
                RateTable.row(way("strict"), to.at("strict"), chunks.strict()),
                RateTable.row(way("boundary only"), to.at("boundary"), chunks.boundary()),
                RateTable.row(way("type only"), to.at("type"), chunks.type()))),
        Element.of(
                "p",
                "conlleval: the same tokens and type, every run of tags read as a chunk. Strict:"
                    + " only chunks that are written as their scheme says (gold ",
                Figure.name(at.at("goldScheme"), String.valueOf(head.goldScheme())),
                ", predicted ",
                Figure.name(at.at("predictedScheme"), String.valueOf(head.predictedScheme())),
                "). Boundary only: the same tokens, whatever the type. Type only: the same type"
                    + " and at least a token in common.")
            .with("class", "note"));
  }

  private static Element way(String name) {
    return Element.of("span", name);
  }

  /** How much of something is right, in words. */
  private static List<Object> share(Pointer to, Share share) {
    return List.of(
        Figure.count(to.at("correct"), share.correct()),
        " of ",
        Figure.count(to.at("total"), share.total()));
  }
}
