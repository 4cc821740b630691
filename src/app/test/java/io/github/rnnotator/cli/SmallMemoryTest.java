package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The bundled English models tag a long text in little memory. */
@Tag("once")
class SmallMemoryTest {
  private static final int COPIES = 12;

  @TempDir private Path folder;

  /** Runs the program, then prints the most memory that this process had resident, in KB. */
  static final class Tagging {
    private Tagging() {}

    public static void main(String[] arguments) throws IOException {
      InputStream nothing = new ByteArrayInputStream(new byte[0]);
      int status = Main.run(nothing, System.out, System.err, arguments);
      Path process = Path.of("/proc/self/status");
      if (status == 0 && Files.exists(process)) {
        Files.readAllLines(process).stream()
            .filter(line -> line.startsWith("VmHWM:"))
            .forEach(System.out::println);
      }
      System.exit(status);
    }
  }

  @ParameterizedTest
  @CsvSource({"en, 128, 350", "en-fast, 64, 200"})
  void tagsAnyTextInASmallHeap(String model, int heap, int resident) throws Exception {
    String sample = Files.readString(Path.of("corpora/sample/en.txt"));
    Path text = Files.writeString(folder.resolve("long.txt"), (sample + "\n").repeat(COPIES));
    Path tagged = folder.resolve("tagged.conllu");
    Process process =
        new ProcessBuilder(
                List.of(
                    Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                    "-Xmx" + heap + "m",
                    "-XX:+UseSerialGC",
                    "-cp",
                    System.getProperty("java.class.path"),
                    Tagging.class.getName(),
                    "tag",
                    "-m",
                    model,
                    "--threads",
                    "2",
                    "--out",
                    "conllu",
                    "-o",
                    tagged.toString(),
                    text.toString()))
            .redirectErrorStream(true)
            .start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(said).isZero();
    assertThat(Files.size(tagged)).isGreaterThan(Files.size(text));
    said.lines()
        .filter(line -> line.startsWith("VmHWM:"))
        .mapToInt(line -> Integer.parseInt(line.replaceAll("\\D", "")) / 1000)
        .forEach(megabytes -> assertThat(megabytes).isLessThanOrEqualTo(resident));
  }
}
