package io.github.rnnotator.lucene;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
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
  @TempDir Path folder;

  /** The indented block with this text, without its indent. */
  private static String block(String part) throws IOException {
    String page = Files.readString(Path.of("docs/lucene.md"));
    return Pattern.compile("(?m)(?:^ {4}.*\n|^\n(?= {4}))+")
        .matcher(page)
        .results()
        .map(result -> result.group().replaceAll("(?m)^ {4}", "").strip())
        .filter(block -> block.contains(part))
        .findFirst()
        .orElseThrow();
  }

  /** Runs a program with the words of its command on the page. */
  private List<String> run(String program) throws Exception {
    Files.writeString(folder.resolve(program + ".java"), block("class " + program + " "));
    String command =
        block("java --add-modules jdk.incubator.vector -cp \"$CP\" " + program + ".java")
            .lines()
            .filter(line -> line.contains(program + ".java"))
            .findFirst()
            .orElseThrow();
    String classpath =
        Arrays.stream(System.getProperty("java.class.path").split(File.pathSeparator))
            .filter(entry -> !entry.endsWith("test-classes") && !entry.endsWith("-tests.jar"))
            .collect(Collectors.joining(File.pathSeparator));
    List<String> words =
        Pattern.compile("\"([^\"]*)\"|(\\S+)")
            .matcher(command)
            .results()
            .map(LuceneDocsTest::word)
            .map(word -> word.equals("$CP") ? classpath : word)
            .collect(Collectors.toCollection(ArrayList::new));
    words.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    Path errors = folder.resolve("errors");
    Process process =
        new ProcessBuilder(words).directory(folder.toFile()).redirectError(errors.toFile()).start();
    String out = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(Files.readString(errors)).isZero();
    return out.lines().toList();
  }

  private static String word(MatchResult word) {
    return word.group(1) == null ? word.group(2) : word.group(1);
  }

  @Test
  void theSearchPrintsWhatThePageSays() throws Exception {
    assertThat(run("Search")).isEqualTo(block("text:mouse -> ").lines().toList());
  }

  @Test
  void theWordsHaveTheirOffsetsAndTags() throws Exception {
    assertThat(run("Words"))
        .containsExactly(
            "She 0-3 PRON",
            "lives 4-9 VERB",
            "in 10-12 ADP",
            "Berlin 13-19 PROPN",
            "location:berlin 13-19 null",
            ". 19-20 PUNCT");
  }

  /** Builds the chain of the schema by the names and the parameters in it. */
  @Test
  void theSchemaIsAChainOfOurs() throws Exception {
    NodeList nodes =
        DocumentBuilderFactory.newInstance()
            .newDocumentBuilder()
            .parse(new ByteArrayInputStream(block("<analyzer>").getBytes(StandardCharsets.UTF_8)))
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
              "jane NNP", "person:jane adams ", "adams NNP", "leave VBD", "berlin NNP", ". .");
    }
  }

  @Test
  void theVersionIsThatOfTheBuild() throws IOException {
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<lucene.version>" + version() + "</lucene.version>");
  }

  private static String version() throws IOException {
    List<String> versions =
        Pattern.compile("<version>([^<]+)</version>")
            .matcher(block("<artifactId>lucene-analysis-common"))
            .results()
            .map(result -> result.group(1))
            .toList();
    return versions.get(versions.size() - 1);
  }
}
