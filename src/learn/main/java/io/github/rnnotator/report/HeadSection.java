package io.github.rnnotator.report;

import io.github.rnnotator.eval.EvaluationReport.ChunkResults;
import io.github.rnnotator.eval.EvaluationReport.Errors;
import io.github.rnnotator.eval.EvaluationReport.Example;
import io.github.rnnotator.eval.EvaluationReport.HeadReport;
import io.github.rnnotator.eval.EvaluationReport.Illegal;
import io.github.rnnotator.eval.EvaluationReport.Move;
import io.github.rnnotator.eval.EvaluationReport.NamedRates;
import io.github.rnnotator.eval.EvaluationReport.Repair;
import io.github.rnnotator.eval.EvaluationReport.TypePair;
import io.github.rnnotator.eval.EvaluationReport.WorstSentence;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** Everything about one head. */
final class HeadSection {
  private static final int COLOURS = 8;
  private static final int MOST_TYPES = 6;
  private static final int MOST_MOVES = 10;

  private final HeadReport head;
  private final Pointer at;
  private final String id;
  private final MarkedText passage;

  HeadSection(HeadReport head, Pointer at, String id) {
    this.head = head;
    this.at = at;
    this.id = id;
    Map<String, Integer> colours = new HashMap<>();
    List<NamedRates> types = head.chunks() == null ? head.tags().byTag() : head.chunks().byType();
    for (int i = 0; i < types.size(); i++) {
      colours.put(types.get(i).name(), i % COLOURS);
    }
    this.passage = new MarkedText(colours);
  }

  Element element() {
    Element section =
        Element.of("section", Element.of("h2", Figure.name(at.at("name"), head.name())))
            .with("id", id);
    section.add(new ScoreSection(head, at).elements());
    ChunkResults chunks = head.chunks();
    if (chunks == null) {
      section.add(
          heading("By tag"),
          RateTable.of(
              "Each tag; its recall is the accuracy on the tokens that have it",
              "Tag",
              at.at("tags").at("byTag"),
              head.tags().byTag()));
    } else {
      Pointer to = at.at("chunks");
      section.add(heading("Ways to count"));
      section.add(ScoreSection.waysToCount(at, head, chunks));
      section.add(
          heading("By type"),
          RateTable.of("Whole chunks of each type", "Type", to.at("byType"), chunks.byType()),
          heading("By length"),
          RateTable.of(
              "Whole chunks by their number of tokens",
              "Tokens",
              to.at("byLength"),
              chunks.byLength()));
      if (!chunks.byNovelty().isEmpty()) {
        section.add(
            heading("By occurrence in the training data"),
            RateTable.of(
                "Whole chunks by whether the same words, as written, were a chunk of the same"
                    + " type, only of other types, or none",
                "Chunk",
                to.at("byNovelty"),
                chunks.byNovelty()));
      }
    }
    Element confusion =
        Element.of("div", HeatMap.of(at.at("tags").at("confusion"), head.tags().confusion()))
            .with("class", "confusion");
    if (!head.tags().mistakes().isEmpty()) {
      confusion.add(HeatMap.mistakes(at.at("tags").at("mistakes"), head.tags()));
    }
    section.add(heading("What is taken for what"), confusion);
    if (!head.calibration().isEmpty()) {
      section.add(heading("Are probabilities to be trusted?"), calibration());
    }
    if (chunks != null) {
      section.add(heading("Errors by kind"), errors(chunks));
      section.add(heading("Tags that break the scheme"), illegal(chunks.illegal()));
    }
    if (!head.worstSentences().isEmpty()) {
      section.add(heading("The sentences with the most errors"), worst());
    }
    return section;
  }

  private static Element heading(String text) {
    return Element.of("h3", text);
  }

  private Element calibration() {
    Element plots = Element.of("div").with("class", "plots");
    for (int i = 0; i < head.calibration().size(); i++) {
      plots.add(
          Plot.reliability(
              at.at("calibration").at(i), head.calibration().get(i), id + "-calibration-" + i));
    }
    return plots;
  }

  private List<Element> errors(ChunkResults chunks) {
    Pointer to = at.at("chunks").at("errors");
    long most = Math.max(1, chunks.errors().stream().mapToLong(Errors::count).max().orElse(1));
    List<Element> rows = new ArrayList<>();
    List<Element> kinds = new ArrayList<>();
    for (int i = 0; i < chunks.errors().size(); i++) {
      Errors kind = chunks.errors().get(i);
      rows.add(
          Element.of(
              "tr",
              Element.of("th", Figure.name(to.at(i).at("kind"), kind.kind())).with("scope", "row"),
              RateTable.bar(100.0 * kind.count() / most),
              RateTable.number(Figure.count(to.at(i).at("count"), kind.count())),
              Element.of("td", types(to.at(i).at("types"), kind.types())).with("class", "list")));
      if (!kind.examples().isEmpty()) {
        kinds.add(examples(to.at(i), kind));
      }
    }
    Element table =
        Element.of(
                "table",
                Element.of("caption", "Chunks that are not right, and between which types"),
                Element.of(
                    "thead",
                    Element.of(
                        "tr",
                        RateTable.column("Kind"),
                        RateTable.column("Times").with("colspan", 2),
                        RateTable.column("Types").with("class", "list"))),
                Element.of("tbody", rows))
            .with("class", "errors");
    List<Element> all = new ArrayList<>(List.of(table));
    all.addAll(kinds);
    return all;
  }

  /** {@code PER → LOC 12, LOC → ORG 7}. */
  private static Element types(Pointer to, List<TypePair> types) {
    Element list = Element.of("span");
    for (int i = 0; i < Math.min(MOST_TYPES, types.size()); i++) {
      TypePair pair = types.get(i);
      Element entry = Element.of("span").with("class", "entry");
      if (pair.gold() != null) {
        entry.add(RateTable.label(to.at(i).at("gold"), pair.gold()));
      }
      if (pair.gold() != null
          && pair.predicted() != null
          && !pair.gold().equals(pair.predicted())) {
        entry.add(" → ");
      }
      if (pair.predicted() != null && !pair.predicted().equals(pair.gold())) {
        entry.add(RateTable.label(to.at(i).at("predicted"), pair.predicted()));
      }
      list.add(entry.add(" ", Figure.count(to.at(i).at("count"), pair.count())), " ");
    }
    return list;
  }

  private Element examples(Pointer to, Errors kind) {
    List<Element> items = new ArrayList<>();
    for (int i = 0; i < kind.examples().size(); i++) {
      Example example = kind.examples().get(i);
      Pointer item = to.at("examples").at(i);
      items.add(
          Element.of(
              "li",
              place(item, example.sentence(), example.line()),
              passage.ofError(
                  item.at("tokens"), example.tokens(), example.gold(), example.predicted())));
    }
    return Element.of(
            "details",
            Element.of("summary", Element.of("h4", "Examples: " + kind.kind())),
            Element.of("ol", items).with("class", "passages"))
        .with("open", "open");
  }

  private static Element place(Pointer to, long sentence, int line) {
    Element place =
        Element.of("p", "Sentence ", Figure.count(to.at("sentence"), sentence))
            .with("class", "place");
    if (line > 0) {
      place.add(", line ", Figure.count(to.at("line"), line));
    }
    return place;
  }

  private Element illegal(Illegal illegal) {
    Pointer to = at.at("chunks").at("illegal");
    Element part = Element.of("div");
    if (illegal.gold().isEmpty() && illegal.predicted().isEmpty()) {
      return part.add(Element.of("p", "All tags are as the scheme allows, gold and predicted."));
    }
    if (!illegal.gold().isEmpty()) {
      part.add(moves("In gold", to.at("gold"), illegal.gold()));
    }
    if (illegal.predicted().isEmpty()) {
      return part;
    }
    part.add(moves("In the predicted tags", to.at("predicted"), illegal.predicted()));
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < illegal.repairs().size(); i++) {
      Repair repair = illegal.repairs().get(i);
      Pointer row = to.at("repairs").at(i);
      rows.add(
          Element.of(
              "tr",
              Element.of("th", Figure.name(row.at("policy"), repair.policy())).with("scope", "row"),
              RateTable.bar(repair.rates().f1()),
              RateTable.number(Figure.percent(row.at("rates").at("f1"), repair.rates().f1())),
              RateTable.number(Figure.change(row.at("change"), repair.change()))));
    }
    return part.add(
        Element.of(
                "table",
                Element.of(
                    "caption",
                    "F1 by how these tags are read: as conlleval does, where a stray tag opens a"
                        + " chunk; with chunks that break the scheme discarded; or with a chunk"
                        + " continued in its first type"),
                Element.of(
                    "thead",
                    Element.of(
                        "tr",
                        RateTable.column("Reading"),
                        RateTable.column("F1").with("colspan", 2),
                        RateTable.column("Change"))),
                Element.of("tbody", rows))
            .with("class", "rates"));
  }

  private static Element moves(String caption, Pointer to, List<Move> moves) {
    List<Element> rows = new ArrayList<>();
    for (int i = 0; i < Math.min(MOST_MOVES, moves.size()); i++) {
      Move move = moves.get(i);
      rows.add(
          Element.of(
              "tr",
              Element.of("td", tag(to.at(i).at("from"), move.from(), "start of the sentence")),
              Element.of("td", tag(to.at(i).at("to"), move.to(), "end of the sentence")),
              RateTable.number(Figure.count(to.at(i).at("count"), move.count()))));
    }
    return Element.of(
            "table",
            Element.of("caption", caption),
            Element.of(
                "thead",
                Element.of(
                    "tr",
                    RateTable.column("Tag"),
                    RateTable.column("Next tag"),
                    RateTable.column("Times"))),
            Element.of("tbody", rows))
        .with("class", "pairs");
  }

  private static Element tag(Pointer to, @Nullable String tag, String otherwise) {
    return tag == null ? Element.of("span", otherwise).with("class", "note") : Figure.name(to, tag);
  }

  private List<Element> worst() {
    List<Element> items = new ArrayList<>();
    for (int i = 0; i < head.worstSentences().size(); i++) {
      WorstSentence sentence = head.worstSentences().get(i);
      Pointer to = at.at("worstSentences").at(i);
      Element place =
          place(to, sentence.sentence(), sentence.line())
              .add(
                  ": ",
                  Figure.count(to.at("errors"), sentence.errors()),
                  sentence.errors() == 1 ? " error" : " errors",
                  sentence.cut() ? "; only its beginning is shown" : "");
      items.add(
          Element.of(
              "li",
              place,
              head.chunks() == null
                  ? passage.ofTags(
                      to.at("tokens"), sentence.tokens(), sentence.gold(), sentence.predicted())
                  : passage.ofBoth(
                      to.at("tokens"), sentence.tokens(), sentence.gold(), sentence.predicted())));
    }
    return List.of(
        Element.of(
                "p",
                head.chunks() == null
                    ? "Wrong tags follow their word: gold → predicted."
                    : "Chunks are coloured by their type; those that the other side does not have"
                        + " are framed with a dashed line.")
            .with("class", "note"),
        Element.of("ol", items).with("class", "passages"));
  }
}
