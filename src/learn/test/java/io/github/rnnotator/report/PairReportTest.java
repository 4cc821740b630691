package io.github.rnnotator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.networknt.schema.JsonSchema;
import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.github.rnnotator.data.PairCorpus;
import io.github.rnnotator.data.PairCorpus.TextPair;
import io.github.rnnotator.eval.EvaluationReport.LearningCurve;
import io.github.rnnotator.eval.pairs.PairMeasure;
import io.github.rnnotator.eval.pairs.PairReport;
import io.github.rnnotator.eval.pairs.PairScore;
import io.github.rnnotator.eval.significance.Bootstrap;
import io.github.rnnotator.tagger.transducer.PairFormat;
import io.github.rnnotator.tagger.transducer.Unit;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** The report of a transducer's outputs: its figures agree with the scores, in every form. */
class PairReportTest {
  private static final List<String> SYMBOLS = List.of("A", "B", "<b>", "&amp;", "\"", "가", "C");
  private static final PairFormat FORMAT =
      PairFormat.defaults().units(Unit.CHARACTERS, Unit.TOKENS);

  private static String text(SplittableRandom random) {
    List<String> symbols = new ArrayList<>();
    for (int i = random.nextInt(6); i > 0; i--) {
      symbols.add(SYMBOLS.get(random.nextInt(SYMBOLS.size())));
    }
    return String.join(" ", symbols);
  }

  private static PairCorpus corpus(SplittableRandom random) {
    List<TextPair> pairs = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      pairs.add(new TextPair("<w" + i + ">", text(random)));
    }
    return new PairCorpus("dev.tsv", pairs);
  }

  private static List<String> outputs(PairCorpus corpus, SplittableRandom random) {
    return corpus.pairs().stream()
        .map(pair -> random.nextBoolean() ? pair.target() : text(random))
        .toList();
  }

  private static PairReport report(PairCorpus corpus, List<String> outputs) {
    return corpus
        .report(outputs, FORMAT)
        .report(
            corpus.source(),
            "<model>.rnn",
            new Bootstrap(99, 1, 0.95),
            new LearningCurve("curve.csv", "epoch", List.of()));
  }

  private static JsonNode json(PairReport report) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    JsonReport.write(report, out);
    return new ObjectMapper().readTree(out.toByteArray());
  }

  @Test
  void figuresAreThoseOfTheScores() {
    for (long seed = 0; seed < 20; seed++) {
      SplittableRandom random = new SplittableRandom(seed);
      PairCorpus corpus = corpus(random);
      List<String> outputs = outputs(corpus, random);
      PairReport report = report(corpus, outputs);
      for (PairMeasure measure : PairMeasure.values()) {
        PairScore score = corpus.score(outputs, FORMAT, measure);
        assertThat(report.headline().get(measure.ordinal()).value())
            .isCloseTo(score.value(), within(1e-9));
        PairReport.Symbols symbols = report.symbols();
        assertThat(symbols.total()).isEqualTo(score.symbols());
        assertThat(symbols.replaced() + symbols.missing() + symbols.added())
            .isEqualTo(score.edits());
      }
      assertThat(report.mistakes())
          .isSortedAccordingTo((a, b) -> Long.compare(b.count(), a.count()));
      assertThat(report.worst()).isSortedAccordingTo((a, b) -> Long.compare(b.edits(), a.edits()));
      PairReport.WorstPair worst = report.worst().get(0);
      TextPair pair = corpus.pairs().get((int) worst.number() - 1);
      assertThat(worst.source()).isEqualTo(pair.source());
      assertThat(worst.target()).isEqualTo(pair.target());
    }
  }

  @Test
  void targetsWithoutSymbolsHaveTheSameAccuracyEverywhere() {
    PairCorpus empty = new PairCorpus("dev.tsv", List.of(new TextPair("a", "")));
    PairReport report = report(empty, List.of(""));
    assertThat(empty.score(List.of(""), FORMAT, PairMeasure.SYMBOLS).value()).isEqualTo(100);
    assertThat(report.headline().get(PairMeasure.SYMBOLS.ordinal()).value()).isEqualTo(100);
  }

  @Test
  void theJsonIsAsItsSchemaSays() throws Exception {
    SplittableRandom random = new SplittableRandom(1);
    PairCorpus corpus = corpus(random);
    JsonSchema schema =
        JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
            .getSchema(Files.readString(Path.of("docs/pair-evaluation.schema.json")));
    assertThat(schema.validate(json(report(corpus, outputs(corpus, random))))).isEmpty();
    List<String> right = corpus.pairs().stream().map(TextPair::target).toList();
    PairReport perfect = report(corpus, right);
    assertThat(schema.validate(json(perfect))).isEmpty();
    assertThat(perfect.mistakes()).isEmpty();
    JsonNode wrong = json(perfect);
    ((ObjectNode) wrong.get("symbols")).put("added", -1);
    assertThat(schema.validate(wrong)).isNotEmpty();
  }

  @Test
  void everyFigureOfThePageIsThatOfTheJson() throws Exception {
    SplittableRandom random = new SplittableRandom(2);
    PairCorpus corpus = corpus(random);
    PairReport report = report(corpus, outputs(corpus, random));
    JsonNode json = json(report);
    ByteArrayOutputStream page = new ByteArrayOutputStream();
    HtmlReport.write(report, page);
    String source = page.toString(UTF_8).replaceFirst("<!DOCTYPE html>", "");
    Document document =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(source.getBytes(UTF_8)));
    NodeList elements = document.getElementsByTagName("*");
    int figures = 0;
    for (int i = 0; i < elements.getLength(); i++) {
      Element element = (Element) elements.item(i);
      if (element.hasAttribute(Figure.POINTER)) {
        JsonNode value = json.at(element.getAttribute(Figure.POINTER));
        assertThat(value.isMissingNode()).as(element.getAttribute(Figure.POINTER)).isFalse();
        if (value.isTextual()) {
          assertThat(element.getTextContent()).isEqualTo(value.textValue());
        } else {
          assertThat(Double.parseDouble(element.getAttribute("value")))
              .isEqualTo(value.doubleValue());
        }
        figures++;
      }
    }
    assertThat(figures).isGreaterThan(100);
  }
}
