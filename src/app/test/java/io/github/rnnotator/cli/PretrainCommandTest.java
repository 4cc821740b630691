package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.io.Compression;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** From raw text to a tagger that begins with what was learned from it. */
class PretrainCommandTest {
  private static final String SAMPLE = "corpora/sample/en.conllu";

  @TempDir static Path folder;
  private static Path config;
  private static Path text;
  private static Path base;
  private static CommandLineRun.Outcome pretraining;

  @BeforeAll
  static void pretrain() throws Exception {
    config =
        Files.writeString(
            folder.resolve("r.yaml"),
            """
            input:      {format: conllu, heads: {upos: upos}, language: en}
            embed:      {words: {dim: 8}, characters: {kind: cnn, dim: 4, hidden: 6}}
            group:      32
            encoder:    [{bidirectional: gru, hidden: 8}]
            heads:      {upos: {kind: softmax}}
            train:      {rate: 0.01, batch: 4, epochs: 1, average: 0.9}
            pretrain:   {chunk: 400, batch: 4, hold_out: 100, samples: 20, projection: 8}
            pretrained: {from: BASE, rate: 0.5}
            """
                .replace("BASE", folder.resolve("base.rnn").toString()));
    StringBuilder lines = new StringBuilder();
    int sentences = 0;
    for (String line : Files.readAllLines(Path.of(SAMPLE))) {
      if (line.startsWith("# text = ")) {
        lines.append(line.substring(9)).append(++sentences % 6 == 0 ? "\n\n" : "\n");
      }
    }
    text = folder.resolve("text.txt.zst");
    try (OutputStream out = Compression.ZSTD.pack(Files.newOutputStream(text))) {
      out.write(lines.toString().getBytes(StandardCharsets.UTF_8));
    }
    base = folder.resolve("base.rnn");
    pretraining =
        CommandLineRun.run(
            "pretrain", "-c", config, text, "-o", base, "--data-license", "The sample (CC0)");
  }

  @Test
  void pretrainingWritesLayersCurvesAndScores() {
    assertThat(pretraining.status()).as(pretraining.err()).isZero();
    assertThat(pretraining.out())
        .matches("next perplexity: \\d+\\.\\d\\d\nprevious perplexity: \\d+\\.\\d\\d\n");
    assertThat(pretraining.err())
        .containsPattern("[\\d,]+ tokens in \\d+ chunks, \\d+ words with a vector")
        .containsPattern("chunk 1/\\d+  loss \\d")
        .contains("tokens/s", " left", "best chunk ", "wrote " + base);
    for (String end : List.of(".curves.csv", ".curves.svg", ".scores.json")) {
      assertThat(folder.resolve("base" + end)).isRegularFile();
    }
    assertThat(Path.of(base + ".checkpoint")).doesNotExist();
  }

  @Test
  void inspectShowsCardWordsAndWeights() {
    CommandLineRun.Outcome outcome = CommandLineRun.run("inspect", base);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("The sample (CC0)", "tokens of text.txt.zst", "- Dev next perplexity: ")
        .containsPattern("\\d+ words, \\d+ characters")
        .contains("encoder.0.forward.kernel", "weights.safetensors");
  }

  @Test
  void taggerBeginsWithTheLayersAndItsCardNamesTheText() {
    Path model = folder.resolve("m.rnn");
    CommandLineRun.Outcome outcome =
        CommandLineRun.run("train", "-c", config, "--train", SAMPLE, "--dev", SAMPLE, "-o", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err()).contains(base + ": ", "words kept");
    assertThat(CommandLineRun.run("inspect", model).out())
        .contains("## Pretrained layers base.rnn", "The sample (CC0)", "pretrained vectors");
    assertThat(CommandLineRun.runWith("She reads.\n", "tag", "-m", model).status()).isZero();
  }

  @Test
  void otherCommandsRefuseTheLayersInOneLine() {
    for (String command : List.of("tag", "classify", "eval", "transduce")) {
      CommandLineRun.Outcome outcome = CommandLineRun.runWith("a\n", command, "-m", base, SAMPLE);
      assertThat(outcome.status()).as(command).isEqualTo(2);
      assertThat(outcome.err()).as(command).hasLineCount(1).contains("kind", "pretrained");
    }
  }

  @Test
  void wrongArgumentsAreRefusedInOneLine() throws Exception {
    Path out = folder.resolve("x.rnn");
    assertThat(CommandLineRun.run("pretrain", "-c", config, "none.txt", "-o", out).err())
        .isEqualTo("rnnotator: none.txt: no such file\n");
    assertThat(CommandLineRun.run("pretrain", "-c", config, text, "-o", text).err())
        .hasLineCount(1)
        .contains("would overwrite the input");
    assertThat(
            CommandLineRun.run(
                    "pretrain", "-c", config, "--set", "pretrain.rate=0", text, "-o", out)
                .err())
        .hasLineCount(1)
        .contains("pretrain.rate is 0.0, expected more than 0");
    assertThat(
            CommandLineRun.run(
                    "pretrain", "-c", config, "--set", "input.language=1x", text, "-o", out)
                .err())
        .hasLineCount(2)
        .contains("rnnotator: input.language: '1x' is not a language; expected an ISO 639 code");
    Path broken = Files.write(folder.resolve("broken.txt"), new byte[] {'a', (byte) 0xff});
    assertThat(CommandLineRun.run("pretrain", "-c", config, broken, "-o", out).err())
        .hasLineCount(2)
        .endsWith("broken.txt:1:2: byte 0xFF is not UTF-8; convert the file to UTF-8\n");
    String noModel = "pretrained.from=" + text;
    assertThat(
            CommandLineRun.run(
                    "train", "-c", config, "--set", noModel, "--train", SAMPLE, "-o", out)
                .err()
                .lines()
                .reduce("", (a, b) -> b))
        .startsWith("rnnotator: " + text + ": ")
        .contains("not a model file");
    assertThat(out).doesNotExist();
  }
}
