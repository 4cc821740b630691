package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.Stress;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Runs of two seeds in a process of their own that is killed, not asked to stop, again and again.
 */
class KilledRunTest {
  private static final int KILLS = Stress.choose(2, 20);
  private static final Path SAMPLE = Path.of("corpora/sample/en.conllu");

  @TempDir Path folder;

  @ParameterizedTest
  @ValueSource(strings = {"train", "pretrain"})
  void repeatedlyKilledRunWritesTheSameBytes(String verb) throws Exception {
    Path config = folder.resolve("tiny.yaml");
    Files.writeString(
        config,
        """
        input:   {format: conllu, heads: {upos: upos}, language: nl}
        embed:   {words: {dim: 20}, characters: {kind: cnn, dim: 8, hidden: 10}, shape: true}
        encoder: [{bidirectional: gru, hidden: 16}]
        heads:   {upos: {kind: softmax}}
        train:   {rate: 0.01, batch: 4, epochs: 3, average: 0.99, dropout: 0.2, patience: 0}
        pretrain: {rate: 0.01, batch: 2, chunk: 300, epochs: 3, hold_out: 100, samples: 20, average: 0.9}
        """);
    writeText(folder.resolve("text.txt"));
    Path whole = Files.createDirectory(folder.resolve("whole"));
    CommandLineRun.Outcome calm = CommandLineRun.run(command(verb, whole, "1000", false).toArray());
    assertThat(calm.status()).as(calm.err()).isZero();

    Path killed = Files.createDirectory(folder.resolve("killed"));
    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < KILLS; i++) {
      Process process = start(verb, killed, "0", i > 0);
      int checkpoints = 1 + random.nextInt(10);
      for (int j = 0; j < checkpoints; j++) {
        awaitCheckpoint(process, killed, 1 + i % 2);
      }
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue()).as("kill %d, seed %d: %s", i, seed, log(killed)).isNotZero();
      assertThat(killed.resolve("m.rnn"))
          .as("no half of a model")
          .satisfiesAnyOf(
              file -> assertThat(file).doesNotExist(),
              file -> assertThat(parts(file)).isNotEmpty());
    }
    Process last = start(verb, killed, "0", true);
    assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as(log(killed)).isZero();

    assertThat(names(killed)).as("no file is left over").isEqualTo(names(whole));
    for (String model : List.of("m.rnn", "m.seed-1.rnn", "m.seed-2.rnn")) {
      Map<String, byte[]> expected = parts(whole.resolve(model));
      Map<String, byte[]> found = parts(killed.resolve(model));
      assertThat(found.keySet()).isEqualTo(expected.keySet());
      expected.forEach(
          (name, bytes) ->
              assertThat(found.get(name)).as("seed %d, %s!%s", seed, model, name).isEqualTo(bytes));
    }
    assertThat(curve(killed)).isEqualTo(curve(whole));
    assertThat(Files.readString(killed.resolve("m.scores.json")))
        .isEqualTo(Files.readString(whole.resolve("m.scores.json")));
  }

  private Process start(String verb, Path into, String minutes, boolean resume) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.rnnotator.cli.Main"));
    command.addAll(command(verb, into, minutes, resume));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(into.resolve("log").toFile())
        .start();
  }

  private List<String> command(String verb, Path into, String minutes, boolean resume) {
    List<String> command =
        new ArrayList<>(List.of(verb, "-c", folder.resolve("tiny.yaml").toString()));
    command.addAll(
        verb.equals("train")
            ? List.of("--train", SAMPLE.toString())
            : List.of(folder.resolve("text.txt").toString()));
    command.addAll(
        List.of(
            "--seeds",
            "2",
            "--threads",
            "1",
            "--checkpoint",
            minutes,
            "-o",
            into.resolve("m.rnn").toString()));
    if (resume) {
      command.add("--resume");
    }
    return command;
  }

  /** The sentences of the sample, six per document. */
  private static void writeText(Path file) throws IOException {
    StringBuilder text = new StringBuilder();
    int sentences = 0;
    for (String line : Files.readAllLines(SAMPLE)) {
      if (line.startsWith("# text = ")) {
        text.append(line.substring(9)).append(++sentences % 6 == 0 ? "\n\n" : "\n");
      }
    }
    Files.writeString(file, text);
  }

  /** Waits until the process has written the checkpoint of a seed once more. */
  private static void awaitCheckpoint(Process process, Path folder, int seed) throws Exception {
    Path file = folder.resolve("m.seed-" + seed + ".rnn.checkpoint");
    FileTime before = Files.exists(file) ? Files.getLastModifiedTime(file) : null;
    while (Files.notExists(file) || Files.getLastModifiedTime(file).equals(before)) {
      assertThat(process.isAlive()).as(log(folder)).isTrue();
      Thread.sleep(2);
    }
  }

  private static String log(Path folder) throws IOException {
    return Files.readString(folder.resolve("log"));
  }

  private static List<String> names(Path folder) throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(name -> !name.equals("log"))
          .sorted()
          .toList();
    }
  }

  /** The record without the times. */
  private static List<String> curve(Path folder) throws IOException {
    return Files.readAllLines(folder.resolve("m.curves.csv")).stream()
        .map(line -> line.replaceAll("^([^,]+,[^,]+,[^,]+),[^,]+", "$1"))
        .toList();
  }

  /** All but the day on the card and what follows from it: the test may run at midnight. */
  private static Map<String, byte[]> parts(Path model) throws IOException {
    Map<String, byte[]> parts = new LinkedHashMap<>();
    try (InputStream in = Files.newInputStream(model);
        ZipInputStream zip = new ZipInputStream(in)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        byte[] bytes = zip.readAllBytes();
        if (entry.getName().matches(".*\\.(txt|safetensors)")) {
          parts.put(entry.getName(), bytes);
        }
      }
    }
    return parts;
  }
}
