package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A transducer from a configuration to its outputs. */
class TransduceCommandTest {
  private static final String PAIRS = "corpora/sample/plurals.tsv";

  @TempDir static Path folder;
  private static Path model;
  private static CommandLineRun.Outcome training;

  @BeforeAll
  static void train() {
    model = folder.resolve("plurals.rnn");
    training =
        CommandLineRun.run(
            "train",
            "-c",
            "eval/sample-plurals.yaml",
            "--train",
            PAIRS,
            "--dev",
            PAIRS,
            "-o",
            model);
  }

  @Test
  void trainingWritesModelCurvesAndScores() {
    assertThat(training.status()).as(training.err()).isZero();
    assertThat(training.out()).startsWith("output exact match: ");
    assertThat(training.err()).contains("wrote " + model);
    for (String end : List.of(".curves.csv", ".curves.svg", ".scores.json")) {
      assertThat(folder.resolve("plurals" + end)).isRegularFile();
    }
    assertThat(Path.of(model + ".checkpoint")).doesNotExist();
  }

  @Test
  void everyLineHasAnOutput() {
    CommandLineRun.Outcome outcome =
        CommandLineRun.runWith("cat\n\nchurch\n", "transduce", "-m", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out()).isEqualTo("cats\n\nchurches\n");
  }

  @Test
  void aBlankLineIsUnchanged() {
    CommandLineRun.Outcome outcome =
        CommandLineRun.runWith(" \n\ncat\n\t\n", "transduce", "-m", model);
    assertThat(outcome.out()).isEqualTo(" \n\ncats\n\t\n");
    assertThat(CommandLineRun.runWith("\n\n", "transduce", "-m", model).out()).isEqualTo("\n\n");
    Path plot = folder.resolve("blank.svg");
    CommandLineRun.Outcome best =
        CommandLineRun.runWith(
            "\ncat\n", "transduce", "-m", model, "--n-best", "1", "--attention", plot);
    assertThat(best.out()).matches("\n1\t[01]\\.\\d{4}\tcats\n\n");
    assertThat(plot).exists();
  }

  @Test
  void aBundledModelIsRefusedWithTheRightCommand() {
    CommandLineRun.Outcome outcome = CommandLineRun.run("transduce", "-m", "en-fast", PAIRS);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err())
        .isEqualTo(
            "rnnotator: -m en-fast: the bundled model tags tokens; use rnnotator tag, or a model"
                + " trained on pairs\n");
  }

  @Test
  void theBestOutputsHaveRankAndProbability() {
    CommandLineRun.Outcome outcome =
        CommandLineRun.runWith("box\n", "transduce", "-m", model, "--n-best", "3", "--beam", "6");
    assertThat(outcome.out()).matches("1\t0\\.\\d{4}\tboxes\n(2\t0\\.\\d{4}\t.*\n)(3\t.*\n)?\n");
  }

  @Test
  void anOutputFileIsWrittenWhole() throws Exception {
    Path sources = Files.writeString(folder.resolve("sources.txt"), "dog\n");
    Path output = folder.resolve("outputs.txt");
    CommandLineRun.Outcome outcome =
        CommandLineRun.run("transduce", "-m", model, "-o", output, sources);
    assertThat(outcome.status()).isZero();
    assertThat(output).hasContent("dogs\n");
    Files.writeString(sources, "dog\n" + "a".repeat(10_000) + "\n");
    CommandLineRun.Outcome refused =
        CommandLineRun.run("transduce", "-m", model, "-o", output, sources);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .isEqualTo(
            "rnnotator: " + sources + ":2: a source of 10000 symbols, expected at most 2000\n");
    assertThat(output).hasContent("dogs\n");
  }

  @Test
  void theAttentionOfTheFirstLineIsDrawn() throws Exception {
    Path plot = folder.resolve("plot.svg");
    CommandLineRun.Outcome outcome =
        CommandLineRun.runWith("cat\ndog\n", "transduce", "-m", model, "--attention", plot);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(Files.readString(plot)).contains("<svg", ">c<", ">s<").doesNotContain(">d<");
  }

  @Test
  void exportWritesBothHalves() {
    Path onnx = folder.resolve("plurals.onnx");
    CommandLineRun.Outcome outcome = CommandLineRun.run("export", "-m", model, "--onnx", onnx);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).hasLineCount(2);
    assertThat(folder.resolve("plurals.encoder.onnx")).isNotEmptyFile();
    assertThat(folder.resolve("plurals.decoder.onnx")).isNotEmptyFile();
    assertThat(onnx).doesNotExist();
  }

  @Test
  void evalGivesAllMeasures() throws Exception {
    Path json = folder.resolve("report.json");
    Path html = folder.resolve("report.html");
    // One target is wrong, so that there are mistakes whatever was learned.
    Path gold = Files.writeString(folder.resolve("gold.tsv"), "dog\tdogs\ncat\tcatsx\n");
    CommandLineRun.Outcome outcome =
        CommandLineRun.run("eval", "-m", model, "--json", json, "--html", html, gold);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .matches(
            "output exact match: \\d+\\.\\d\\d\n"
                + "pairs: 2; word error rate: \\d+\\.\\d\\d; symbol error rate: \\d+\\.\\d\\d"
                + " \\(.* edits of 9 symbols\\); chrF: \\d+\\.\\d\\d\n"
                + "\n +score +95% interval\n( .*\n){3}"
                + "\n +target +output +times\n( .*\n)+");
    assertThat(outcome.out()).contains("  x           (nothing)          1\n");
    assertThat(Files.readString(json)).contains("\"target\" : \"catsx\"", "learningCurve");
    assertThat(Files.readString(html)).contains(">catsx<", "Learning curve");
    CommandLineRun.Outcome raw = CommandLineRun.run("eval", "--raw", "-m", model, PAIRS);
    assertThat(raw.err()).hasLineCount(1).contains("the model writes an output for each source");
  }

  @Test
  void inspectShowsSymbolsAndWeights() {
    CommandLineRun.Outcome outcome = CommandLineRun.run("inspect", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("symbols (characters)", "encoder.0.forward.kernel", "decoder.output.kernel")
        .contains("source.txt", "- Dev output exact match: ");
  }

  @Test
  void modelsOfAnotherKindAreRefusedInOneLine() {
    assertThat(CommandLineRun.run("tag", "-m", model, "corpora/sample/en.txt").err())
        .hasLineCount(1)
        .contains("use it with rnnotator transduce");
    assertThat(CommandLineRun.run("transduce", "-m", "eval/sample-plurals.yaml").err())
        .hasLineCount(1)
        .contains("not a model file");
  }

  @Test
  void wrongOptionsAreRefusedInOneLine() {
    assertThat(CommandLineRun.run("cross-validate", "-c", "eval/sample-plurals.yaml", PAIRS).err())
        .hasLineCount(1)
        .contains("the configuration is for pairs");
    assertThat(CommandLineRun.runWith("a\n", "transduce", "-m", model, "--beam", "0").err())
        .isEqualTo("rnnotator: --beam and --n-best: a beam of 0, expected 1 to 1000\n");
    assertThat(
            CommandLineRun.run(
                    "train",
                    "-c",
                    "eval/sample-plurals.yaml",
                    "--from",
                    model,
                    "--train",
                    PAIRS,
                    "-o",
                    folder.resolve("x.rnn"))
                .err())
        .contains("the configuration is for pairs");
  }
}
