package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Output that appears while the input is still coming; tokens separated by spaces. */
class StreamingTest {
  private static final String MODEL = "en-fast";
  private static final List<String> LINES =
      List.of("She reads .\n", "He\n", "\n", "Peter lives in Oslo .\n", "Mary writes .");

  @TempDir Path folder;

  /** Gives one line for each read, and records how much was written before. */
  private static final class Pipe extends InputStream {
    private final List<String> lines;
    private final ByteArrayOutputStream out;
    private final List<String> before = new ArrayList<>();
    private byte[] line = new byte[0];
    private int next;

    Pipe(List<String> lines, ByteArrayOutputStream out) {
      this.lines = new ArrayList<>(lines);
      this.out = out;
    }

    @Override
    public int read() {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int from, int length) {
      if (next == line.length) {
        before.add(out.toString(StandardCharsets.UTF_8));
        if (lines.isEmpty()) {
          return -1;
        }
        line = lines.remove(0).getBytes(StandardCharsets.UTF_8);
        next = 0;
      }
      int size = Math.min(length, line.length - next);
      System.arraycopy(line, next, bytes, from, size);
      next += size;
      return size;
    }

    /** The model need not warm up. */
    @Override
    public int available() {
      return 1;
    }
  }

  private static List<String> beforeEachLine(List<String> lines, String... args) {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    Pipe pipe = new Pipe(lines, out);
    List<String> words = new ArrayList<>(List.of("tag", "-m", MODEL));
    words.addAll(List.of(args));
    assertThat(Main.run(pipe, out, err, words.toArray(String[]::new)))
        .as(err.toString(StandardCharsets.UTF_8))
        .isZero();
    return pipe.before;
  }

  private static String succeeded(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @Test
  void aLineIsTaggedBeforeTheNextOneIsRead() {
    for (String[] args : new String[][] {{"--lines"}, {"--in", "tokens"}}) {
      List<String> before = beforeEachLine(LINES, args);
      assertThat(before.get(0)).isEmpty();
      assertThat(before.get(1)).startsWith("She/PRON").endsWith("\n");
      assertThat(before.get(2).substring(before.get(1).length())).startsWith("He/").endsWith("\n");
      assertThat(before.get(3)).isEqualTo(before.get(2));
      assertThat(before.get(4)).contains("lives/VERB").doesNotContain("writes");
    }
  }

  @Test
  void aRecordIsTaggedBeforeTheNextOneIsRead() {
    List<String> before =
        beforeEachLine(
            List.of("{\"text\": \"She reads.\"}\n", "{\"text\": \"He writes.\"}\n"),
            "--out",
            "text");
    assertThat(before.get(1)).startsWith("She/PRON").doesNotContain("He/");
    assertThat(before.get(2)).contains("He/PRON");
  }

  /** What arrives together does not matter: each line is read apart from its neighbours. */
  @Test
  void aFileGivesWhatItsLinesGive() throws IOException {
    String text = String.join("", LINES);
    Path file = Files.writeString(folder.resolve("a.txt"), text);
    for (String[] args : new String[][] {{"--lines"}, {"--in", "tokens"}}) {
      List<String> before = beforeEachLine(LINES, args);
      List<Object> words = new ArrayList<>(List.of("tag", "-m", MODEL));
      words.addAll(List.of(args));
      assertThat(succeeded(runWith(text, words.toArray()))).isEqualTo(whole(words, file));
      assertThat(whole(words, file))
          .startsWith(before.get(before.size() - 1))
          .contains("Mary/PROPN");
    }
  }

  private static String whole(List<Object> words, Path file) {
    List<Object> all = new ArrayList<>(words);
    all.add(file);
    return succeeded(run(all.toArray()));
  }

  @Test
  void tokensAreSeparatedByBlanksAlone() {
    Outcome outcome =
        runWith(
            "e.g. New-York's  3/4\n\nU.S. !\n",
            "tag",
            "-m",
            MODEL,
            "--in",
            "tokens",
            "--out",
            "columns");
    assertThat(succeeded(outcome).lines().map(line -> line.split("\t")[0]))
        .containsExactly("e.g.", "New-York's", "3/4", "", "U.S.", "!", "");
  }

  @Test
  void tokensKeepTheirOffsetsInTheText() {
    Outcome outcome =
        runWith("ab  c\nde\n", "tag", "-m", MODEL, "--in", "tokens", "--out", "jsonl");
    assertThat(succeeded(outcome)).contains("\"begin\":4", "\"begin\":6", "\"end\":8");
  }

  @Test
  void theModelWarmsUpWhileThereIsNoInput() {
    assertThat(succeeded(run("tag", "-m", MODEL, "--lines"))).isEmpty();
  }
}
