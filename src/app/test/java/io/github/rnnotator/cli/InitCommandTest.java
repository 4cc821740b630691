package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class InitCommandTest {
  @TempDir Path folder;

  @Test
  void writesAConfigurationThatTrains() throws IOException {
    Path config = folder.resolve("mine.yaml");
    Path model = folder.resolve("mine.rnn");
    Path train = Path.of("corpora/sample/en.conll");
    Outcome outcome = run("init", train, "-o", config);
    assertThat(outcome.status()).as(outcome.err()).isZero();
    assertThat(outcome.out())
        .contains("columns, 60 sentences", "learned as ner", "wrote " + config);
    assertThat(Files.readString(config)).startsWith("# " + train).contains("kind: crf");
    Outcome trained =
        run("train", "-c", config, "--set", "train.epochs=1", "--train", train, "-o", model);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  @Test
  void refusesToReplaceAFile() throws IOException {
    Path config = Files.writeString(folder.resolve("mine.yaml"), "mine");
    Outcome outcome = run("init", "corpora/sample/en.conll", "-o", config);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("mine.yaml exists; name another file with -o, or delete it");
    assertThat(Files.readString(config)).isEqualTo("mine");
  }

  @Test
  void refusesAMissingFileInOneLine() {
    Outcome outcome = run("init", folder.resolve("none.conll"), "-o", folder.resolve("a.yaml"));
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("none.conll: no such file").hasLineCount(1);
  }
}
