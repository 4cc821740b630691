package io.github.rnnotator.docs;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.train.JointTagger;
import java.io.File;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** CoreNLP and OpenNLP are needed only where they are used. */
class BareClasspathTest {
  private static final List<String> FORMS =
      List.of("The", "council", "of", "Redmere", "voted", ".");

  @TempDir Path folder;

  private List<String> expected() {
    return JointTagger.get().tag(Sentence.of(FORMS)).tags().values().stream()
        .map(tags -> String.join(" ", tags.tags()))
        .toList();
  }

  private List<String> run(String classpath, String command) throws Exception {
    return new Command(command, classpath, folder).run();
  }

  /** EJML, Jackson and our own classes are all that a tagger needs. */
  @Test
  void aTaggerNeedsNoNaturalLanguageLibrary() throws Exception {
    JointTagger.write(folder);
    String classpath =
        Command.classpath(
            entry ->
                Command.isModule(entry, "core|model-.*")
                    || entry.matches(
                        ".*[/\\\\](ejml|jackson-(core|annotations|databind))-[^/\\\\]*\\.jar"));
    assertThat(classpath).doesNotContain("opennlp", "stanford", "picocli");
    String tests = Path.of("target/rnnotator-app/test-classes").toAbsolutePath().toString();
    assertThat(
            run(
                classpath + File.pathSeparator + tests,
                "java --add-modules jdk.incubator.vector -cp \"$CP\" "
                    + BareTagger.class.getName()
                    + " joint.rnn "
                    + String.join(" ", FORMS)))
        .isEqualTo(expected());
  }

  /** A bundled model has word vectors; the small test model does not. */
  @Test
  @Tag("stress")
  void aBundledModelNeedsNoMore() throws Exception {
    Files.writeString(
        folder.resolve("First.java"), Markdown.read("docs/library.md").block("class First"));
    String classpath =
        Command.classpath(
            entry ->
                Command.isModule(entry, "core|model-.*")
                    || entry.matches(
                        ".*[/\\\\](ejml|jackson-(core|annotations|databind))-[^/\\\\]*\\.jar"));
    assertThat(
            run(
                classpath,
                "java --add-modules jdk.incubator.vector -cp \"$CP\" First.java Peter lives in Oslo"))
        .contains("Peter PROPN", "Oslo PROPN", "PER Peter", "LOC Oslo");
  }

  @Test
  @Tag("stress")
  void theCommandLineNeedsNoCoreNlp() throws Exception {
    Files.writeString(folder.resolve("text.txt"), "She reads books.");
    assertThat(
            run(
                Command.classpath(entry -> !Command.isCoreNlp(entry)),
                "java --add-modules jdk.incubator.vector -cp \"$CP\" io.github.rnnotator.cli.Main"
                    + " tag text.txt"))
        .singleElement()
        .asString()
        .startsWith("She/PRON/PRP reads/VERB/VBZ books/NOUN/NNS");
  }

  @Test
  void filesOfTokensNeedNoOpenNlp() throws Exception {
    Path sample = Path.of("corpora/sample/en.conllu").toAbsolutePath();
    assertThat(
            run(
                Command.classpath(entry -> !Command.isCoreNlp(entry) && !Command.isOpenNlp(entry)),
                "java --add-modules jdk.incubator.vector -cp \"$CP\" io.github.rnnotator.cli.Main"
                    + " tag -m en-fast --in conllu "
                    + sample))
        .hasSameSizeAs(Files.readAllLines(sample));
  }
}
