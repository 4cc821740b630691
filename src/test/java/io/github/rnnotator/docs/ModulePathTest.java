package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A module that requires ours finds what it needs, and the libraries of its own choice. */
class ModulePathTest {
  private static final Path LIBRARIES = Path.of("target/lib").toAbsolutePath();

  @TempDir static Path folder;

  private static String app;

  /** Our classes as a jar, and a module that uses them. */
  @BeforeAll
  static void buildModules() throws IOException {
    Path manifest = Files.writeString(folder.resolve("manifest"), "Multi-Release: true\n");
    String jar = folder.resolve("rnnotator.jar").toString();
    run(
        "jar",
        "--create",
        "--file",
        jar,
        "--manifest",
        manifest.toString(),
        "-C",
        "target/classes",
        ".");
    Path sources = Files.createDirectories(folder.resolve("src/app"));
    Files.writeString(
        sources.resolve("module-info.java"), "module app { requires io.github.rnnotator; }");
    Files.writeString(
        Files.createDirectories(sources.resolve("app")).resolve("Main.java"),
        """
        package app;
        import io.github.rnnotator.pipeline.*;
        import io.github.rnnotator.tagger.Tagger;
        import io.github.rnnotator.text.Sentence;
        public class Main {
          public static void main(String[] text) throws Exception {
            Tagger tagger = Tagger.bundled("en-fast");
            System.out.println(text.length == 0
                ? tagger.tag(Sentence.of("Anna", "left")).tags("ner").tags()
                : new TextPipeline(TextSegmenter.english(), tagger::tagDocument).annotate(String.join(" ", text)).sentences().size());
          }
        }
        """);
    app = folder.resolve("out").toString();
    run(
        "javac",
        "-d",
        app,
        "--module-path",
        jar + File.pathSeparator + LIBRARIES,
        "--module-source-path",
        folder.resolve("src").toString(),
        "-m",
        "app");
    app += File.pathSeparator + jar;
  }

  private static void run(String tool, String... arguments) {
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    assertThat(ToolProvider.findFirst(tool).orElseThrow().run(out, out, arguments))
        .as(said.toString())
        .isZero();
  }

  private static List<String> start(String libraries, String... more) throws Exception {
    List<String> command =
        new ArrayList<>(List.of("java", "--module-path", app + File.pathSeparator + libraries));
    command.addAll(Arrays.asList(more));
    String line = String.join(" ", command);
    return new Command(line, "", folder).run();
  }

  private static String libraries(String names) throws IOException {
    try (Stream<Path> all = Files.list(LIBRARIES)) {
      return all.filter(jar -> jar.getFileName().toString().matches(names))
          .map(Path::toString)
          .collect(Collectors.joining(File.pathSeparator));
    }
  }

  @Test
  void aTaggerNeedsEjmlJacksonAndSlf4jAlone() throws Exception {
    String few = libraries("(ejml|jackson-(core|databind|annotations|module)|slf4j-api).*");
    assertThat(start(few, "-m", "app/app.Main")).contains("[B-PER, O]");
    assertThat(start(LIBRARIES.toString(), "-m", "app/app.Main")).contains("[B-PER, O]");
  }

  @Test
  void allLibrariesMayBeModules() throws Exception {
    String all = LIBRARIES.toString();
    assertThat(start(all, "--add-modules=ALL-MODULE-PATH", "-m", "app/app.Main"))
        .contains("[B-PER, O]");
    assertThat(
            start(all, "--add-modules=ALL-MODULE-PATH", "-m", "app/app.Main", "She came. He left."))
        .contains("2");
  }
}
