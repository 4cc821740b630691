package io.github.rnnotator;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClasses;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/** The table of rooms: which package may use which. */
class ArchitectureTest {
  private static final String ROOT = "io.github.rnnotator";

  private static final List<String> MODULES =
      List.of("core", "formats", "learn", "onnx", "corenlp", "opennlp", "lucene", "uima", "app");

  private static final Map<String, Set<String>> ROOMS = new LinkedHashMap<>();

  static {
    ROOMS.put("text", Set.of());
    ROOMS.put("io", Set.of("text"));
    ROOMS.put("formats", Set.of("text", "io"));
    ROOMS.put("ops", Set.of());
    ROOMS.put("nn", Set.of("ops"));
    ROOMS.put("embed", Set.of("text", "nn", "ops"));
    ROOMS.put("vectors", Set.of("text", "io", "embed"));
    ROOMS.put("tagger", Set.of("text", "nn", "ops", "embed"));
    ROOMS.put("onnx", Set.of("text", "nn", "ops", "embed", "tagger"));
    ROOMS.put("eval", Set.of("text", "formats", "io"));
    ROOMS.put("segment", Set.of("text", "tagger"));
    ROOMS.put("annotate", Set.of("text", "tagger", "segment"));
    ROOMS.put(
        "data",
        Set.of(
            "text", "formats", "io", "vectors", "embed", "segment", "annotate", "tagger", "eval"));
    ROOMS.put("report", Set.of("text", "formats", "io", "eval"));
    ROOMS.put("keras", Set.of("nn", "ops", "tagger", "report"));
    ROOMS.put(
        "train",
        Set.of(
            "text", "formats", "io", "nn", "ops", "embed", "segment", "tagger", "eval", "data",
            "report"));
    ROOMS.put(
        "pretrain",
        Set.of(
            "text", "io", "vectors", "nn", "ops", "embed", "segment", "tagger", "eval", "data",
            "train"));
    ROOMS.put("corenlp", Set.of("text", "tagger", "segment"));
    ROOMS.put("opennlp", Set.of("text", "tagger", "segment"));
    ROOMS.put("lucene", Set.of("text", "tagger", "segment", "annotate"));
    ROOMS.put("uima", Set.of("text", "tagger", "segment"));
    ROOMS.put("render", Set.of("text", "formats", "io"));
    ROOMS.put("batch", Set.of("text", "formats", "io", "annotate"));
    ROOMS.put("serve", Set.of("text", "formats", "io", "tagger", "segment", "annotate", "render"));
    ROOMS.put(
        "cli",
        Set.of(
            "render",
            "text",
            "formats",
            "io",
            "vectors",
            "nn",
            "ops",
            "embed",
            "tagger",
            "onnx",
            "data",
            "train",
            "pretrain",
            "eval",
            "report",
            "segment",
            "annotate",
            "batch",
            "serve"));
  }

  private static final JavaClasses CLASSES = OwnClasses.all();

  @Test
  void everyPackageIsARoom() throws IOException {
    Set<String> names = new TreeSet<>();
    for (String module : MODULES) {
      Path sources = Path.of("src", module, "main/java/io/github/rnnotator");
      try (Stream<Path> folders = Files.list(sources)) {
        folders.filter(Files::isDirectory).forEach(f -> names.add(f.getFileName().toString()));
      }
    }
    assertThat(names).isEqualTo(new TreeSet<>(ROOMS.keySet()));
  }

  @Test
  void aRoomUsesOnlyTheRoomsItMay() {
    ROOMS.forEach(
        (room, allowed) -> {
          String[] forbidden =
              ROOMS.keySet().stream()
                  .filter(other -> !other.equals(room) && !allowed.contains(other))
                  .map(other -> ROOT + "." + other + "..")
                  .toArray(String[]::new);
          if (forbidden.length > 0) {
            noClasses()
                .that()
                .resideInAPackage(ROOT + "." + room + "..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(forbidden)
                .check(CLASSES);
          }
        });
  }

  @Test
  void layersDoNotKnowHeads() {
    noClasses()
        .that()
        .resideInAPackage(ROOT + ".nn")
        .should()
        .dependOnClassesThat()
        .resideInAPackage(ROOT + ".nn.head..")
        .check(CLASSES);
  }

  @Test
  void vectorTypesStayInTheVectorOps() {
    noClasses()
        .that()
        .haveNameNotMatching(".*\\.ops\\.Vector\\w+")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("jdk.incubator.vector..")
        .check(CLASSES);
  }

  @Test
  void openNlpStaysInItsAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".opennlp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("opennlp..")
        .check(CLASSES);
  }

  @Test
  void luceneStaysInItsAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".lucene..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.apache.lucene..")
        .check(CLASSES);
  }

  @Test
  void uimaStaysInItsAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".uima..")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage("org.apache.uima..", "de.tudarmstadt..")
        .check(CLASSES);
  }

  @Test
  void coreNlpStaysInItsAdapter() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".corenlp..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("edu.stanford..")
        .check(CLASSES);
  }

  @Test
  void matricesStayBelowTheModelFile() {
    noClasses()
        .that()
        .resideOutsideOfPackages(
            ROOT + ".ops..",
            ROOT + ".nn..",
            ROOT + ".embed..",
            ROOT + ".tagger..",
            ROOT + ".onnx..",
            ROOT + ".keras..",
            ROOT + ".train..",
            ROOT + ".pretrain..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("org.ejml..")
        .check(CLASSES);
  }

  @Test
  void chanceAndCalibrationKnowNoScores() {
    noClasses()
        .that()
        .resideInAnyPackage(ROOT + ".eval.significance", ROOT + ".eval.calibration")
        .should()
        .dependOnClassesThat()
        .resideInAnyPackage(ROOT + ".eval", ROOT + ".eval.align")
        .check(CLASSES);
  }

  @Test
  void flagsStayInTheCommandLine() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .should()
        .dependOnClassesThat()
        .resideInAPackage("picocli..")
        .check(CLASSES);
  }

  /** {@code System.out} swallows every failure: a full disk would go unnoticed. */
  @Test
  void nothingPrintsOnSystemOut() {
    noClasses().should().accessField(System.class, "out").check(CLASSES);
  }

  /** A program of an adapter, which {@code cli} can't have without the other library. */
  @Test
  void onlyTheCommandLinePrintsOrExits() {
    noClasses()
        .that()
        .resideOutsideOfPackage(ROOT + ".cli..")
        .and()
        .doNotHaveSimpleName("InceptionMain")
        .should()
        .accessField(System.class, "err")
        .orShould()
        .callMethod(System.class, "exit", int.class)
        .check(CLASSES);
  }

  @Test
  void nothingIsDeserializedAsAnObject() {
    noClasses()
        .should()
        .dependOnClassesThat()
        .haveFullyQualifiedName("java.io.ObjectInputStream")
        .check(CLASSES);
  }
}
