package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.tagger.TaggerModel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * {@code train --from} with other heads than the model's: its words and layers learn new labels.
 */
class TransferTest {
  private static final Path SAMPLES = Path.of("corpora/sample");

  @TempDir private static Path folder;
  private static Path model;
  private static Path config;

  @BeforeAll
  static void train() throws IOException {
    Path full =
        Files.writeString(
            folder.resolve("full.yaml"),
            """
            input:   {format: conllu, heads: {upos: upos, xpos: xpos}, language: en}
            embed:   {words: {dim: 8}, shape: true}
            encoder: [{bidirectional: gru, hidden: 8}]
            heads:   {upos: {kind: softmax}, xpos: {kind: softmax}}
            train:   {rate: 0.02, epochs: 3, batch: 4, average: 0.5}
            segment: {train: {epochs: 1}}
            """);
    model = folder.resolve("pos.rnn");
    Path data = SAMPLES.resolve("en.conllu");
    Outcome outcome =
        CommandLineRun.run("train", "-c", full, "--train", data, "--dev", data, "-o", model);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    config =
        Files.writeString(
            folder.resolve("names.yaml"),
            """
            input: {format: columns, columns: [form, xpos, upos, names], heads: {names: names}}
            heads: {names: {kind: crf, scheme: iobes}}
            train: {rate: 0.02, epochs: 20, batch: 4, average: 0.5}
            """);
  }

  private static Outcome further(Path out, String... options) {
    List<Object> arguments = new ArrayList<>(List.of("train", "--from", model));
    Path data = SAMPLES.resolve("en.conll");
    arguments.addAll(Arrays.asList(options));
    arguments.addAll(List.of("--train", data, "--dev", data, "-o", out));
    return CommandLineRun.run(arguments.toArray());
  }

  private static List<String> names(TaggerModel model) {
    return model.parameters().stream().map(Parameter::name).collect(Collectors.toList());
  }

  @Test
  void theLayersLearnNewLabels() throws IOException {
    Path out = folder.resolve("names.rnn");
    Outcome outcome = further(out, "-c", config.toString());
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("head names is new\n")
        .contains("head upos of the model is left out\n", "head xpos of the model is left out\n");
    TaggerModel trained = TaggerModel.load(out);
    assertThat(trained.config().heads()).containsOnlyKeys("names");
    assertThat(trained.config().encoder()).isEqualTo(TaggerModel.load(model).config().encoder());
    assertThat(names(trained)).contains("heads.names.kernel").doesNotContain("heads.upos.kernel");
    assertThat(trained.segmenter()).isNotNull();
    assertThat(trained.card()).contains("## Trained further from pos.rnn");
    assertThat(outcome.out()).containsPattern("names f1: [5-9]\\d");
  }

  /** The same without a file; and a part of the model's heads may stay. */
  @Test
  void settingsReplaceHeadsToo() throws IOException {
    Path out = folder.resolve("both.rnn");
    Outcome outcome =
        further(
            out,
            "--set",
            "input={format: columns, columns: [form, xpos, upos, n], heads: {n: n, xpos: xpos}}",
            "--set",
            "heads={n: {kind: crf, scheme: iobes}, xpos: {kind: softmax}}",
            "--set",
            "train.epochs=0");
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.err())
        .contains("head n is new\n", "head upos of the model is left out\n")
        .doesNotContain("head xpos");
    TaggerModel kept = TaggerModel.load(out);
    assertThat(names(kept)).contains("heads.n.transitions", "heads.xpos.kernel");
    String layer = "encoder.0.forward.kernel";
    assertThat(parameter(kept, layer).value().data)
        .isEqualTo(parameter(TaggerModel.load(model), layer).value().data);
  }

  private static Parameter parameter(TaggerModel model, String name) {
    return model.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void aHeadThatKeepsItsNameKeepsItsKind() throws IOException {
    Path other =
        Files.writeString(
            folder.resolve("other.yaml"),
            Files.readString(config)
                .replace("{names: names}", "{upos: names}")
                .replace("names: {kind", "upos: {kind"));
    Path out = folder.resolve("none.rnn");
    Outcome refused = further(out, "-c", other.toString());
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err())
        .hasLineCount(1)
        .contains("--from " + model + ": the configuration has another heads.upos (CRF IOBES")
        .contains("than the model (SOFTMAX");
    assertThat(out).doesNotExist();
  }

  @Test
  void whatIsMissingIsOnlyTakenFromAModel() throws IOException {
    Path data = SAMPLES.resolve("en.conll");
    Path out = folder.resolve("none.rnn");
    Outcome refused = CommandLineRun.run("train", "-c", config, "--train", data, "-o", out);
    assertThat(refused.status()).isEqualTo(2);
    assertThat(refused.err()).contains("a configuration needs input, embed, encoder and heads");
    Path broken = Files.writeString(folder.resolve("broken.yaml"), "heads: {n: {kynd: crf}}\n");
    assertThat(further(out, "-c", broken.toString()).err())
        .hasLineCount(1)
        .contains("broken.yaml", "unknown key 'kynd', did you mean 'kind'?");
  }
}
