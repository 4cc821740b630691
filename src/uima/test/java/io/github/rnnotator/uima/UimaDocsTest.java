package io.github.rnnotator.uima;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.DocsPage;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
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
