package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.Stress;
import io.github.rnnotator.embed.EmbedConfig;
import io.github.rnnotator.nn.CellKind;
import io.github.rnnotator.tagger.ModelFile;
import io.github.rnnotator.tagger.Safetensors;
import io.github.rnnotator.tagger.TaggerModel;
import io.github.rnnotator.tagger.TinyTaggers;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A batch run in a process of its own that is killed, not asked to stop, again and again: at random
 * times, while {@code EveryFaultTest} has a fault at each operation.
 */
class KilledBatchTest {
  private static final int KILLS = Stress.choose(1, 20);

  @TempDir Path folder;

  @Test
  void repeatedlyKilledRunWritesTheSameBytes() throws Exception {
    writeCorpus();
    TaggerModel model =
        TinyTaggers.untrained(
            TinyTaggers.config(CellKind.GRU, EmbedConfig.Characters.Kind.CNN, "upos"),
            TinyTaggers.english(20),
            2,
            1);
    try (OutputStream out = Files.newOutputStream(folder.resolve("m.rnn"))) {
      ModelFile.write(out, model, Safetensors.Type.F32);
    }
    CommandLineRun.Outcome calm = CommandLineRun.run(command("whole", "1000").toArray());
    assertThat(calm.status()).as(calm.err()).isEqualTo(1);

    long seed = System.nanoTime();
    Random random = new Random(seed);
    for (int i = 0; i < KILLS; i++) {
      Process process = start("killed", "0.02");
      int checkpoints = 1 + random.nextInt(3);
      for (int j = 0; j < checkpoints; j++) {
        awaitCheckpoint(process);
      }
      process.destroyForcibly();
      assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
      assertThat(process.exitValue())
          .as("kill %d, seed %d: %s", i, seed, log("killed"))
          .isNotIn(0, 1, 2);
    }
    Process last = start("killed", "0.02");
    assertThat(last.waitFor(5, TimeUnit.MINUTES)).isTrue();
    assertThat(last.exitValue()).as(log("killed")).isEqualTo(1);

    Map<String, byte[]> expected = files("whole");
    Map<String, byte[]> found = files("killed");
    assertThat(found.keySet()).as("no file is missing or left over").isEqualTo(expected.keySet());
    expected.forEach(
        (name, bytes) ->
            assertThat(found.get(name)).as("%s, seed %d", name, seed).isEqualTo(bytes));
    assertThat(expected).containsKeys("_failed.jsonl", "a/large.ann.gz", "z/9.txt.gz");
  }

  /** A large file, many small ones, broken records, and a file that can't be read at all. */
  private void writeCorpus() throws IOException {
    Files.createDirectories(folder.resolve("in/a"));
    Files.createDirectories(folder.resolve("in/z"));
    try (OutputStream large =
        new GZIPOutputStream(Files.newOutputStream(folder.resolve("in/a/large.jsonl.gz")))) {
      for (int i = 0; i < 500 + 1500 * KILLS; i++) {
        String line =
            i % 50 == 7
                ? "{broken\n"
                : "{\"id\":"
                    + i
                    + ",\"text\":\"Anna 😀 met Bo"
                    + i
                    + " in Oslo. "
                    + "They talked for hours. ".repeat(i % 9)
                    + "\"}\n";
        large.write(line.getBytes(java.nio.charset.StandardCharsets.UTF_8));
      }
    }
    Files.write(folder.resolve("in/b.jsonl.bz2"), new byte[] {1, 2, 3});
    for (int i = 0; i < 200; i++) {
      Files.writeString(
          folder.resolve("in/z/" + i + ".jsonl"),
          "{\"text\":\"A short text " + i + ".\"}\n".repeat(i % 5));
    }
  }

  private Process start(String out, String seconds) throws IOException {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx512m",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                "io.github.rnnotator.cli.Main"));
    command.addAll(command(out, seconds));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(folder.resolve(out + ".log").toFile())
        .start();
  }

  private List<String> command(String out, String seconds) {
    return List.of(
        "batch",
        "-m",
        folder.resolve("m.rnn").toString(),
        "--in",
        "jsonl",
        "--out",
        "brat",
        "--pack",
        "gz",
        "--checkpoint",
        seconds,
        folder.resolve("in").toString(),
        folder.resolve(out).toString());
  }

  /** Waits until the process has come further than the one before it, but not to its end. */
  private void awaitCheckpoint(Process process) throws Exception {
    Path checkpoint = folder.resolve("killed/_checkpoint.json");
    FileTime before = Files.exists(checkpoint) ? Files.getLastModifiedTime(checkpoint) : null;
    while (!Files.exists(checkpoint) || Files.getLastModifiedTime(checkpoint).equals(before)) {
      assertThat(process.isAlive()).as(log("killed")).isTrue();
      Thread.sleep(2);
    }
  }

  private String log(String out) throws IOException {
    return Files.readString(folder.resolve(out + ".log"));
  }

  /** All but the times. */
  private Map<String, byte[]> files(String out) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.resolve(out).relativize(file).toString();
        boolean times = List.of("_checkpoint.json", "_summary.json").contains(name);
        found.put(name, times ? new byte[0] : Files.readAllBytes(file));
      }
    }
    return found;
  }
}
