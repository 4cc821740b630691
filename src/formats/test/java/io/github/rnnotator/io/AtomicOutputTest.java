package io.github.rnnotator.io;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A program terminated while writing leaves no temporary file. */
class AtomicOutputTest {
  @TempDir Path folder;

  /** Writes half a file and waits. */
  static final class Writer {
    private Writer() {}

    public static void main(String[] args) throws IOException {
      try (AtomicOutput output = AtomicOutput.to(Path.of(args[0]))) {
        output.stream().write(new byte[] {1, 2, 3});
        System.out.println("writing");
        if (System.in.read() >= 0) {
          output.commit();
        }
      }
    }
  }

  private Process start(Path file) throws IOException {
    Process process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Writer.class.getName(),
                file.toString())
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = process.inputReader(StandardCharsets.UTF_8);
    assertThat(out.readLine()).isEqualTo("writing");
    return process;
  }

  @Test
  void terminatedProgramLeavesNoTemporaryFile() throws Exception {
    Path file = Files.writeString(folder.resolve("a.txt"), "old");
    Process process = start(file);
    assertThat(names()).as("files during the write").hasSize(2);
    // Process.destroy would also close its input, which ends it.
    assertThat(process.toHandle().destroy()).isTrue();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isEqualTo(128 + 15);
    assertThat(names()).containsExactly("a.txt");
    assertThat(file).hasContent("old");
  }

  @Test
  void committedFileSurvivesTermination() throws Exception {
    Path file = folder.resolve("a.txt");
    Process process = start(file);
    process.getOutputStream().write('\n');
    process.getOutputStream().flush();
    assertThat(process.waitFor(1, TimeUnit.MINUTES)).isTrue();
    assertThat(process.exitValue()).isZero();
    assertThat(names()).containsExactly("a.txt");
    assertThat(Files.readAllBytes(file)).containsExactly(1, 2, 3);
  }

  private String[] names() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.map(file -> String.valueOf(file.getFileName())).toArray(String[]::new);
    }
  }
}
