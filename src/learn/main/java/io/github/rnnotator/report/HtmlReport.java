package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.pairs.PairReport;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * An {@link EvaluationReport} as one HTML page, which needs no other file and runs no script. It
 * shows only the report's components; each figure carries the JSON pointer of its value, as {@link
 * JsonReport} writes it, in {@code data-json}.
 */
public final class HtmlReport {
  private static final String STYLE = "report.css";

  private HtmlReport() {}

  /** Writes the page as UTF-8; the stream stays open. */
  public static void write(EvaluationReport report, OutputStream out) throws IOException {
    write(page(report.predicted(), header(report), sections(report)), out);
  }

  /** Writes the page of an evaluation of pairs as UTF-8; the stream stays open. */
  public static void write(PairReport report, OutputStream out) throws IOException {
    List<Element> sections = new ArrayList<>(PairSections.of(report));
    if (report.learningCurve() != null) {
      sections.add(curves(report.learningCurve()));
    }
    write(page(report.predicted(), PairSections.header(report), sections), out);
  }

  private static void write(Element html, OutputStream out) throws IOException {
    StringBuilder page = new StringBuilder("<!DOCTYPE html>\n");
    html.appendTo(page);
    out.write(page.append('\n').toString().getBytes(StandardCharsets.UTF_8));
  }

  private static Element page(String predicted, Element header, List<Element> sections)
      throws IOException {
    return Element.of(
            "html",
            Element.of(
                "head",
                Element.of("meta").with("charset", "utf-8"),
                Element.of("meta")
                    .with("name", "viewport")
                    .with("content", "width=device-width, initial-scale=1"),
                Element.of("meta").with("name", "color-scheme").with("content", "light dark"),
                Element.of("title", "Evaluation of " + predicted),
                Element.of("style", style())),
            Element.of("body", header, Element.of("main", sections), footer()))
        .with("lang", "en");
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IllegalStateException("no " + STYLE + " on the class path");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private static Element header(EvaluationReport report) {
    Pointer at = Pointer.ROOT;
    Element facts =
        Element.of("p", Figure.count(at.at("sentences"), report.sentences()))
            .with("class", "facts");
    if (report.ofWholeTexts()) {
      facts.add(" texts of ");
    } else {
      facts.add(" sentences, ", Figure.count(at.at("tokens"), report.tokens()), " tokens of ");
    }
    facts.add(Figure.name(at.at("gold"), report.gold()));
    if (report.training() != null) {
      facts.add("; trained on ", Figure.name(at.at("training"), report.training()));
    }
    return Element.of(
        "header",
        Element.of("h1", "Evaluation of ", Figure.name(at.at("predicted"), report.predicted())),
        facts,
        contents(report));
  }

  private static Element contents(EvaluationReport report) {
    List<Element> links = new ArrayList<>();
    for (int i = 0; i < report.heads().size(); i++) {
      links.add(
          link(
              "#" + id(i),
              Figure.name(
                  Pointer.ROOT.at("heads").at(i).at("name"), report.heads().get(i).name())));
    }
    if (report.rawText() != null) {
      links.add(link("#raw-text", "From raw text on"));
    }
    if (report.learningCurve() != null) {
      links.add(link("#learning-curve", "Learning curve"));
    }
    return links.size() < 2
        ? Element.of("span")
        : Element.of("nav", Element.of("ul", links)).with("aria-label", "Contents");
  }

  private static Element link(String target, Object text) {
    return Element.of("li", Element.of("a", text).with("href", target));
  }

  private static String id(int head) {
    return "head-" + head;
  }

  private static List<Element> sections(EvaluationReport report) {
    List<Element> sections = new ArrayList<>();
    for (int i = 0; i < report.heads().size(); i++) {
      Pointer at = Pointer.ROOT.at("heads").at(i);
      sections.add(new HeadSection(report.heads().get(i), at, id(i)).element());
    }
    if (report.rawText() != null) {
      sections.add(RawTextSection.of(Pointer.ROOT.at("rawText"), report.rawText()));
    }
    if (report.learningCurve() != null) {
      sections.add(curves(report.learningCurve()));
    }
    return sections;
  }

  private static Element curves(LearningCurve curve) {
    Pointer at = Pointer.ROOT.at("learningCurve");
    Element plots = Element.of("div").with("class", "plots");
    for (int i = 0; i < curve.series().size(); i++) {
      plots.add(
          Plot.curve(
              at.at("series").at(i), curve.series().get(i), curve.step(), "learning-curve-" + i));
    }
    return Element.of(
            "section",
            Element.of("h2", "Learning curve"),
            Element.of("p", "From ", Figure.name(at.at("name"), curve.name()), ".")
                .with("class", "note"),
            plots)
        .with("id", "learning-curve");
  }

  private static Element footer() {
    return Element.of(
        "footer",
        Element.of(
            "p",
            "Written by rnnotator. Percentages are rounded to two decimals, probabilities to four;"
                + " the JSON of the same run has them all in full."));
  }
}
