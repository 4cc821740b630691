package io.github.rnnotator.cli;

import static io.github.rnnotator.cli.CommandLineRun.run;
import static io.github.rnnotator.cli.CommandLineRun.runWith;
import static org.assertj.core.api.Assertions.assertThat;

import io.github.rnnotator.cli.CommandLineRun.Outcome;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.tagger.TinyTexts;
import io.github.rnnotator.train.JointTagger;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Every command reads gzip, bzip2 and Zstandard from every place that it reads from. */
class PackedInputTest {
  private static final String TEXT = "Anna lives in Oslo. She left.\n";
  private static final String ROWS = "Anna\tB-PER\nlives\tO\nin\tO\nOslo\tB-LOC\n\n";
  private static final String JSON = "{\"id\":\"d1\",\"text\":\"Anna lives in Oslo.\"}\n";

  @TempDir static Path shared;
  @TempDir Path folder;

  private static Path model;
  private static String conllu;
  private static Path classifier;

  @BeforeAll
  static void prepare() throws IOException {
    model = JointTagger.write(shared);
    String[] sentences = Files.readString(Path.of("corpora/sample/en.conllu")).split("\n\n");
    conllu = String.join("\n\n", List.of(sentences).subList(0, 12)) + "\n\n";
    classifier = shared.resolve("messages.rnn");
    Outcome trained =
        run(
            "train",
            "-c",
            "eval/sample-messages.yaml",
            "--set",
            "train.epochs=1",
            "--train",
            pack(shared.resolve("messages"), Compression.GZIP, Files.readString(TinyTexts.FILE)),
            "-o",
            classifier);
    assertThat(trained.status()).as(trained.err()).isZero();
  }

  private static byte[] packed(Compression kind, String text) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    // Two members, one after the other, are one file.
    int half = text.length() / 2;
    for (String part : List.of(text.substring(0, half), text.substring(half))) {
      try (OutputStream out = kind.pack(bytes)) {
        out.write(part.getBytes(StandardCharsets.UTF_8));
      }
    }
    return bytes.toByteArray();
  }

  private static Path pack(Path file, Compression kind, String text) throws IOException {
    return Files.write(file, packed(kind, text));
  }

  /** The output of a command for a file, its last argument. */
  private static void assertSame(Compression kind, Path plain, String text, Object... command)
      throws IOException {
    Files.writeString(plain, text);
    String expected = succeeded(run(with(command, plain)));
    Path folder = Files.createDirectories(plain.resolveSibling(kind.name()));
    // Whatever the name.
    Path file = pack(folder.resolve(plain.getFileName()), kind, text);
    assertThat(succeeded(run(with(command, file))).replace(file.toString(), plain.toString()))
        .isEqualTo(expected);
  }

  private static void assertSameStdin(Compression kind, String text, Object... command)
      throws IOException {
    String expected = succeeded(runWith(text, command));
    assertThat(expected).isNotEmpty();
    assertThat(succeeded(runWith(packed(kind, text), command))).isEqualTo(expected);
  }

  private static Object[] with(Object[] command, Object file) {
    List<Object> all = new ArrayList<>(Arrays.asList(command));
    all.add(file);
    return all.toArray();
  }

  private static String succeeded(Outcome outcome) {
    assertThat(outcome.status()).as(outcome.err()).isZero();
    return outcome.out();
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void tagReadsIt(Compression kind) throws IOException {
    Object[] tag = {"tag", "-m", model, "--out", "conllu"};
    assertSame(kind, folder.resolve("a.txt"), TEXT, tag);
    assertSame(kind, folder.resolve("a.conllu"), conllu, tag);
    assertSame(kind, folder.resolve("a.jsonl"), JSON, tag);
    assertSame(kind, folder.resolve("a.conll"), ROWS, with(with(tag, "--columns"), "form,ner"));
    assertSameStdin(kind, TEXT, tag);
    assertSameStdin(kind, TEXT, with(tag, "-"));
    assertSameStdin(kind, conllu, with(with(tag, "--in"), "conllu"));
    assertSameStdin(kind, conllu, tag);
    assertSameStdin(kind, JSON, with(with(tag, "--in"), "jsonl"));
    assertSameStdin(kind, ROWS, with(with(tag, "--columns"), "form,ner"));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void theOtherCommandsReadIt(Compression kind) throws IOException {
    assertSame(kind, folder.resolve("t.txt"), "Call 6600 now\n", "classify", "-m", classifier);
    assertSameStdin(kind, "Call 6600 now\n", "classify", "-m", classifier);
    assertSame(kind, folder.resolve("e.conllu"), conllu, "eval", "-m", model, "--head", "upos");
    assertSameStdin(kind, conllu, "eval", "-m", model, "--head", "upos", "-");
    assertSame(kind, folder.resolve("m.tsv"), "ham\tHello there\n", "eval", "-m", classifier);
    assertSame(kind, folder.resolve("r.conllu"), conllu, "eval", "-m", "en-fast", "--raw");
    String both = ROWS.replace("\n", " O\n").replace("\n O\n", "\n\n").replace("\t", " ");
    assertSame(
        kind, folder.resolve("b.conll"), both, "eval", "--columns", "form,ner,predicted:ner");
    assertSameStdin(kind, both, "eval", "--columns", "form,ner,predicted:ner", "-");
    Path gold = Files.writeString(folder.resolve("g.conll"), ROWS);
    Object[] compare = {"compare", "--columns", "form,ner", "--gold", gold, gold};
    assertSame(kind, folder.resolve("c.conll"), ROWS, compare);
    assertSameStdin(kind, ROWS, with(compare, "-"));
    assertSame(kind, folder.resolve("p.conll"), both, "conlleval");
    assertSameStdin(kind, both, "conlleval");
    Path base = pack(folder.resolve("base.conllu"), kind, conllu);
    Path merged = folder.resolve("merged.conllu");
    succeeded(run("merge", "--into", base, "--from", base, "--head", "upos", "-o", merged));
    assertThat(merged).content().contains("NOUN");
    assertSame(
        kind, folder.resolve("v.txt"), "a 1 2\nb 3 4\n", "vectors", "-o", folder.resolve("v.vec"));
  }

  @ParameterizedTest
  @EnumSource(names = {"GZIP", "BZIP2", "ZSTD"})
  void truncatedFileIsReportedInOneLine(Compression kind) throws IOException {
    for (String text : List.of(TEXT, conllu)) {
      byte[] whole = packed(kind, text);
      byte[] cut = Arrays.copyOf(whole, whole.length - 5);
      String end = text.equals(TEXT) ? "txt" : "conllu";
      Path file = Files.write(folder.resolve("cut." + end), cut);
      for (Outcome outcome :
          List.of(
              run("tag", "-m", model, file),
              run("tag", "-m", model, "--in", text.equals(TEXT) ? "text" : "conllu", file),
              runWith(cut, "tag", "-m", model))) {
        assertThat(outcome.status()).as(outcome.err()).isEqualTo(2);
        assertThat(outcome.err()).contains("corrupt or truncated");
        assertThat(outcome.err().lines().filter(line -> !line.contains("looks like"))).hasSize(1);
      }
    }
  }

  @Test
  void plainFileNamedGzIsRefused() throws IOException {
    Path file = Files.writeString(folder.resolve("a.txt.gz"), TEXT);
    Outcome outcome = run("tag", "-m", model, file);
    assertThat(outcome.status()).isEqualTo(2);
    assertThat(outcome.err()).contains("not a gzip file, though its name ends in .gz");
  }
}
