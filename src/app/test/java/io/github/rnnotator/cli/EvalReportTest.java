package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code eval} with its reports, training data and raw text, run as a command. */
class EvalReportTest {
  private static final Path SAMPLE = Path.of("corpora/sample/en.conllu");

  @TempDir Path folder;

  private Path gold;
  private Path tagged;

  @BeforeEach
  void writeFiles() throws IOException {
    gold = file("gold.conll", "Ann B-PER\nLee I-PER\nleft O\n\nOslo B-LOC\nrains O\n");
    tagged = file("tagged.conll", "Ann B-PER\nLee I-PER\nleft O\n\nOslo O\nrains I-LOC\n");
  }

  @Test
  void everyReportHasTheFiguresOfTheTerminal() throws IOException {
    Path json = folder.resolve("report.json");
    Path html = folder.resolve("report.html");
    Outcome outcome = run("eval", gold, "--predicted", tagged, "--json", json, "--html", html);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("tag f1: 50.00\n")
        .containsPattern("\n  strict F1 +66.67 +0.00 to 100.00\n")
        .containsPattern("\n  missed +1\n")
        .contains("illegal tags: 1 predicted, 0 gold\n    O I-LOC, 1 times\n")
        .contains("f1 if read by 'discard': 66.67 (+16.67)");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/gold").asText()).isEqualTo(gold.toString());
    assertThat(report.at("/sentences").asInt()).isEqualTo(2);
    assertThat(report.at("/heads/0/headline/0/value").asDouble()).isEqualTo(50);
    assertThat(report.at("/heads/0/chunks/strict/f1").asDouble()).isBetween(66.66, 66.67);
    assertThat(report.at("/heads/0/worstSentences/0/line").asInt()).isEqualTo(5);
    assertThat(report.has("training")).isFalse();
    assertThat(Files.readString(html)).contains("<!DOCTYPE html>", ">50.00</data>", "rains");
    assertThat(list()).containsExactlyInAnyOrder(gold, tagged, json, html);
    assertThat(run("eval", gold, "--predicted", tagged)).isEqualTo(outcome);
  }

  @Test
  void trainingDataTellsWhatWasSeen() throws IOException {
    Path train = file("train.conll", "Oslo B-LOC\nleft O\n");
    Outcome outcome = run("eval", gold, "--predicted", tagged, "--train", train);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .containsPattern("\n  seen +0.00 +0.00 +0.00 +1\n")
        .containsPattern("\n  unseen +50.00 +100.00 +66.67 +1\n")
        .contains("tags of unknown words: 2 of 3 correct (66.67)");
    Path both = file("both.conll", "Ann B-PER B-PER\nOslo O B-LOC\n");
    Outcome columns = run("eval", both, "--columns", "form,predicted:ner,ner", "--train", train);
    assertThat(columns.status()).as(columns.err()).isZero();
    assertThat(columns.out()).containsPattern("\n  seen +0.00 +0.00 +0.00 +1\n");
    Path broken = file("broken.conll", "Oslo B-LOC\n\nRome S-LOC\nis X-LOC\n");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--train", broken),
        "broken.conll:3: 'X-LOC' is not a tag of IOBES");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--train", folder.resolve("none")),
        "none: no such file");
  }

  @Test
  void eachSideHasItsOwnScheme() throws IOException {
    Path other = file("other.conll", "Ann B-PER\nLee E-PER\nleft O\n\nOslo S-LOC\nrains O\n");
    Path json = folder.resolve("report.json");
    assertThat(run("eval", gold, "--predicted", other, "--json", json).out())
        .containsPattern("\n  strict F1 +100.00 ");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/heads/0/goldScheme").asText()).isEqualTo("IOB2");
    assertThat(report.at("/heads/0/predictedScheme").asText()).isEqualTo("IOBES");
  }

  @Test
  void aModelsHeadsAreReportedWithTheirCalibration() throws IOException {
    Path json = folder.resolve("report.json");
    Outcome outcome = run("eval", SAMPLE, "--head", "upos", "--json", json, "--train", SAMPLE);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode head = new ObjectMapper().readTree(json.toFile()).at("/heads/0");
    assertThat(head.at("/name").asText()).isEqualTo("upos");
    assertThat(head.at("/calibration/0/of").asText()).isEqualTo("tokens");
    assertThat(head.at("/calibration/0/accuracy").asDouble() * 100)
        .isCloseTo(head.at("/headline/0/value").asDouble(), within(1e-9));
    assertThat(outcome.out()).contains("sentence accuracy", "unknown-word accuracy");
  }

  @Test
  void aLearningCurveIsDrawnFromNumbers() throws IOException {
    Path curve = file("curve.csv", "epoch, loss ,\"f1, ner\"\n1,0.5,\n2,0.25,80\n\n");
    Path json = folder.resolve("report.json");
    Path html = folder.resolve("report.html");
    Outcome outcome =
        run("eval", gold, "--predicted", tagged, "--curve", curve, "--json", json, "--html", html);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(json.toFile()).at("/learningCurve");
    assertThat(found.at("/step").asText()).isEqualTo("epoch");
    assertThat(found.at("/series/0/points/1/value").asDouble()).isEqualTo(0.25);
    assertThat(found.at("/series/1/name").asText()).isEqualTo("f1, ner");
    assertThat(found.at("/series/1/points")).hasSize(1);
    assertThat(Files.readString(html)).contains("Learning curve: f1, ner");
  }

  @Test
  void curvesNextToModelAreReadRunByRun() throws IOException {
    Path model =
        Files.copy(
            Path.of("src/models/en/main/resources/META-INF/rnnotator/models/en.rnn"),
            folder.resolve("pos.rnn"));
    file(
        "pos.curves.csv",
        "seed,epoch,loss,seconds,upos accuracy\n1,1,0.9,3.5,90\n1,2,0.8,3.5,91\n2,1,0.7,3.5,92\n");
    Path json = folder.resolve("report.json");
    Outcome outcome = run("eval", "-m", model, "--head", "upos", SAMPLE, "--json", json);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    JsonNode found = new ObjectMapper().readTree(json.toFile()).at("/learningCurve");
    assertThat(found.at("/step").asText()).isEqualTo("epoch");
    assertThat(found.at("/series").findValuesAsText("name"))
        .containsExactly(
            "loss, seed 1", "upos accuracy, seed 1", "loss, seed 2", "upos accuracy, seed 2");
    assertThat(found.at("/series/1/points/1/step").asInt()).isEqualTo(2);
    assertThat(found.at("/series/1/points/1/value").asInt()).isEqualTo(91);
  }

  @Test
  void brokenCurvesAreRefusedWithFileAndLine() throws IOException {
    assertCurveRefused("epoch,loss\n1,0.5\n2\n", "curve.csv:3: 1 values, expected 2 (epoch, loss)");
    assertCurveRefused("epoch,loss\n1,x\n", "curve.csv:2: 'x' in column loss, expected a number");
    assertCurveRefused("epoch,loss\nNaN,1\n", "curve.csv:2: 'NaN' in column epoch");
    assertCurveRefused("epoch,loss\n", "not a learning curve; expected");
    assertCurveRefused("", "not a learning curve; expected");
    assertCurveRefused("epoch,\"loss\n1,2\n", "curve.csv: broken CSV");
    assertRefused(
        run("eval", gold, "--predicted", tagged, "--curve", folder.resolve("no.csv")),
        "no.csv: no such file");
  }

  private void assertCurveRefused(String text, String message) throws IOException {
    Path curve = file("curve.csv", text);
    assertRefused(run("eval", gold, "--predicted", tagged, "--curve", curve), message);
  }

  @Test
  void rawTextIsSplitAndTaggedAgain() throws IOException {
    Path json = folder.resolve("report.json");
    Outcome outcome = run("eval", "--raw", SAMPLE, "--json", json);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .startsWith("upos f1: ")
        .containsPattern("\n  Tokens +\\d")
        .containsPattern("\n  Sentences +\\d")
        .containsPattern("\n  UPOS .* to +\\d+\\.\\d\\d +\\d+\\.\\d\\d\n");
    JsonNode report = new ObjectMapper().readTree(json.toFile());
    assertThat(report.at("/heads")).isEmpty();
    assertThat(report.at("/rawText/metrics/0/rates/f1").asDouble()).isGreaterThan(90);
    assertThat(report.at("/tokens").asLong())
        .isEqualTo(report.at("/rawText/metrics/2/rates/gold").asLong());
  }

  @Test
  void twoConlluFilesOfOneTextAreCompared() throws IOException {
    Path first = file("a.conllu", "1\tOslo\t_\tPROPN\tN\t_\t_\t_\t_\t_\n\n");
    Path second =
        file("b.conllu", "1\tOs\t_\tNOUN\tN\t_\t_\t_\t_\t_\n2\tlo\t_\tNOUN\tN\t_\t_\t_\t_\t_\n\n");
    assertThat(run("eval", "--raw", first, "--predicted", first).out())
        .startsWith("upos f1: 100.00\nxpos f1: 100.00\n");
    Outcome outcome = run("eval", "--raw", first, "--predicted", second, "--head", "xpos");
    assertThat(outcome.out()).startsWith("xpos f1: 0.00\n").doesNotContain("UPOS");
    Path other = file("c.conllu", "1\tRome\t_\tPROPN\tN\t_\t_\t_\t_\t_\n\n");
    assertRefused(
        run("eval", "--raw", first, "--predicted", other),
        "a.conllu:1: the text continues with 'Oslo'",
        "c.conllu:1 with 'Rome'");
    assertRefused(run("eval", "--raw", first, "--predicted", second, "-m", "x"), "not both");
    assertRefused(run("eval", "--raw", first, "--train", first), "--raw takes no --train");
    assertRefused(run("eval", "--raw", "-"), "not standard input");
    assertRefused(run("eval", "--raw", file("empty.conllu", "")), "no sentences");
  }

  @Test
  void reportsAreNotBegunWhereTheirFolderIsMissing() {
    Outcome outcome =
        run("eval", gold, "--predicted", tagged, "--html", folder.resolve("none/report.html"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("does not exist");
    assertThat(list()).containsExactlyInAnyOrder(gold, tagged);
  }

  private void assertRefused(Outcome outcome, String... parts) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(parts).startsWith("rnnotator: ");
    assertThat(outcome.err().lines()).hasSize(1);
  }

  private Path file(String name, String text) throws IOException {
    return Files.writeString(folder.resolve(name), text);
  }

  private List<Path> list() {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }
}
