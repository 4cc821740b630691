package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The Java on the pages is compiled and run verbatim, each page from top to bottom as one program.
 * A comment after {@code System.out.println(...);} is its output, except for tags and
 * probabilities, which depend on the model.
 */
class JavaSnippetsTest {
  private static final List<String> PAGES =
      List.of("README.md", "README.ko.md", "docs/library.md", "docs/coming-from.md");

  /** Pages whose programs run elsewhere, and where. */
  private static final Set<String> ELSEWHERE =
      Set.of(
          "docs/corenlp.md", // AdapterDocsTest
          "docs/opennlp.md", // AdapterDocsTest
          "docs/lucene.md", // LuceneDocsTest
          "docs/uima.md", // UimaDocsTest
          "docs/onnx.md", // OnnxExportTest
          "docs/batch.md", // RnnotatorTaggerTest, with Spark
          "docs/how-it-works.md"); // lines of our sources, DocsTest

  private static final Pattern PRINTED =
      Pattern.compile("System\\.out\\.println\\((.*)\\); +// (.*)");

  @TempDir Path folder;

  private static boolean isJava(String block) {
    return Pattern.compile("(?m);( +//.*)?$").matcher(block).find()
        && !block.contains("#!")
        && !block.contains("=\"")
        && !block.contains("import json");
  }

  @Test
  void everyProgramCompilesAndPrintsWhatItSays() throws Exception {
    Set<String> imports = new LinkedHashSet<>();
    for (String room :
        List.of(
            "annotate",
            "formats",
            "io",
            "vectors",
            "data",
            "embed",
            "eval",
            "keras",
            "nn",
            "nn.head",
            "nn.seq2seq",
            "opennlp",
            "ops",
            "segment",
            "tagger",
            "tagger.pretrained",
            "tagger.transducer",
            "text",
            "pretrain",
            "train")) {
      imports.add("import io.github.rnnotator." + room + ".*;");
    }
    imports.add("import java.io.*;");
    imports.add("import java.nio.file.*;");
    imports.add("import java.util.*;");
    imports.add("import java.util.stream.Stream;");
    imports.add("import opennlp.tools.postag.POSTagger;");
    StringBuilder classes = new StringBuilder();
    StringBuilder calls = new StringBuilder();
    int programs = 0;
    for (String page : PAGES) {
      String name = "Page" + programs++;
      StringBuilder body = new StringBuilder();
      for (String block : Markdown.read(page).blocks()) {
        if (!isJava(block)) {
          continue;
        }
        boolean whole = block.contains("public static void main");
        StringBuilder to = whole ? classes : body;
        for (String line : block.split("\n")) {
          if (line.startsWith("import ")) {
            imports.add(line);
          } else {
            to.append(PRINTED.matcher(line).replaceAll(JavaSnippetsTest::check)).append('\n');
          }
        }
        if (whole) {
          Matcher main = Pattern.compile("class (\\w+)").matcher(block);
          assertThat(main.find()).isTrue();
          calls.append(main.group(1)).append(".main(new String[] {\"Peter\", \"lives\"});\n");
        }
      }
      assertThat(body).as(page).isNotEmpty();
      calls.append(name).append(".run();\n");
      classes
          .append("class " + name + " {\n static void run() throws Exception {\n")
          .append("float[][][] vectors = {new float[5][100], new float[2][100]};\n")
          .append(body)
          .append("}\n}\n");
    }
    String program =
        String.join("\n", imports)
            + "\nclass Docs {\n public static void main(String[] args) throws Exception {\n"
            + calls
            + "}\n"
            + """
            static void check(String expected, Object printed) {
              System.out.println("CHECK\\t" + expected + "\\t" + printed);
            }
            }
            """
            + classes;
    DocsFolder docs = DocsFolder.create(folder);
    Files.writeString(folder.resolve("Docs.java"), program);
    String classpath =
        String.join(
            File.pathSeparator, docs.bundled().toString(), Command.classpath(entry -> true));
    List<String> printed =
        new Command(
                "java --add-modules jdk.incubator.vector -cp \"$CP\" Docs.java", classpath, folder)
            .run();
    int checked = 0;
    for (String line : printed) {
      String[] cells = line.split("\t");
      if (cells[0].equals("CHECK")) {
        assertThat(shape(cells[2])).as(line).isEqualTo(shape(cells[1]));
        checked++;
      }
    }
    assertThat(checked).isGreaterThan(15);
    assertThat(Files.readAllLines(folder.resolve("tagged.conllu")))
        .hasSameSizeAs(Files.readAllLines(folder.resolve("corpora/sample/en.conllu")));
  }

  private static String check(MatchResult printed) {
    return Matcher.quoteReplacement(
        "Docs.check(\"" + printed.group(2) + "\", " + printed.group(1) + ");");
  }

  /** The same text whatever the tags and probabilities in it. */
  private static String shape(String printed) {
    return printed
        .replaceAll("\\b[A-Z][A-Z]*(-[A-Z]+)?\\b", "TAG")
        .replaceAll("\\d+\\.\\d+(E-\\d+)?", "N");
  }

  /** A page with Java that is not run would go stale. */
  @Test
  void everyPageWithJavaIsRunSomewhere() throws Exception {
    List<String> found = new ArrayList<>();
    for (Markdown page : Markdown.pages()) {
      String name = page.file().toString().replace('\\', '/');
      if (page.blocks().stream().anyMatch(JavaSnippetsTest::isJava) && !PAGES.contains(name)) {
        found.add(name);
      }
    }
    assertThat(found).containsExactlyInAnyOrderElementsOf(ELSEWHERE);
  }
}
