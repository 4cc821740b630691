package io.github.rnnotator.corenlp;

import static org.assertj.core.api.Assertions.assertThat;

import edu.stanford.nlp.pipeline.StanfordCoreNLP;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.ejml.data.FMatrixRMaj;
import org.ejml.simple.SimpleMatrix;
import org.junit.jupiter.api.Test;

/** EJML has CoreNLP's version: a newer one breaks its sentiment models. */
class EjmlVersionTest {
  @Test
  void theBuildHasTheVersionThatCoreNlpPins() throws Exception {
    Path jar =
        Path.of(StanfordCoreNLP.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    // Maven keeps a library's POM next to its jar.
    String theirs = Files.readString(Path.of(jar.toString().replaceAll("jar$", "pom")));
    Matcher pinned =
        Pattern.compile(
                "<groupId>org.ejml</groupId>\\s*<artifactId>ejml-[a-z]+</artifactId>\\s*"
                    + "<version>([^<]+)</version>")
            .matcher(theirs);
    List<String> versions = pinned.results().map(found -> found.group(1)).distinct().toList();
    assertThat(versions).hasSize(1);
    assertThat(Files.readString(Path.of("pom.xml")))
        .contains("<ejml.version>" + versions.get(0) + "</ejml.version>");
  }

  @Test
  void theTestsRunWithTheVersionThatTheyAreMeantFor() {
    // Not EjmlVersion.VERSION: javac would write its value into this test.
    for (Class<?> type : List.of(FMatrixRMaj.class, SimpleMatrix.class)) {
      assertThat(type.getProtectionDomain().getCodeSource().getLocation().getPath())
          .contains(System.getProperty("ejml.expected"));
    }
    assertThat(
            Stream.of(System.getProperty("java.class.path").split(File.pathSeparator))
                .filter(entry -> entry.contains("ejml-"))
                .filter(entry -> !entry.contains(System.getProperty("ejml.expected"))))
        .isEmpty();
  }
}
