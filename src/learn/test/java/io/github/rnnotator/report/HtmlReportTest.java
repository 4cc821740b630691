package io.github.rnnotator.report;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import io.github.rnnotator.eval.EvaluationReport;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.parsers.DocumentBuilderFactory;
import javax.xml.parsers.ParserConfigurationException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.Node;
import org.w3c.dom.NodeList;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;

/** The page of a report, read back: every figure, every word, and what must not be in it. */
class HtmlReportTest {
  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2, 3})
  void everyFigureIsThatOfTheJson(long seed) {
    EvaluationReport report = Reports.full(seed);
    JsonNode json = Reports.json(report);
    int figures = 0;
    for (Element element : elements(page(report))) {
      if (element.hasAttribute(Figure.POINTER)) {
        JsonNode value = json.at(element.getAttribute(Figure.POINTER));
        assertThat(value.isMissingNode()).as(element.getAttribute(Figure.POINTER)).isFalse();
        if (value.isTextual()) {
          assertThat(element.getTextContent()).isEqualTo(shown(value.textValue()));
        } else {
          assertShows(element, value.decimalValue());
          assertThat(Double.parseDouble(element.getAttribute("value")))
              .isEqualTo(value.doubleValue());
        }
        figures++;
      }
    }
    assertThat(figures).isGreaterThan(300);
  }

  /** Rounded to the digits shown; a number of four significant digits to these. */
  private static void assertShows(Element element, BigDecimal value) {
    String text = element.getTextContent().replace(",", "").replace('−', '-');
    BigDecimal shown = new BigDecimal(text.replaceAll("[+±]", ""));
    BigDecimal expected = text.startsWith("±") ? value.abs() : value;
    BigDecimal half =
        new BigDecimal("0.5").movePointLeft(shown.scale()).add(new BigDecimal("1e-12"));
    boolean rounded = shown.subtract(expected).abs().compareTo(half) <= 0;
    assertThat(rounded).as(element.getAttribute(Figure.POINTER) + ": " + text).isTrue();
  }

  @Test
  void noDigitComesFromElsewhere() {
    for (Node text : texts(page(Reports.full(5)))) {
      String said = text.getTextContent().replaceAll("\\bF1\\b|CoNLL 2018", "");
      if (Pattern.compile("\\d").matcher(said).find() && !isFigure(text)) {
        throw new AssertionError("'" + said + "' is not a figure of the JSON");
      }
    }
  }

  /** A figure, a word or type of the data, or the scale of an axis. */
  private static boolean isFigure(Node text) {
    for (Node at = text.getParentNode(); at instanceof Element element; at = at.getParentNode()) {
      if (element.hasAttribute(Figure.POINTER)
          || Set.of("style", "title", "desc", "bdi").contains(element.getTagName())
          || Set.of("tick", "type").contains(element.getAttribute("class"))) {
        return true;
      }
    }
    return false;
  }

  @ParameterizedTest
  @ValueSource(longs = {0, 1, 2})
  void passagesHoldTheTokensOfTheJsonWhateverTheyAre(long seed) {
    EvaluationReport report = Reports.full(seed);
    JsonNode json = Reports.json(report);
    Set<String> seen = new HashSet<>();
    for (Element element : elements(page(report))) {
      if (element.hasAttribute(MarkedText.TOKENS)) {
        List<String> expected = new ArrayList<>();
        json.at(element.getAttribute(MarkedText.TOKENS))
            .forEach(t -> expected.add(shown(t.asText())));
        List<String> found = new ArrayList<>();
        elements(element).stream()
            .filter(e -> e.getTagName().equals("bdi"))
            .forEach(e -> found.add(e.getTextContent()));
        assertThat(found).isEqualTo(expected).isNotEmpty();
        seen.addAll(found);
      }
    }
    assertThat(seen).containsAll(Reports.HOSTILE.stream().map(HtmlReportTest::shown).toList());
  }

  private static String shown(String text) {
    return text.replaceAll("[\\x00\\x07\\uffff]", "\ufffd");
  }

  @Test
  void nothingRunsAndNothingIsFetched() {
    String source = source(Reports.full(7));
    Set<String> names = new HashSet<>();
    for (Element element : elements(page(Reports.full(7)))) {
      names.add(element.getTagName());
      for (int i = 0; i < element.getAttributes().getLength(); i++) {
        String attribute = element.getAttributes().item(i).getNodeName();
        String value = element.getAttributes().item(i).getNodeValue();
        assertThat(attribute).doesNotStartWith("on").isNotIn("src", "srcset", "xlink:href");
        if (attribute.equals("href")) {
          assertThat(value).matches("#[\\w-]+");
        }
        if (attribute.equals("style")) {
          assertThat(value).matches("(--h|inline-size|inset-inline-start|;|:|%|[\\d.])*");
        }
      }
    }
    assertThat(names)
        .doesNotContain(
            "script", "link", "img", "iframe", "object", "embed", "base", "form", "use");
    String style = source.substring(source.indexOf("<style>"), source.indexOf("</style>"));
    assertThat(style).doesNotContain("url(", "@import", "expression", "http");
    assertThat(source).doesNotContain("<script", "<img", "http:", "https:");
  }

  @Test
  void pageIsAccessible() {
    Document page = page(Reports.full(2));
    int level = 0;
    int titles = 0;
    Set<String> ids = new HashSet<>();
    for (Element element : elements(page)) {
      String name = element.getTagName();
      if (name.matches("h[1-6]")) {
        int next = name.charAt(1) - '0';
        assertThat(next).as(element.getTextContent()).isLessThanOrEqualTo(level + 1);
        titles += next == 1 ? 1 : 0;
        level = next;
      }
      if (element.hasAttribute("id")) {
        assertThat(ids.add(element.getAttribute("id"))).isTrue();
      }
      if (name.equals("table")) {
        assertThat(element.getElementsByTagName("caption").getLength()).isEqualTo(1);
        assertThat(element.getElementsByTagName("thead").getLength()).isEqualTo(1);
      }
      if (name.equals("th")) {
        assertThat(element.getAttribute("scope")).isIn("col", "row");
      }
      if (name.equals("svg")) {
        assertThat(element.getAttribute("role")).isEqualTo("img");
        for (String part : element.getAttribute("aria-labelledby").split(" ")) {
          assertThat(source(Reports.full(2))).contains("id=\"" + part + "\"");
        }
        assertThat(element.getElementsByTagName("title").item(0).getTextContent()).isNotBlank();
        assertThat(element.getElementsByTagName("desc").item(0).getTextContent()).isNotBlank();
      }
    }
    assertThat(titles).isEqualTo(1);
    assertThat(page.getDocumentElement().getAttribute("lang")).isEqualTo("en");
  }

  @Test
  void rowsHaveAsManyCellsAsTheirHead() {
    for (Element table : elements(page(Reports.full(4)))) {
      if (table.getTagName().equals("table")) {
        NodeList rows = table.getElementsByTagName("tr");
        for (int i = 1; i < rows.getLength(); i++) {
          assertThat(width(rows.item(i))).isEqualTo(width(rows.item(0)));
        }
      }
    }
  }

  private static int width(Node row) {
    int width = 0;
    for (Node cell = row.getFirstChild(); cell != null; cell = cell.getNextSibling()) {
      String span = ((Element) cell).getAttribute("colspan");
      width += span.isEmpty() ? 1 : Integer.parseInt(span);
    }
    return width;
  }

  @Test
  void unknownFiguresAreLeftOut() {
    String page = source(Reports.perfect());
    assertThat(page)
        .contains("By type", "All tags are as the scheme allows")
        .doesNotContain("training data", "Are probabilities", "Learning curve", "most errors")
        .doesNotContain("raw text", "NaN", "null");
  }

  @Test
  void theSameReportIsTheSamePage() {
    assertThat(source(Reports.full(9))).isEqualTo(source(Reports.full(9)));
  }

  private static String source(EvaluationReport report) {
    try {
      ByteArrayOutputStream out = new ByteArrayOutputStream();
      HtmlReport.write(report, out);
      return out.toString(UTF_8);
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** The page is well-formed XML, so that no browser has to guess. */
  private static Document page(EvaluationReport report) {
    try {
      return DocumentBuilderFactory.newInstance()
          .newDocumentBuilder()
          .parse(new InputSource(new StringReader(source(report))));
    } catch (SAXException | IOException | ParserConfigurationException e) {
      throw new AssertionError(e);
    }
  }

  private static List<Element> elements(Node root) {
    List<Element> found = new ArrayList<>();
    if (root instanceof Element element) {
      found.add(element);
    }
    for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
      found.addAll(elements(child));
    }
    return found;
  }

  private static List<Node> texts(Node root) {
    List<Node> found = new ArrayList<>();
    if (root.getNodeType() == Node.TEXT_NODE) {
      found.add(root);
    }
    for (Node child = root.getFirstChild(); child != null; child = child.getNextSibling()) {
      found.addAll(texts(child));
    }
    return found;
  }
}
