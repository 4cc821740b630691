package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.DocsPage;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.apache.lucene.analysis.Analyzer;
import org.apache.lucene.analysis.custom.CustomAnalyzer;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.w3c.dom.Element;
import org.w3c.dom.NamedNodeMap;
import org.w3c.dom.NodeList;

/** The programs, commands and settings of docs/lucene.md, verbatim. */
class LuceneDocsTest {
  private static final DocsPage PAGE = new DocsPage(Path.of("docs/lucene.md"));

  @TempDir Path folder;

  @Test
  void theSearchPrintsWhatThePageSays() throws Exception {
    assertThat(PAGE.run("Search", folder)).isEqualTo(PAGE.block("text:mouse -> ").lines().toList());
  }

  @Test
  void theWordsHaveTheirOffsetsAndTags() throws Exception {
    assertThat(PAGE.run("Words", folder))
        .containsExactly(
            "She 0-3 PRON",
            "lives 4-9 VERB",
            "in 10-12 ADP",
            "Berlin 13-19 PROPN",
            "location:berlin 13-19 null");
  }

  /** Builds the chain of the schema by the names and the parameters in it. */
  @Test
  void theSchemaIsAChainOfOurs() throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(
                new ByteArrayInputStream(PAGE.block("<analyzer>").getBytes(StandardCharsets.UTF_8)))
            .getDocumentElement()
            .getElementsByTagName("*");
    CustomAnalyzer.Builder builder = CustomAnalyzer.builder();
    for (int i = 0; i < nodes.getLength(); i++) {
      Element element = (Element) nodes.item(i);
      List<String> parameters = new ArrayList<>();
      NamedNodeMap attributes = element.getAttributes();
      for (int k = 0; k < attributes.getLength(); k++) {
        if (!attributes.item(k).getNodeName().equals("name")) {
          parameters.add(attributes.item(k).getNodeName());
          parameters.add(attributes.item(k).getNodeValue());
        }
      }
      String[] all = parameters.toArray(String[]::new);
      if (element.getTagName().equals("tokenizer")) {
        builder.withTokenizer(element.getAttribute("name"), all);
      } else {
        builder.addTokenFilter(element.getAttribute("name"), all);
      }
    }
    try (Analyzer analyzer = builder.build()) {
      assertThat(FoundToken.of(analyzer, "Jane Adams left Berlin."))
          .extracting(token -> token.term().toLowerCase(Locale.ROOT) + " " + token.payload())
          .containsExactly(
              "jane NNP", "person:jane adams ", "adams NNP", "leave VBD", "berlin NNP");
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains(
            "<lucene.version>" + PAGE.version("lucene-analysis-common") + "</lucene.version>");
  }
}
