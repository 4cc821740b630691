package io.github.rnnotator.uima;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.DocsPage;
import java.io.BufferedReader;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.uima.cas.CAS;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The programs and commands of docs/uima.md, verbatim. */
class UimaDocsTest {
  private static final DocsPage PAGE = new DocsPage(Path.of("docs/uima.md"));

  @TempDir Path folder;

  @Test
  void theProgramPrintsWhatThePageSays() throws Exception {
    assertThat(PAGE.run("Tags", folder)).isEqualTo(PAGE.block("mice NNS mouse").lines().toList());
  }

  @Test
  void thePipelineFindsTheNames() throws Exception {
    assertThat(PAGE.run("Names", folder)).containsExactly("PER Jane Adams", "LOC Berlin");
  }

  /** The server of the page starts, on a free port, and says where it is. */
  @Test
  void theRecommenderAnswersWhereItSays() throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(PAGE.block("uima.InceptionMain").replace("-m en ", "-m en-fast ").split(" ")));
    command.set(0, Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.set(command.indexOf("\"$CP\""), System.getProperty("java.class.path"));
    command.set(command.indexOf("8086"), "0");
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    try (BufferedReader out = process.inputReader(StandardCharsets.UTF_8)) {
      String line =
          out.lines().filter(l -> l.startsWith("External recommender")).findFirst().orElseThrow();
      assertThat(line).matches("External recommender for INCEpTION on http://[\\w.:]+:\\d+/");
      CAS document = InceptionCases.document("Jane Adams lives in Berlin.");
      String name = "de.tudarmstadt.ukp.dkpro.core.api.ner.type.NamedEntity";
      HttpRequest request =
          HttpRequest.newBuilder(
                  URI.create(line.substring(line.indexOf("http"))).resolve("predict"))
              .header("Content-Type", "application/json")
              .POST(
                  BodyPublishers.ofString(
                      InceptionCases.predict(document, name, "value", "tokens")))
              .build();
      String answer = HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).body();
      assertThat(InceptionCases.predictions(document, answer, name, "value"))
          .containsExactly("PER Jane Adams", "LOC Berlin");
    } finally {
      process.destroy();
    }
  }

  @Test
  void versionsAreThoseOfTheBuild() throws IOException {
    String pom = Files.readString(Path.of("pom.xml"));
    assertThat(pom)
        .contains("<uima.version>" + PAGE.version("uimafit-core") + "</uima.version>")
        .contains("<dkpro.version>" + PAGE.version("dkpro-core-api-ner-asl") + "</dkpro.version>")
        .contains(
            "<dkpro.version>"
                + PAGE.version("dkpro-core-api-segmentation-asl")
                + "</dkpro.version>");
  }
}
