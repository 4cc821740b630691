package io.github.rnnotator.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.w3c.dom.NodeList;

class AttentionPlotTest {
  private static Document plot(List<String> source, List<String> target, float[][] weights)
      throws Exception {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    AttentionPlot.write(out, source, target, weights);
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new ByteArrayInputStream(out.toByteArray()));
  }

  private static List<String> strokes(Document svg, String width) {
    List<String> strokes = new ArrayList<>();
    NodeList paths = svg.getElementsByTagName("path");
    for (int i = 0; i < paths.getLength(); i++) {
      if (paths.item(i).getAttributes().getNamedItem("stroke-width").getNodeValue().equals(width)) {
        strokes.add(paths.item(i).getAttributes().getNamedItem("stroke").getNodeValue());
      }
    }
    return strokes;
  }

  @Test
  void aSquarePerPairIsAsDarkAsItsWeight() throws Exception {
    Document svg =
        plot(
            List.of("a", "b", ""),
            List.of("AA", ""),
            new float[][] {{1, 0, 0}, {0.25f, 0.5f, 0.25f}});
    assertThat(strokes(svg, "26.0"))
        .containsExactly("#1f4e9c", "#ffffff", "#ffffff", "#c7d3e6", "#8fa7ce", "#c7d3e6");
    NodeList texts = svg.getElementsByTagName("text");
    List<String> labels = new ArrayList<>();
    for (int i = 0; i < texts.getLength(); i++) {
      labels.add(texts.item(i).getTextContent());
    }
    assertThat(labels).containsExactly("AA", "∎", "a", "b", "∎");
  }

  @Test
  void symbolsStayText() throws Exception {
    Document svg = plot(List.of("<b>"), List.of("&"), new float[][] {{1}});
    assertThat(svg.getElementsByTagName("text").item(0).getTextContent()).isEqualTo("&");
    assertThat(svg.getElementsByTagName("b").getLength()).isZero();
  }
}
