package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.tagger.TinyTexts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One label per text, as typed on the command line: train, classify, eval, cross-validate. */
class ClassifyCommandTest {
  private static final Path CONFIG = Path.of("eval/sample-messages.yaml");
  private static final String SPAM = "WINNER! You have been picked for a tablet. Call 6600 now";
  private static final String HAM = "Can you bring the ladder to the library tonight?";

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path model;
  private static Outcome training;

  @BeforeAll
  static void train() {
    model = shared.resolve("messages.rnn");
    training = run("train", "-c", CONFIG, "--train", TinyTexts.FILE, "-o", model);
  }

  // ---- train ----------------------------------------------------------------------------------

  @Test
  void trainingSaysWhatItDoes() throws IOException {
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(training.out()).matches("label accuracy: \\d+\\.\\d\\d\\R");
    assertThat(training.err())
        .contains("no --dev: every tenth text, 24, of --train are held out")
        .contains("216 sentences")
        .contains("epoch 1/8");
    assertThat(list(shared))
        .extracting(file -> file.getFileName().toString())
        .contains("messages.rnn", "messages.curves.csv", "messages.scores.json");
    Outcome inspected = run("inspect", model);
    assertThat(inspected.out())
        .contains("label: 2 labels, one per text, pooling max: ham spam")
        .contains("216 texts");
  }

  @Test
  void aLossThatRisesIsNoticed() {
    assertThat(training.err()).doesNotContain("warning");
    Object[] absurd = {
      "train",
      "-c",
      CONFIG,
      "--train",
      TinyTexts.FILE,
      "--set",
      "train.rate=1000000",
      "--set",
      "train.epochs=2",
      "-o",
      folder.resolve("absurd.rnn")
    };
    assertThat(run(absurd).err()).contains("warning: the loss was", "a lower train.rate may help");
  }

  @Test
  void theSameSeedGivesTheSameFile() throws IOException {
    Path again = folder.resolve("messages.rnn");
    assertThat(
            run("train", "-c", CONFIG, "--threads", 1, "--train", TinyTexts.FILE, "-o", again)
                .status())
        .isZero();
    assertThat(Files.readAllBytes(again)).isEqualTo(Files.readAllBytes(model));
  }

  // ---- classify -------------------------------------------------------------------------------

  @Test
  void trainingDataIsNoticed() throws IOException {
    String hint = "every line begins with a label of the model and a tab";
    assertThat(run("classify", "-m", model, TinyTexts.FILE).err()).containsOnlyOnce(hint);
    String some = "ham\t" + HAM + "\n" + SPAM + "\n";
    assertThat(runWith(some, "classify", "-m", model).err()).isEmpty();
    assertThat(runWith("other\t" + HAM + "\n", "classify", "-m", model).err()).isEmpty();
    assertThat(runWith("\n", "classify", "-m", model).err()).isEmpty();
  }

  @Test
  void aLineHasLabelProbabilityAndText() {
    Outcome outcome = runWith(SPAM + "\n\n" + HAM + "\r\n  \nno\tend", "classify", "-m", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    List<String> lines = outcome.out().lines().toList();
    assertThat(lines).hasSize(5);
    assertThat(lines.get(0)).matches("spam\t[01]\\.\\d{4}\t" + Pattern.quote(SPAM));
    assertThat(lines.get(1)).isEmpty();
    assertThat(lines.get(2)).matches("ham\t[01]\\.\\d{4}\t" + Pattern.quote(HAM));
    assertThat(lines.get(3)).isEqualTo("  ");
    assertThat(lines.get(4)).matches("(ham|spam)\t[01]\\.\\d{4}\tno\tend");
    assertThat(outcome.err()).isEmpty();
  }

  @Test
  void jsonLinesHoldTheSame() throws IOException {
    Path one = file("one.txt", SPAM + "\n");
    Path two = file("two.txt", "\n" + HAM + " \"quoted\"\n");
    Path out = folder.resolve("labelled.jsonl");
    Outcome outcome = run("classify", "-m", model, "--out", "jsonl", "-o", out, one, two);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEmpty();
    List<JsonNode> lines = new ArrayList<>();
    for (String line : Files.readAllLines(out)) {
      lines.add(new ObjectMapper().readTree(line));
    }
    assertThat(lines).hasSize(3);
    assertThat(lines.get(0).path("document").textValue()).isEqualTo(one.toString());
    assertThat(lines.get(0).path("text").textValue()).isEqualTo(SPAM);
    assertThat(lines.get(0).path("labels").path("label").textValue()).isEqualTo("spam");
    assertThat(lines.get(0).path("probabilities").path("label").doubleValue()).isBetween(0.5, 1.0);
    assertThat(lines.get(1).path("text").textValue()).isEmpty();
    assertThat(lines.get(1).path("labels")).isEmpty();
    assertThat(lines.get(2).path("document").textValue()).isEqualTo(two.toString());
    assertThat(lines.get(2).path("text").textValue()).isEqualTo(HAM + " \"quoted\"");
    String alone = run("classify", "-m", model, "--out", "jsonl", one).out();
    assertThat(alone).startsWith("{\"text\":").hasLineCount(1);
  }

  @Test
  void aFileMayBeOneText() throws IOException {
    Path letter = file("letter.txt", "WINNER!\nCall 6600 now\nto claim a tablet\n");
    Outcome outcome = run("classify", "-m", model, "--in", "text", letter);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .matches("spam\t[01]\\.\\d{4}\tWINNER! Call 6600 now to claim a tablet\n");
    assertThat(run("classify", "-m", model, "--in", "text", file("empty.txt", "")).out()).isEmpty();
  }

  @Test
  void manyLinesAreLabelledInTheirOrder() throws IOException {
    List<String> lines = new ArrayList<>();
    for (int i = 0; i < 2100; i++) {
      lines.add((i % 3 == 0 ? SPAM : HAM) + " -".repeat(i % 5));
    }
    List<String> labelled =
        run("classify", "-m", model, file("many.txt", String.join("\n", lines)))
            .out()
            .lines()
            .toList();
    assertThat(labelled).hasSize(2100);
    for (int i = 0; i < labelled.size(); i++) {
      assertThat(labelled.get(i))
          .startsWith(i % 3 == 0 ? "spam\t" : "ham\t")
          .endsWith("\t" + lines.get(i));
    }
  }

  @Test
  void ofAVeryLongTextTheBeginningCounts() throws IOException {
    String line = (SPAM + " ").repeat(2000);
    Outcome outcome = run("classify", "-m", model, file("long.txt", line + "\n"));
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("spam\t").endsWith(line + "\n");
    assertThat(outcome.err())
        .contains("long.txt:1: longer than 65,536 characters; the label is that of the beginning");
  }

  @Test
  void mistakesOfClassifyAreOneLine() throws IOException {
    assertRefused(run("classify", "-m", model, folder.resolve("none.txt")), "none.txt");
    assertRefused(run("classify", "-m", model, "--out", "conllu"), "expected text or jsonl");
    assertRefused(run("classify", "-m", model, "--in", "conllu"), "expected lines or text");
    Path broken = folder.resolve("latin.txt");
    Files.write(broken, new byte[] {'a', '\n', (byte) 0xE9, '\n'});
    Path out = folder.resolve("out.txt");
    assertRefused(run("classify", "-m", model, "-o", out, broken), "latin.txt:2", "UTF-8");
    assertThat(out).doesNotExist();
    byte[] bytes = Files.readAllBytes(model);
    Path cut = folder.resolve("cut.rnn");
    Files.write(cut, Arrays.copyOf(bytes, bytes.length / 2));
    assertRefused(runWith("a", "classify", "-m", cut), "cut.rnn");
    assertThat(run("classify").status()).isEqualTo(2);
    assertThat(run("classify", "--help").out()).contains("Examples:").contains("classify -m");
  }

  // ---- eval -----------------------------------------------------------------------------------

  @Test
  void evalGivesAccuracyAndTheRatesOfEachLabel() throws IOException {
    Path json = folder.resolve("report.json");
    Path html = folder.resolve("report.html");
    Outcome outcome =
        run("eval", "-m", model, "--json", json, "--html", html, "--samples", 50, TinyTexts.FILE);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    Matcher first = Pattern.compile("^label accuracy: (\\d+\\.\\d\\d)\n").matcher(outcome.out());
    assertThat(first.find()).as(outcome.out()).isTrue();
    assertThat(Double.parseDouble(first.group(1))).isGreaterThan(90);
    assertThat(outcome.out())
        .contains("(bootstrap of 240 texts)")
        .contains("label calibration error")
        .containsPattern("texts: \\d+ of 240 correct")
        .containsPattern("label  precision  recall      f1      gold\n")
        .containsPattern("ham +\\d+\\.\\d\\d +\\d+\\.\\d\\d +\\d+\\.\\d\\d +180\n")
        .containsPattern("spam +\\d+\\.\\d\\d +\\d+\\.\\d\\d +\\d+\\.\\d\\d +60\n")
        .doesNotContain("sentence")
        .doesNotContain("unknown");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.path("heads").path(0).path("name").textValue()).isEqualTo("label");
    assertThat(html).content().contains("240").contains("texts");
  }

  /** Each text's label by {@code classify} is the one that {@code eval} scores. */
  @Test
  void evalCountsWhatClassifySays() throws IOException {
    List<String> gold = Files.readAllLines(TinyTexts.FILE);
    Path texts =
        file(
            "texts.txt",
            String.join("\n", gold.stream().map(l -> l.split("\t")[1]).toList()) + "\n");
    List<String> found = run("classify", "-m", model, texts).out().lines().toList();
    int correct = 0;
    for (int i = 0; i < gold.size(); i++) {
      correct += found.get(i).split("\t")[0].equals(gold.get(i).split("\t")[0]) ? 1 : 0;
    }
    assertThat(run("eval", "-m", model, "--samples", 50, TinyTexts.FILE).out())
        .contains("texts: " + correct + " of 240 correct");
  }

  @Test
  void aLabelThatIsMissingOrUnknown() throws IOException {
    Path missing = file("missing.tsv", "ham\tone\n_\ttwo\n");
    assertThat(run("eval", "-m", model, missing).out())
        .contains("1 text without gold (_) is not scored");
    assertRefused(
        run("eval", "-m", model, file("none.tsv", "_\tone\n")),
        "none.tsv: no text has a label of head 'label', only _; score another head");
    assertThat(run("eval", "-m", model, "--samples", 50, file("eggs.tsv", "eggs\tone\n")).out())
        .startsWith("label accuracy: 0.00\n");
    assertRefused(
        run("eval", "-m", model, "--in", "conllu", "corpora/sample/en.conllu"),
        "the model labels whole texts, expected labelled");
    assertRefused(
        run("eval", "--in", "labelled", "corpora/sample/en.conllu"),
        "tags tokens, expected conllu or columns");
  }

  // ---- What is for tags alone -----------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "tag -m MODEL corpora/sample/en.txt",
        "tag -m MODEL --out conllu corpora/sample/en.txt",
        "batch -m MODEL corpora/sample OUT",
        "eval -m MODEL --raw corpora/sample/en.conllu"
      })
  void commandsForTagsRefuseLabelModel(String command) {
    String[] args =
        command
            .replace("MODEL", model.toString())
            .replace("OUT", folder.resolve("out").toString())
            .split(" ");
    assertRefused(run((Object[]) args), "messages.rnn: the model tags no tokens", "classify");
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @Test
  void classifyNeedsLabels() {
    assertRefused(
        runWith(
            "a", "classify", "-m", "src/models/en/main/resources/META-INF/rnnotator/models/en.rnn"),
        "en.rnn: the model gives no labels to whole texts",
        "rnnotator tag");
  }

  // ---- Configurations -------------------------------------------------------------------------

  @ParameterizedTest
  @ValueSource(
      strings = {
        "heads.label.pooling=min | pooling is 'min', expected last, max, mean",
        "heads.label.scheme=iob2 | has scheme: IOB2",
        "heads.label={kind: softmax, pooling: max} | a head has pooling: max, which only kind:"
            + " document can have, not softmax",
        "heads.label.kind=softmax | only kind: document can have",
        "heads.label={kind: softmax} | no head is of kind: document",
        "input.format=conllu | expected labelled",
        "input.format=labeled | expected labelled",
        "group=50 | group is 50",
        "input.columns=[label, message] | no column is named 'text'",
        "input.heads.label=class | column 'class' is not one for labels",
        "heads.label.pooling=last;encoder=[] | has no layer; use pooling: max or mean",
        "input.tokenised=true | did you mean 'tokenized'?"
      })
  void mistakesOfAConfigurationAreOneLine(String text) {
    String[] parts = text.split(" \\| ");
    String[] settings = parts[0].split(";");
    assertRefused(
        run(
            "train",
            "-c",
            CONFIG,
            "--set",
            settings[0],
            "--set",
            settings[settings.length - 1],
            "--train",
            TinyTexts.FILE,
            "-o",
            folder.resolve("m.rnn")),
        parts[1]);
  }

  @Test
  void mistakesOfDataAreOneLine() throws IOException {
    Path m = folder.resolve("m.rnn");
    assertRefused(
        run("train", "-c", CONFIG, "--train", file("one.tsv", "ham\tone\n"), "-o", m),
        "one text is too few");
    assertRefused(
        run("train", "-c", CONFIG, "--train", file("no.tsv", "ham\tone\nspam\n"), "-o", m),
        "no.tsv:2");
    Path unlabelled = file("none.tsv", "_\tone\n_\ttwo\n");
    assertRefused(
        run("train", "-c", CONFIG, "--train", unlabelled, "--dev", TinyTexts.FILE, "-o", m),
        "none.tsv: no text has a label of head 'label', only _; leave the head out");
  }

  // ---- cross-validate -------------------------------------------------------------------------

  @Test
  void everyTextIsScoredByAModelThatHasNotSeenIt() {
    Object[] command = {
      "cross-validate", "-c", CONFIG, "--set", "train.epochs=2", "--folds", 3, TinyTexts.FILE
    };
    Outcome outcome = run(command);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("label accuracy: ")
        .containsPattern("3 folds: mean \\d+\\.\\d\\d, standard deviation \\d+\\.\\d\\d, minimum")
        .containsPattern("texts: \\d+ of 240 correct")
        .containsPattern("f1 of +mean +deviation +minimum +maximum\n  ham .*\n  spam .*\n");
    assertThat(outcome.err())
        .contains("fold 1/3  label accuracy ", "fold 3/3  label accuracy ", "on 80 unseen texts");
    Object[] one = Arrays.copyOf(command, command.length + 2);
    one[command.length] = "--threads";
    one[command.length + 1] = "1";
    assertThat(run(one).out()).isEqualTo(outcome.out());
    assertThat(list(folder)).isEmpty();
  }

  /** A text of another kind in each part: no model can know its label. */
  @Test
  void aModelNeverSeesItsPart() throws IOException {
    StringBuilder lines = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      lines.append("label").append(i).append("\tword").append(i).append('\n');
    }
    Outcome outcome =
        run(
            "cross-validate",
            "-c",
            CONFIG,
            "--set",
            "train.epochs=1",
            "--folds",
            2,
            file("all.tsv", lines.toString()));
    assertThat(outcome.out()).as(outcome.err()).startsWith("label accuracy: 0.00\n");
  }

  @Test
  void tagsAreCrossValidatedToo() {
    Outcome outcome =
        run(
            "cross-validate",
            "-c",
            "eval/sample-ner.yaml",
            "--set",
            "train.epochs=2",
            "--folds",
            2,
            "corpora/sample/en.conll");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).startsWith("ner f1: ").contains("2 folds: mean", "f1 of");
    assertThat(outcome.err()).contains("on 30 unseen sentences");
  }

  @Test
  void mistakesOfCrossValidateAreOneLine() throws IOException {
    assertRefused(
        run("cross-validate", "-c", CONFIG, "--folds", 1, TinyTexts.FILE),
        "--folds 1: expected at least 2 and at most as many as there are texts, 240");
    assertRefused(
        run("cross-validate", "-c", CONFIG, "--folds", 3, file("two.tsv", "a\tb\nc\td\n")),
        "at most as many as there are texts, 2");
    assertRefused(
        run("cross-validate", "-c", CONFIG, "--folds", 2, file("two.tsv", "a\tb\nc\td\n")),
        "two.tsv: 1 text is left to train on without a part, expected at least 2");
  }

  // ---------------------------------------------------------------------------------------------

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private static void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err().lines()).as(outcome.err()).hasSize(1);
    assertThat(outcome.err()).startsWith("rnnotator: ").contains(parts);
    assertThat(outcome.out()).isEmpty();
  }

  private static List<Path> list(Path folder) {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }
}
