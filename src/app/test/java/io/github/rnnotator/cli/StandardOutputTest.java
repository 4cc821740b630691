package io.github.rnnotator.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.github.rnnotator.cli.console.StandardOutput;
import io.github.rnnotator.tagger.TinyTexts;
import java.io.ByteArrayOutputStream;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine.Command;

/** Every command reports output that it could not print. */
class StandardOutputTest {
  private static final String FULL = "No space left on device";
  private static final String CLOSED = "Broken pipe";

  /** These print only help: their results are files. */
  private static final Set<String> SILENT = Set.of("batch", "export", "vectors", "merge", "init");

  @TempDir static Path shared;

  private static final Map<String, List<String>> COMMANDS = new LinkedHashMap<>();

  @BeforeAll
  static void prepare() throws IOException {
    Path config = shared.resolve("pos.yaml");
    Files.writeString(
        config,
        """
        input:   {format: conllu, heads: {upos: upos}}
        embed:   {words: {dim: 8}}
        encoder: [{recurrent: gru, hidden: 8}]
        heads:   {upos: {kind: softmax}}
        train:   {rate: 0.01, batch: 8, epochs: 1, average: 0, dropout: 0}
        """);
    Path messages = shared.resolve("messages.rnn");
    CommandLineRun.run(
        "train",
        "-c",
        "eval/sample-messages.yaml",
        "--set",
        "train.epochs=1",
        "--train",
        TinyTexts.FILE,
        "-o",
        messages);
    Path plurals = shared.resolve("plurals.rnn");
    CommandLineRun.run(
        "train",
        "-c",
        "eval/sample-plurals.yaml",
        "--set",
        "train.epochs=1",
        "--train",
        "corpora/sample/plurals.tsv",
        "-o",
        plurals);
    Path chunks = shared.resolve("chunks.conll");
    Files.writeString(chunks, "Oslo B-LOC B-LOC\nis O O\n\n");
    String corpus = "corpora/sample/en.conllu";
    COMMANDS.put("tag", List.of("-m", "en-fast", "--out", "jsonl", "corpora/sample/en.txt"));
    COMMANDS.put("classify", List.of("-m", messages.toString(), "corpora/sample/en.txt"));
    COMMANDS.put("transduce", List.of("-m", plurals.toString(), "corpora/sample/plurals.tsv"));
    COMMANDS.put("serve", List.of("-m", "en-fast", "--port", "0"));
    COMMANDS.put(
        "train",
        List.of("-c", config.toString(), "--train", corpus, "-o", shared + "/trained.rnn"));
    Path text =
        Files.writeString(shared.resolve("text.txt"), "He reads. She sings.\n\n".repeat(50));
    COMMANDS.put(
        "pretrain", List.of("-c", config.toString(), text.toString(), "-o", shared + "/base.rnn"));
    COMMANDS.put("cross-validate", List.of("-c", config.toString(), "--folds", "2", corpus));
    COMMANDS.put("eval", List.of("-m", "en-fast", "--head", "upos", corpus));
    COMMANDS.put("conlleval", List.of(chunks.toString()));
    COMMANDS.put(
        "compare",
        List.of(
            "--gold",
            chunks.toString(),
            "--columns",
            "form,ner,_",
            chunks.toString(),
            chunks.toString()));
    COMMANDS.put("inspect", List.of("en-fast"));
    COMMANDS.put("models", List.of());
    COMMANDS.put("help", List.of());
  }

  private static Set<String> names() {
    return new TreeSet<>(Main.commands("").keySet());
  }

  @Test
  void commandsHaveTheNamesOfTheirClasses() {
    Main.commands("")
        .forEach(
            (name, type) -> {
              assertThat(type.getAnnotation(Command.class).name()).isEqualTo(name);
              if (!name.equals("help")) {
                assertThat(Main.commands(name)).isEqualTo(Map.of(name, type));
              }
            });
  }

  /** Every command with arguments that make it print. */
  static Stream<List<String>> printing() {
    List<List<String>> all = new ArrayList<>(List.of(List.of("--help"), List.of("--version")));
    for (String name : names()) {
      if (!name.equals("help")) {
        all.add(List.of(name, "--help"));
      }
    }
    COMMANDS.forEach((name, arguments) -> all.add(join(name, arguments)));
    all.add(List.of("eval", "--raw", "-m", "ko", "--head", "upos", "corpora/sample/ko.conllu"));
    for (String out : List.of("text", "table", "columns", "conllu", "webanno", "html")) {
      all.add(List.of("tag", "-m", "en-fast", "--out", out, "corpora/sample/en.txt"));
    }
    return all.stream();
  }

  private static List<String> join(String name, List<String> arguments) {
    return Stream.concat(Stream.of(name), arguments.stream()).toList();
  }

  @Test
  void everyCommandIsTriedHere() {
    Set<String> tried = new TreeSet<>(COMMANDS.keySet());
    tried.addAll(SILENT);
    assertThat(tried).isEqualTo(names());
  }

  /** Accepts some bytes, then always fails. */
  private static final class Failing extends OutputStream {
    private final String problem;
    private long room;

    Failing(long room, String problem) {
      this.room = room;
      this.problem = problem;
    }

    @Override
    public void write(int b) throws IOException {
      if (room == 0) {
        throw new IOException(problem);
      }
      room--;
    }
  }

  private record Ending(int status, List<String> messages) {}

  private static Ending run(InputStream in, OutputStream out, List<String> arguments) {
    ByteArrayOutputStream err = new ByteArrayOutputStream();
    int status = Main.run(in, out, err, arguments.toArray(String[]::new));
    List<String> messages =
        err.toString(StandardCharsets.UTF_8).lines().filter(line -> !isProgress(line)).toList();
    return new Ending(status, messages);
  }

  /** Lines of {@code train}, {@code pretrain} and {@code cross-validate} that report progress. */
  private static boolean isProgress(String line) {
    return line.matches(
        "no --dev: .*|ops .*|[\\d,]+ (weights|tokens).*|(epoch|chunk) .*|(stopped early, )?best .*|fold .*"
            + "|wrote .*");
  }

  @ParameterizedTest
  @MethodSource("printing")
  @Timeout(120)
  void aFullDeviceIsStatusOneAndOneLine(List<String> arguments) {
    Ending ending = run(InputStream.nullInputStream(), new Failing(0, FULL), arguments);
    assertThat(ending.messages()).containsExactly("rnnotator: standard output: " + FULL);
    assertThat(ending.status()).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("printing")
  @Timeout(120)
  void aClosedPipeEndsQuietly(List<String> arguments) {
    Ending ending = run(InputStream.nullInputStream(), new Failing(5, CLOSED), arguments);
    assertThat(ending.messages()).isEmpty();
    assertThat(ending.status()).isEqualTo(StandardOutput.CLOSED_PIPE);
  }

  /** The same line endlessly; reading all of it never returns. */
  private static final class Endless extends InputStream {
    private final byte[] line;
    private int next;

    Endless(String line) {
      this.line = line.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public int read() {
      next = (next + 1) % line.length;
      return line[(next + line.length - 1) % line.length];
    }
  }

  @Test
  @Timeout(120)
  void aClosedPipeEndsTheWork() {
    List<String> tag = List.of("tag", "-m", "en-fast", "--in", "columns", "--columns", "form", "-");
    List<String> classify = join("classify", List.of("-m", shared.resolve("messages.rnn") + ""));
    for (List<String> command : List.of(tag, classify)) {
      Ending ending = run(new Endless("Call\n\n"), new Failing(100, CLOSED), command);
      assertThat(ending.messages()).as("%s", command).isEmpty();
      assertThat(ending.status()).isEqualTo(StandardOutput.CLOSED_PIPE);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "models", "tag -m en-fast corpora/sample/en.txt"})
  void aFullDeviceOfTheSystemIsNoticed(String arguments) throws Exception {
    File full = new File("/dev/full");
    assumeTrue(full.exists(), "this system has no /dev/full");
    Path said = shared.resolve("said");
    List<String> command =
        new ArrayList<>(
            List.of(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                Main.class.getName()));
    command.addAll(List.of(arguments.split(" ")));
    Process process =
        new ProcessBuilder(command).redirectOutput(full).redirectError(said.toFile()).start();
    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(Files.readAllLines(said).stream().filter(line -> !line.contains("] INFO ")))
        .singleElement()
        .asString()
        .startsWith("rnnotator: standard output: ");
    assertThat(process.exitValue()).isEqualTo(1);
  }
}
