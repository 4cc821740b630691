package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.data.InputException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** No command overwrites an input, under any name, or a file of others. */
class OverwritingTest {
  private static final String TEXT = "Anna left.\n";
  private static final String ROWS = "Anna\tB-PER\nleft\tO\n\n";
  private static final String MODEL = "en-fast";

  @TempDir Path folder;

  private Path text;
  private Path gold;

  @BeforeEach
  void writeInputs() throws IOException {
    text = Files.writeString(folder.resolve("a.txt"), TEXT);
    gold = Files.writeString(folder.resolve("gold.txt"), ROWS);
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(parts);
    assertThat(outcome.err().lines()).hasSize(1);
  }

  /** Other spellings, a symbolic link and a hard link of a file, and the file. */
  private List<Path> namesOf(Path file) throws IOException {
    Path name = file.getFileName();
    Files.createDirectories(folder.resolve("sub"));
    List<Path> names = new ArrayList<>();
    names.add(file);
    names.add(folder.resolve(".").resolve(name));
    names.add(folder.resolve("sub").resolve("..").resolve(name));
    names.add(Files.createSymbolicLink(folder.resolve("link"), file));
    names.add(Files.createLink(folder.resolve("hard"), file));
    return names;
  }

  @Test
  void anInputIsKnownByAnyOfItsNames() throws IOException {
    for (Path name : namesOf(text)) {
      for (String format : List.of("text", "conllu", "jsonl", "columns", "html", "webanno")) {
        assertRefused(
            run("tag", "-m", MODEL, "--out", format, "-o", name, text), "overwrite the input");
      }
      assertRefused(run("tag", "-m", MODEL, "--out", "brat", "-o", name, gold, text), "a.txt");
    }
    assertThat(text).hasContent(TEXT);
  }

  @Test
  void noCommandWritesOverItsInput() throws IOException {
    Path base = Files.copy(Path.of("corpora/sample/en.conllu"), folder.resolve("base.conllu"));
    Path config = Files.copy(Path.of("eval/sample-messages.yaml"), folder.resolve("c.yaml"));
    Path model = Files.writeString(folder.resolve("m.rnn"), "a model");
    List<Outcome> outcomes =
        List.of(
            run("classify", "-m", model, "-o", text, text),
            run("classify", "-m", model, "-o", model, text),
            run("tag", "-m", model, "-o", model, text),
            run("export", "-m", model, "--onnx", model),
            run("merge", "--into", base, "--from", gold, "--head", "ner", "-o", gold),
            run("vectors", text, "-o", text),
            run("eval", "-m", MODEL, "--json", base, base),
            run("eval", "-m", MODEL, "--html", base, base),
            run("eval", "-m", MODEL, "--raw", "--html", base, base),
            run("eval", "--gold", gold, "--predicted", text, "--json", text),
            run("compare", gold, text, "--gold", base, "--json", text),
            run("train", "-c", config, "--train", base, "-o", base),
            run("train", "-c", config, "--train", base, "--dev", gold, "-o", gold),
            run("train", "-c", config, "--train", base, "-o", config));
    outcomes.forEach(outcome -> assertRefused(outcome, "overwrite the input"));
    assertThat(text).hasContent(TEXT);
    assertThat(gold).hasContent(ROWS);
    assertThat(model).hasContent("a model");
    assertThat(base).hasSameBinaryContentAs(Path.of("corpora/sample/en.conllu"));
  }

  @Test
  void batchRefusesOutputsThatAreInputsUnderAnyName() throws IOException {
    String posts = "{\"text\":\"Anna left.\",\"author\":\"me\"}\n";
    Path in = Files.createDirectories(folder.resolve("in"));
    Path post = Files.writeString(in.resolve("posts.jsonl"), posts);
    Path out = Files.createDirectories(folder.resolve("out"));
    Files.createLink(out.resolve("posts.jsonl"), post);
    Path linked = Files.createDirectories(folder.resolve("linked"));
    Files.createSymbolicLink(linked.resolve("posts.jsonl"), post);
    Path toFolder = Files.createSymbolicLink(folder.resolve("to"), in);
    Path summary = Files.writeString(out.resolve("_summary.json"), posts);
    for (List<Path> pair :
        List.of(
            List.of(in, in),
            List.of(post, in),
            List.of(in, in.resolve("..").resolve("in")),
            List.of(in, toFolder),
            List.of(toFolder, in),
            List.of(in, out),
            List.of(in, linked),
            List.of(summary, out))) {
      for (String option : List.of("--restart", "--allow-change", "--strict")) {
        assertRefused(
            run("batch", "-m", MODEL, "--in", "jsonl", pair.get(0), pair.get(1), option),
            "would be overwritten",
            "write into another folder");
      }
    }
    try (Stream<Path> files = Files.list(in)) {
      assertThat(files).containsExactly(post);
    }
    assertThat(post).hasContent(posts);
    assertThat(summary).hasContent(posts);
  }

  @Test
  void batchRefusesInputsInPlaceInEveryFormat() throws IOException {
    Path conllu = Files.createDirectories(folder.resolve("conllu"));
    Path base = Files.copy(Path.of("corpora/sample/en.conllu"), conllu.resolve("base.conllu"));
    assertRefused(
        run("batch", "-m", MODEL, "--in", "conllu", conllu, conllu, "--restart"),
        "would be overwritten");
    assertThat(base).hasSameBinaryContentAs(Path.of("corpora/sample/en.conllu"));
    assertRefused(
        run("batch", "-m", MODEL, "--out", "brat", text, folder, "--restart"),
        "would be overwritten");
    assertThat(text).hasContent(TEXT);
  }

  @Test
  void twoReportsAreTwoFiles() {
    Path report = folder.resolve("report");
    assertRefused(
        run("eval", "-m", MODEL, "--json", report, "--html", report, "corpora/sample/en.conllu"),
        "two outputs");
    assertThat(report).doesNotExist();
  }

  @Test
  void devicesMayBeReadAndWritten() throws IOException {
    Path device = Path.of("/dev/null");
    if (Files.exists(device)) {
      new FileRoles().reads(device).writes(device);
    }
    assertThatExceptionOfType(InputException.class)
        .isThrownBy(() -> new FileRoles().reads(text).writes(text));
  }

  // ---- the text of brat -----------------------------------------------------------------------

  @Test
  void bratLeavesATextOfOtherContentAlone() throws IOException {
    Path other = Files.writeString(folder.resolve("b.txt"), "Bob came.\n");
    assertRefused(
        run(
            "tag",
            "-m",
            MODEL,
            "--in",
            "columns",
            "--columns",
            "form,ner",
            "--out",
            "brat",
            "-o",
            folder.resolve("gold.ann"),
            gold),
        "gold.txt: exists with other content");
    assertRefused(
        run("tag", "-m", MODEL, "--out", "brat", "-o", folder.resolve("a.ann"), text, other),
        "a.txt: exists with other content");
    // Neither longer nor shorter.
    for (String content : List.of(TEXT + "x", "Anna", "", "Anna left!\n")) {
      Path existing = Files.writeString(folder.resolve("c.txt"), content);
      assertRefused(
          run("tag", "-m", MODEL, "--out", "brat", "-o", folder.resolve("c.ann"), text), "c.txt");
      assertThat(existing).hasContent(content);
    }
    assertThat(gold).hasContent(ROWS);
    assertThat(text).hasContent(TEXT);
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("a.txt", "b.txt", "c.txt", "gold.txt");
    }
  }

  @Test
  void bratTakesATextOfTheSameContent() throws IOException {
    Path annotations = folder.resolve("a.ann");
    for (int i = 0; i < 2; i++) {
      Outcome outcome = run("tag", "-m", MODEL, "--out", "brat", "-o", annotations, text);
      assertThat(outcome.status()).as(outcome.err()).isZero();
      assertThat(annotations).content().contains("ner-PER 0 4\tAnna");
      assertThat(text).hasContent(TEXT);
    }
    Path elsewhere = folder.resolve("new.ann");
    assertThat(run("tag", "-m", MODEL, "--out", "brat", "-o", elsewhere, text).status()).isZero();
    assertThat(folder.resolve("new.txt")).hasContent(TEXT);
  }
}
