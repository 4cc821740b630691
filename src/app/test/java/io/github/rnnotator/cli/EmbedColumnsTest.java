package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code embed.columns}: what a model learns from other columns, and files that lack them. */
class EmbedColumnsTest {
  /** Only the second column tells what the third is. */
  private static final String TRAIN =
      "it N X\nit V Y\n\nit V Y\nit V Y\nit N X\n\nit N X\n\nit V Y\nit N X\nit N X\n\n".repeat(5);

  @TempDir private static Path folder;
  private static Path model;
  private static Path conlluModel;

  @BeforeAll
  static void train() throws IOException {
    Files.writeString(folder.resolve("train.conll"), TRAIN);
    model = trained("columns", "columns: [form, pos, kind], heads: {kind: kind}", "pos", "kind");
    StringBuilder conllu = new StringBuilder();
    int id = 0;
    for (String line : TRAIN.lines().toList()) {
      String[] cells = line.split(" ");
      id = line.isEmpty() ? 0 : id + 1;
      conllu.append(
          line.isEmpty()
              ? "\n"
              : "%d\tit\t_\t%s\t%s\t_\t_\t_\t_\t_\n".formatted(id, cells[1], cells[2]));
    }
    Files.writeString(folder.resolve("train.conllu"), conllu);
    conlluModel = trained("conllu", "heads: {xpos: xpos}", "upos", "xpos");
  }

  private static Path trained(String format, String input, String column, String head)
      throws IOException {
    Path config =
        Files.writeString(
            folder.resolve(format + ".yaml"),
            """
            input:   {format: %s, %s}
            embed:   {words: {dim: 4}, columns: {%s: {dim: 6}}}
            encoder: [{bidirectional: gru, hidden: 6}]
            heads:   {%s: {kind: softmax}}
            train:   {rate: 0.05, epochs: 15, batch: 4, average: 0.5, dropout: 0.0}
            """
                .formatted(format, input, column, head));
    String end = format.equals("conllu") ? ".conllu" : ".conll";
    Path file = folder.resolve(format + ".rnn");
    Path train = folder.resolve("train" + end);
    Outcome outcome = run("train", "-c", config, "--train", train, "--dev", train, "-o", file);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return file;
  }

  private static Outcome run(Object... args) {
    return CommandLineRun.run(args);
  }

  @Test
  void theColumnIsLearnedFromScoredAndTagged() throws IOException {
    assertThat(run("eval", "-m", model, folder.resolve("train.conll")).out())
        .startsWith("kind accuracy: 100.00");
    assertThat(run("eval", "-m", conlluModel, folder.resolve("train.conllu")).out())
        .startsWith("xpos accuracy: 100.00");
    Outcome tagged =
        CommandLineRun.runWith("it V _\nit N _\n", "tag", "-m", model, "--in", "columns");
    assertThat(tagged.out()).as(tagged.err()).isEqualTo("it V Y\nit N X\n\n");
    assertThat(CommandLineRun.runWith("V it\n", "tag", "-m", model, "--columns", "pos,form").out())
        .contains("V it Y");
  }

  @Test
  void aValueThatTrainingLacksIsTaggedToo() {
    Outcome tagged = CommandLineRun.runWith("it Q _\n", "tag", "-m", model, "--in", "columns");
    assertThat(tagged.status()).isZero();
    assertThat(tagged.out()).containsPattern("it Q [XY]");
  }

  @Test
  void batchReadsTheColumnAsWell() throws IOException {
    Path out = folder.resolve("out");
    Path in = Files.createDirectories(folder.resolve("in"));
    Files.copy(folder.resolve("train.conllu"), in.resolve("a.conllu"));
    Outcome outcome = run("batch", "-m", conlluModel, "--in", "conllu", "--out", "conllu", in, out);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(out.resolve("a.conllu")).hasSameTextualContentAs(in.resolve("a.conllu"));
  }

  private static void refused(Outcome outcome, String part) {
    assertThat(outcome.status()).as(outcome.out()).isEqualTo(2);
    assertThat(outcome.err()).contains(part).hasLineCount(1);
  }

  @Test
  void rawTextIsRefused() throws IOException {
    String part = "the model reads the columns [pos] of each token (embed.columns), which raw text";
    refused(CommandLineRun.runWith("It is.\n", "tag", "-m", model), part);
    refused(CommandLineRun.runWith("It is.\n", "tag", "-m", model, "--in", "tokens"), part);
    refused(
        CommandLineRun.runWith("{\"text\": \"It\"}\n", "tag", "-m", model, "--in", "jsonl"), part);
    refused(run("serve", "-m", model, "--port", "0"), part);
    refused(run("eval", "--raw", "-m", conlluModel, folder.resolve("train.conllu")), "[upos]");
    Path in = Files.createDirectories(folder.resolve("texts"));
    refused(run("batch", "-m", model, in, folder.resolve("none")), part);
  }

  @Test
  void aFileWithoutTheColumnIsRefused() {
    refused(
        CommandLineRun.runWith("it X\n", "tag", "-m", model, "--columns", "form,kind"),
        "the model reads the column 'pos' (embed.columns), which is not one among form, kind");
    refused(
        run("tag", "-m", model, folder.resolve("train.conllu")),
        "the model reads the column 'pos' (embed.columns), which is not one in CoNLL-U");
    refused(
        run("eval", "-m", model, "--columns", "form,_,kind", folder.resolve("train.conll")),
        "the model reads the column 'pos'");
  }

  @Test
  void trainingGoesFurtherOnlyWithTheSameColumns() {
    Path train = folder.resolve("train.conll");
    Path further = folder.resolve("further.rnn");
    assertThat(
            run(
                    "train",
                    "--from",
                    model,
                    "--train",
                    train,
                    "--dev",
                    train,
                    "--set",
                    "train.epochs=1",
                    "-o",
                    further)
                .status())
        .isZero();
    assertThat(run("eval", "-m", further, train).out()).startsWith("kind accuracy: 100.00");
  }

  @Test
  void whatReadsRawTextIsRefusedInAConfiguration() throws IOException {
    Path config = folder.resolve("columns.yaml");
    Path train = folder.resolve("train.conll");
    Path none = folder.resolve("none.rnn");
    refused(
        run("train", "-c", config, "--train", train, "--set", "segment={}", "-o", none),
        "segment and embed.columns");
    refused(
        run(
            "train",
            "-c",
            config,
            "--train",
            train,
            "--set",
            "embed.columns={kind: {}}",
            "-o",
            none),
        "embed.columns has 'kind', the column of a head in input.heads");
    refused(
        run(
            "train",
            "-c",
            config,
            "--train",
            train,
            "--set",
            "embed.columns={tag: {}}",
            "-o",
            none),
        "embed.columns has 'tag', which is not one of input.columns");
    refused(
        run("export", "-m", model, "--onnx", folder.resolve("x.onnx")), "[pos] (embed.columns)");
  }
}
