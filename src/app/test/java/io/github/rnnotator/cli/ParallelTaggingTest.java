package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Any number of threads writes the same bytes. */
class ParallelTaggingTest {
  @TempDir private Path folder;

  private Path repeated(String sample, int times) throws IOException {
    String text = Files.readString(Path.of("corpora/sample", sample));
    return Files.writeString(folder.resolve(sample), text.repeat(times));
  }

  private CommandLineRun.Outcome tag(Path file, String out, int threads) {
    return CommandLineRun.run("tag", "-m", "en-fast", "--threads", threads, "--out", out, file);
  }

  @Test
  void outputDoesNotDependOnTheThreads() throws IOException {
    for (String sample : new String[] {"en.txt", "en.conllu"}) {
      Path file = repeated(sample, sample.endsWith("txt") ? 30 : 12);
      for (String out : new String[] {"jsonl", "conllu"}) {
        CommandLineRun.Outcome one = tag(file, out, 1);
        assertThat(one.status()).isZero();
        assertThat(one.out()).isNotEmpty();
        assertThat(tag(file, out, 4).out()).as("%s, %s", sample, out).isEqualTo(one.out());
      }
    }
  }

  /** What was read before an error is written, as on one thread. */
  @Test
  void textBeforeAnErrorIsWritten() throws IOException {
    Path file = repeated("en.conllu", 12);
    Files.writeString(file, Files.readString(file) + "1\tbroken\n\n");
    CommandLineRun.Outcome one = tag(file, "conllu", 1);
    CommandLineRun.Outcome several = tag(file, "conllu", 3);
    assertThat(several.status()).isEqualTo(one.status()).isEqualTo(2);
    assertThat(several.err()).isEqualTo(one.err()).contains("en.conllu:");
    assertThat(several.out()).isEqualTo(one.out()).isNotEmpty();
  }

  @Test
  void threadsMustBePositive() throws IOException {
    CommandLineRun.Outcome run = tag(repeated("en.txt", 1), "jsonl", 0);
    assertThat(run.status()).isEqualTo(2);
    assertThat(run.err()).contains("--threads 0");
  }
}
