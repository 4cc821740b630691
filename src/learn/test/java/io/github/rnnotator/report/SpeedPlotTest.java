package io.github.rnnotator.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.report.SpeedPlot.Program;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

class SpeedPlotTest {
  private static final List<String> METRICS = List.of("UPOS", "NER");

  /** A dot, which is a stroke as long as it is wide. */
  private record Dot(double x, double y, String colour) {}

  private static Document plot(Program... programs) throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    SpeedPlot.write(out, "Speed", METRICS, List.of(programs));
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(out.toByteArray()));
  }

  /** The dots of the programs from left to right, then those of the legend. */
  private static List<Dot> dots(Document svg) {
    List<Dot> dots = new ArrayList<>();
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      NamedNodeMap path = paths.item(i).getAttributes();
      if (path.getNamedItem("stroke-width").getNodeValue().equals("9.0")) {
        String[] place = path.getNamedItem("d").getNodeValue().substring(1).split(" ");
        dots.add(
            new Dot(
                Double.parseDouble(place[0]),
                Double.parseDouble(place[1]),
                path.getNamedItem("stroke").getNodeValue()));
      }
    }
    return dots;
  }

  @Test
  void aTenfoldSpeedIsTheSameDistanceEverywhere() throws Exception {
    Map<String, Double> scores = Map.of("UPOS", 95.0);
    List<Dot> dots =
        dots(
            plot(
                new Program("b", 10_000, scores),
                new Program("c", 100_000, scores),
                new Program("a", 1_000, scores)));
    double first = dots.get(1).x() - dots.get(0).x();
    assertThat(first).isPositive();
    assertThat(dots.get(2).x() - dots.get(1).x()).isCloseTo(first, within(0.2));
  }

  @Test
  void aHigherScoreIsHigher() throws Exception {
    List<Dot> dots =
        dots(
            plot(
                new Program("a", 1_000, Map.of("UPOS", 90.0, "NER", 60.0)),
                new Program("b", 2_000, Map.of("UPOS", 95.0, "NER", 60.0))));
    assertThat(dots.get(2).y()).isLessThan(dots.get(0).y());
    assertThat(dots.get(0).y()).isLessThan(dots.get(1).y());
    assertThat(dots.get(3).y()).isEqualTo(dots.get(1).y());
  }

  @Test
  void aMissingScoreHasNoDotAndKeepsTheOthersColours() throws Exception {
    List<Dot> dots =
        dots(
            plot(
                new Program("a", 1_000, Map.of("UPOS", 90.0, "NER", 60.0)),
                new Program("b", 2_000, Map.of("NER", 70.0))));
    assertThat(dots).hasSize(3 + METRICS.size());
    assertThat(dots.get(2).colour())
        .isEqualTo(dots.get(1).colour())
        .isNotEqualTo(dots.get(0).colour());
    assertThat(dots.get(4).colour()).isEqualTo(dots.get(1).colour());
  }

  @Test
  void otherScoresChangeNothing() throws Exception {
    Program only = new Program("a", 1_000, Map.of("UPOS", 90.0));
    Program more = new Program("a", 1_000, Map.of("UPOS", 90.0, "Tokens", 20.0));
    assertThat(dots(plot(more))).isEqualTo(dots(plot(only)));
  }

  @Test
  void namesStayText() throws Exception {
    Document svg = plot(new Program("<b>", 1_000, Map.of("UPOS", 90.0)));
    assertThat(svg.getElementsByTagName("b").getLength()).isZero();
  }

  @Test
  void aSpeedMustBePositive() {
    for (double speed : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> new Program("a", speed, Map.of()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining("words/s");
    }
  }
}
