package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code train} on several sources, and {@code eval --types}. */
class SourcesCommandTest {
  private static final String MUSIC =
      "Ann B-singer\nsings O\n\nBob B-singer\nand O\nAnn B-singer\nsing O\n\nThe B-band\nBeats"
          + " I-band\nplay O\n\n";

  @TempDir private Path folder;
  private Path config;

  @BeforeEach
  void write() throws IOException {
    file("web/train.conll", "Ann B-PER\nruns O\n\nOslo B-LOC\nis O\nold O\n\n".repeat(6));
    file("web/dev.conll", "Ann B-PER\nruns O\n\nOslo B-LOC\n\n");
    file("music/train.conll", MUSIC.repeat(3));
    file("music/dev.conll", MUSIC);
    config =
        Files.writeString(
            folder.resolve("c.yaml"),
            """
            input:   {format: columns, columns: [form, ner], heads: {ner: ner}}
            embed:   {words: {dim: 8}}
            encoder: [{bidirectional: gru, hidden: 8}]
            heads:   {ner: {kind: crf, scheme: iobes}}
            train:
              rate: 0.02
              epochs: 3
              average: 0.5
              balance: 0.5
              sources:
                - {file: @web/train.conll, dev: @web/dev.conll, annotates: [PER, LOC]}
                - {file: @music/train.conll, dev: @music/dev.conll, types: {singer: PER, band: ORG}}
            """
                .replace("@", folder + "/"));
  }

  private void file(String name, String text) throws IOException {
    Path file = folder.resolve(name);
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  private Outcome run(Object... args) {
    return CommandLineRun.run(args);
  }

  @Test
  void allFilesHaveTheScoresOfEachSourceAndTheirMean() throws IOException {
    Path model = folder.resolve("m.rnn");
    Outcome trained = run("train", "-c", config, "-o", model, "--threads", 1);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.err())
        .contains("source web: 12 sentences, 0.94 times per epoch, 2 dev")
        .contains("source music: 9 sentences, 1.08 times per epoch, 3 dev")
        .containsPattern("epoch 3/3 +loss \\S+ +ner f1 \\S+.*\n  ner: web \\S+, music \\S+\n");
    assertThat(trained.out()).containsPattern("ner f1: \\S+\n  web: \\S+\n  music: \\S+\n");
    assertThat(Files.readString(folder.resolve("m.curves.csv")))
        .startsWith("seed,epoch,loss,seconds,ner f1,ner f1 [web],ner f1 [music]\n");
    assertThat(Files.readString(folder.resolve("m.curves.svg")))
        .contains("ner f1")
        .doesNotContain("[web]");
    JsonNode run =
        new ObjectMapper()
            .readTree(Files.readString(folder.resolve("m.scores.json")))
            .path("runs")
            .get(0);
    double web = run.at("/sources/web/ner").doubleValue();
    double music = run.at("/sources/music/ner").doubleValue();
    assertThat(run.at("/scores/ner").doubleValue()).isEqualTo((web + music) / 2);
    assertThat(run("inspect", model).out())
        .contains("21 sentences (web 12, music 9)")
        .containsPattern("Dev ner f1: \\S+, the mean over its sources\n +- web: \\S+\n");

    Outcome scored =
        run("eval", "-m", model, "--types", "singer=PER,*=O", folder.resolve("music/dev.conll"));
    assertThat(scored.status()).as(scored.err()).isZero();
    assertThat(scored.out()).contains("chunks: 3 gold");
    file("commented.conll", "# a comment\n1 Ann B-PER\n2 runs O\n");
    Outcome commented =
        run(
            "eval",
            "-m",
            model,
            "--comments",
            "--columns",
            "_,form,ner",
            folder.resolve("commented.conll"));
    assertThat(commented.out()).as(commented.err()).contains("chunks: 1 gold");
    assertRefused(
        run("eval", "-m", model, "--types", "singer=PER", folder.resolve("music/dev.conll")),
        "music/dev.conll:9: 'B-band' has a type that is not among singer");
    assertRefused(
        run(
            "eval",
            "--gold",
            folder.resolve("music/dev.conll"),
            "--predicted",
            folder.resolve("music/dev.conll"),
            "--types",
            "singer=PER"),
        "--types is for the gold tags of a model, not with predicted tags");
  }

  @Test
  void trainOfTheCommandLineIsOneMoreSource() throws IOException {
    file("more.conll", "Eve B-PER\n\n".repeat(4));
    Path model = folder.resolve("m.rnn");
    Outcome trained =
        run(
            "train",
            "-c",
            config,
            "--train",
            folder.resolve("more.conll"),
            "--seeds",
            2,
            "-o",
            model);
    assertThat(trained.status()).as(trained.err()).isZero();
    assertThat(trained.err()).containsPattern("source \\S+: 4 sentences, \\S+ times per epoch, no");
    assertThat(trained.out()).contains("ner, 2 seeds: mean");
    Outcome further =
        run("train", "-c", config, "--from", model, "-o", folder.resolve("further.rnn"));
    assertThat(further.status()).as(further.err()).isZero();
  }

  @Test
  void whatNeedsOneCorpusIsRefused() {
    Path model = folder.resolve("m.rnn");
    assertRefused(
        run("cross-validate", "-c", config, folder.resolve("web/train.conll")),
        "cross-validate learns from one file, but the configuration has train.sources");
    assertRefused(
        run("train", "-c", config, "--set", "segment={}", "-o", model),
        "a segmenter learns from --train and segment.files, not from train.sources; give --train");
    assertRefused(
        run("train", "-c", config, "--dev", folder.resolve("web/dev.conll"), "-o", model),
        "--dev is the dev data of --train; give the dev data of a source in train.sources");
    assertRefused(
        run("train", "-c", config, "-o", folder.resolve("music/dev.conll")),
        "would overwrite the input");
    assertRefused(
        run("train", "-c", config, "--set", "train.sources=[{file: x/absent.conll}]", "-o", model),
        "x/absent.conll: no such file");
    assertRefused(
        run(
            "train",
            "-c",
            "eval/sample-plurals.yaml",
            "--set",
            "train.sources=[{file: x}]",
            "--train",
            "corpora/sample/plurals.tsv",
            "-o",
            model),
        "train.sources is for taggers, not for pairs");
  }

  private static void assertRefused(Outcome outcome, String message) {
    assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
    assertThat(outcome.err()).contains(message);
    assertThat(outcome.err().strip()).doesNotContain("\n");
  }
}
