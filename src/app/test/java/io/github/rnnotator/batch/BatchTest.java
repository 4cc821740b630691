package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.Stress;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

class BatchTest {
  private static final int MALFORMED = Stress.choose(60, 10_000);

  private static final TextSegmenter SEGMENTER = TextSegmenter.forLanguage("de");

  @TempDir Path folder;

  private static List<List<TaggedSentence>> tagDocuments(List<List<Sentence>> documents) {
    return documents.stream().map(BatchTest::tag).toList();
  }

  /** A tag with the form's length. */
  private static List<TaggedSentence> tag(List<Sentence> sentences) {
    List<TaggedSentence> tagged = new ArrayList<>();
    for (Sentence sentence : sentences) {
      if (sentence.form(0).equals("DEFECT")) {
        throw new IllegalStateException("a defect");
      }
      List<String> tags = sentence.forms().stream().map(f -> "L" + f.length()).toList();
      tagged.add(new TaggedSentence(sentence, Map.of("len", TagSequence.of(tags))));
    }
    return tagged;
  }

  private static final Annotator TAGGER = Annotator.of(SEGMENTER, BatchTest::tagDocuments);

  private static DocumentFormat in(String name) {
    int longest = 1 << 12;
    return switch (name) {
      case "text" -> new DocumentFormat.Text(SEGMENTER::cut, longest);
      case "lines" -> new DocumentFormat.Lines(SEGMENTER::cut, longest);
      case "jsonl" -> new DocumentFormat.JsonLines("text", "id", SEGMENTER::cut, longest);
      case "columns" ->
          new DocumentFormat.Sentences(
              new CorpusFormat.Columns(List.of("form", "tag"), Map.of()), longest);
      default -> new DocumentFormat.Sentences(new CorpusFormat.Conllu(Map.of()), longest);
    };
  }

  private BatchSettings settings(String in, Compression compression) {
    return new BatchSettings(
        folder.resolve("in").toString(),
        folder.resolve("out"),
        in(in),
        null,
        OutputFormat.jsonl(Map.of()),
        compression,
        3,
        false,
        false,
        false,
        0,
        Map.of("in", in));
  }

  private static BatchSummary run(BatchSettings settings) throws IOException {
    return run(settings, "");
  }

  private static BatchSummary run(BatchSettings settings, String stdin) throws IOException {
    InputStream in = new ByteArrayInputStream(stdin.getBytes(StandardCharsets.UTF_8));
    return new Batch(settings, TAGGER, in, progress -> {}).run();
  }

  private void write(String name, String text) throws IOException {
    Path file = folder.resolve("in").resolve(name);
    Files.createDirectories(file.getParent());
    try (OutputStream out = Compression.ofName(name).pack(Files.newOutputStream(file))) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
  }

  private Map<String, String> outputs() throws IOException {
    Map<String, String> found = new TreeMap<>();
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String name = folder.resolve("out").relativize(file).toString();
        if (!name.startsWith("_")) {
          found.put(
              name, new String(CorpusInput.open(file).readAllBytes(), StandardCharsets.UTF_8));
        }
      }
    }
    return found;
  }

  private List<JsonNode> failures() throws IOException {
    List<JsonNode> failures = new ArrayList<>();
    Path file = folder.resolve("out/_failed.jsonl");
    if (Files.exists(file)) {
      for (String line : Files.readAllLines(file)) {
        failures.add(new ObjectMapper().readTree(line));
      }
    }
    return failures;
  }

  @Test
  void foldersAndCompressedFilesAreTaggedInPlace() throws IOException {
    write("a.txt", "One two.");
    write("sub/b.txt.gz", "Three.");
    write("sub/deep/c.txt.bz2", "Four.");
    write("z.txt.zst", "Five.");
    write("_hidden.txt", "No.");
    BatchSummary summary = run(settings("text", Compression.ZSTD));
    assertThat(outputs().keySet())
        .containsExactly("a.jsonl.zst", "sub/b.jsonl.zst", "sub/deep/c.jsonl.zst", "z.jsonl.zst");
    assertThat(outputs().get("sub/b.jsonl.zst")).contains("\"form\":\"Three\"");
    assertThat(summary.totals().files()).isEqualTo(4);
    assertThat(summary.totals().tokens()).isEqualTo(9);
    assertThat(folder.resolve("out/_failed.jsonl")).doesNotExist();
    assertThat(run(settings("text", Compression.ZSTD)).tokens()).as("a second time").isZero();
  }

  @Test
  void globSelectsMatchingFiles() throws IOException {
    write("a.txt", "One.");
    write("sub/b.txt", "Two.");
    write("sub/c.md", "Three.");
    BatchSettings all = settings("text", Compression.NONE);
    run(with(all, folder.resolve("in") + "/**/*.txt"));
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "sub/b.jsonl");
  }

  private static BatchSettings with(BatchSettings all, String input) {
    return new BatchSettings(
        input,
        all.output(),
        all.in(),
        null,
        all.out(),
        all.compression(),
        all.threads(),
        all.strict(),
        all.restart(),
        all.allowChange(),
        all.checkpoint(),
        all.settings());
  }

  @Test
  void standardInputIsTagged() throws IOException {
    run(with(settings("lines", Compression.NONE), "-"), "One.\n\nTwo.\n");
    assertThat(outputs().get("stdin.jsonl").lines())
        .hasSize(2)
        .last()
        .asString()
        .startsWith("{\"document\":\"3\",");
  }

  @Test
  void malformedInputIsSetAsideAndTheRestTagged() throws IOException {
    write("a.jsonl", "{\"text\":\"One.\"}\nbroken\n{\"text\":\"DEFECT.\"}\n{\"text\":\"Two.\"}\n");
    Files.write(folder.resolve("in/b.jsonl.gz"), new byte[] {1, 2, 3});
    write("c.jsonl", "{\"text\":\"Half a pair: \\ud83d\"}\n{\"text\":\"Three.\"}\n");
    BatchSummary summary = run(settings("jsonl", Compression.NONE));
    assertThat(failures().stream().map(f -> f.get("file").asText() + ":" + f.path("line").asInt()))
        .containsExactly("a.jsonl:2", "a.jsonl:3", "b.jsonl.gz:0", "c.jsonl:1");
    assertThat(summary.totals().failures()).isEqualTo(4);
    assertThat(summary.totals().failedFiles()).isEqualTo(1);
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "c.jsonl");
    assertThat(outputs().get("a.jsonl").lines()).hasSize(2);
    assertThat(outputs().get("c.jsonl").lines()).hasSize(1);
  }

  @Test
  void fileThatCanNotBeWrittenIsSetAside() throws IOException {
    write("a.txt", "One.");
    write("b".repeat(245) + ".txt", "Two.");
    write("c.txt", "Three.");
    run(settings("text", Compression.NONE));
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "c.jsonl");
    assertThat(failures()).hasSize(1);
    assertThat(failures().get(0).get("reason").asText()).startsWith("its output can't be written");
  }

  @Test
  void strictRunStopsAtFirstFailureAndCanBeResumed() throws IOException {
    write("a.txt", "One.");
    Files.write(folder.resolve("in/b.txt"), new byte[] {'a', '\n', (byte) 0xff});
    write("c.txt", "Three.");
    BatchSettings lax = settings("text", Compression.NONE);
    BatchSettings strict =
        new BatchSettings(
            lax.input(),
            lax.output(),
            lax.in(),
            null,
            lax.out(),
            lax.compression(),
            2,
            true,
            false,
            false,
            2,
            lax.settings());
    assertThatThrownBy(() -> run(strict))
        .isInstanceOf(CorpusException.class)
        .hasMessage("b.txt:2: byte 0xFF is not UTF-8; convert the file to UTF-8");
    run(lax);
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "c.jsonl");
    assertThat(failures()).hasSize(1);
  }

  @Test
  void otherSettingsOrInputAreRefusedUnlessAllowed() throws IOException {
    write("a.txt", "One.");
    run(settings("text", Compression.NONE));
    BatchSettings lines = settings("lines", Compression.NONE);
    assertThatThrownBy(() -> run(lines))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("in was text, now lines")
        .hasMessageContaining("--allow-change");
    write("b.txt", "Two.");
    BatchSettings same = settings("text", Compression.NONE);
    assertThatThrownBy(() -> run(same)).hasMessageContaining("input files was 1, now 2");
    Map<String, String> before = outputs();
    BatchSettings restarted =
        new BatchSettings(
            same.input(),
            same.output(),
            same.in(),
            null,
            same.out(),
            same.compression(),
            1,
            false,
            true,
            false,
            2,
            same.settings());
    run(restarted);
    assertThat(outputs()).containsAllEntriesOf(before).hasSize(2);
  }

  @Test
  void folderWithOtherFilesIsRefused() throws IOException {
    write("a.txt", "One.");
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/a.jsonl"), "mine");
    assertThatThrownBy(() -> run(settings("text", Compression.NONE)))
        .hasMessageContaining("contains files that do not belong to a run, such as a.jsonl");
    assertThat(folder.resolve("out/a.jsonl")).hasContent("mine");
  }

  @Test
  void twoFilesForOneOutputAreRefused() throws IOException {
    write("a.txt", "One.");
    write("a.txt.gz", "Two.");
    assertThatThrownBy(() -> run(settings("text", Compression.NONE)))
        .hasMessageContaining("would be written to the same file as");
  }

  private BatchSettings settings(boolean restart, boolean allowChange) {
    BatchSettings same = settings("text", Compression.NONE);
    return new BatchSettings(
        same.input(),
        same.output(),
        same.in(),
        null,
        same.out(),
        same.compression(),
        2,
        false,
        restart,
        allowChange,
        2,
        same.settings());
  }

  private void run(FaultyDisk disk) throws IOException {
    InputStream none = InputStream.nullInputStream();
    new Batch(
            settings(false, false),
            TAGGER,
            none,
            p -> {},
            disk,
            new Pace(1 << 9, 1, System::nanoTime))
        .run();
  }

  private List<String> everything() throws IOException {
    try (Stream<Path> files = Files.walk(folder.resolve("out"))) {
      return files
          .filter(Files::isRegularFile)
          .map(file -> FileNames.of(folder.resolve("out"), file))
          .sorted()
          .toList();
    }
  }

  private Path odd(String escaped) throws IOException {
    Path in = Files.createDirectories(folder.resolve("in"));
    return FileNames.resolve(in, FileNames.ofEscaped(escaped));
  }

  @Test
  void filesWithSimilarNamesHaveSeparateOutputs() throws IOException {
    write("a/b.txt", "One.");
    List<String> names =
        List.of(
            "a%5Cb.txt",
            "x%5C..%5C..%5Cup.txt", "%FF.txt", "%FE.txt", "%25FF.txt", "%EF%BF%BD.txt");
    for (String name : names) {
      Files.writeString(odd(name), "Two.");
    }
    for (String name : List.of("A.txt", "a.txt", "%C3%A9.txt", "e%CC%81.txt")) {
      Files.writeString(odd(name), "Three.");
    }
    Files.writeString(odd("%FDbroken.txt"), "Four.");
    Files.write(odd("%FDbroken.txt"), new byte[] {(byte) 0xff});
    run(settings("text", Compression.NONE));
    assertThat(everything().stream().map(FileNames::escaped))
        .containsExactlyInAnyOrder(
            "_checkpoint.json",
            "_failed.jsonl",
            "_summary.json",
            "a/b.jsonl",
            "a%5Cb.jsonl",
            "x%5C..%5C..%5Cup.jsonl",
            "%FF.jsonl",
            "%FE.jsonl",
            "%25FF.jsonl",
            "%EF%BF%BD.jsonl",
            "A.jsonl",
            "a.jsonl",
            "%C3%A9.jsonl",
            "e%CC%81.jsonl");
    try (Stream<Path> files = Files.list(folder)) {
      assertThat(files).as("nothing is written outside").hasSize(2);
    }
    assertThat(failures()).hasSize(1);
    assertThat(failures().get(0).get("file").asText()).isEqualTo("%FDbroken.txt");
    assertThat(failures().get(0).get("fileBytes").asText()).isEqualTo("%FDbroken.txt");
    assertThat(run(settings("text", Compression.NONE)).tokens()).as("a second time").isZero();
  }

  @Test
  void fileWhoseOutputWouldReplaceAnotherIsRefused() throws IOException {
    write("a.txt", "One.");
    write("a.jsonl/b.txt", "Two.");
    assertThatThrownBy(() -> run(settings("text", Compression.NONE)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("a folder that has the name of the output of a.txt");
    assertThat(folder.resolve("out")).doesNotExist();
    Files.delete(folder.resolve("in/a.txt"));
    write("_failed.jsonl", "{\"text\":\"Three.\"}");
    BatchSettings own = settings("jsonl", Compression.NONE);
    assertThatThrownBy(() -> run(with(own, folder.resolve("in/_failed.jsonl").toString())))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("a file that batch writes itself");
  }

  @Test
  void malformedPatternIsRefused() throws IOException {
    write("a.txt", "One.");
    BatchSettings all = settings("text", Compression.NONE);
    assertThatThrownBy(() -> run(with(all, folder.resolve("in") + "/[a.txt")))
        .isInstanceOf(CorpusException.class)
        .hasMessage(
            "[a.txt: can't be parsed as a pattern: unclosed [; put \\ before a special character");
  }

  @Test
  void linksToFoldersAreFollowedExceptCycles() throws IOException {
    write("a.txt", "One.");
    Path other = Files.createDirectory(folder.resolve("other"));
    Files.writeString(other.resolve("b.txt"), "Two.");
    Files.createSymbolicLink(folder.resolve("in/link"), other);
    Files.createSymbolicLink(folder.resolve("in/x"), folder.resolve("in"));
    write("x.txt", "Three.");
    Files.createSymbolicLink(other.resolve("up"), folder.resolve("in"));
    Files.createSymbolicLink(folder.resolve("in/out"), folder.resolve("out"));
    Files.createSymbolicLink(folder.resolve("in/self"), folder.resolve("in/self"));
    Files.createDirectories(folder.resolve("out"));
    run(settings("text", Compression.NONE));
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "link/b.jsonl", "x.jsonl");
    assertThat(failures().stream().map(f -> f.get("file").asText()))
        .containsExactly("link/up", "self", "x");
    assertThat(failures().get(0).get("reason").asText())
        .isEqualTo("is a link to a folder that contains it; not followed");
  }

  @Test
  @Timeout(60)
  void pipeIsSetAside() throws Exception {
    write("a.txt", "One.");
    Path pipe = folder.resolve("in/b.txt");
    assertThat(new ProcessBuilder("mkfifo", pipe.toString()).start().waitFor()).isZero();
    run(settings("text", Compression.NONE));
    assertThat(outputs().keySet()).containsExactly("a.jsonl");
    assertThat(failures().get(0).get("reason").asText())
        .isEqualTo("is a pipe, a device or a socket, expected a file");
    assertThatThrownBy(() -> run(with(settings("text", Compression.NONE), pipe.toString())))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("expected a file");
  }

  @Test
  void newFilesAreTaggedWithAllowChange() throws IOException {
    write("b.txt", "One.");
    write("m.txt", "x. ".repeat(5000));
    Files.write(folder.resolve("in/k.txt"), new byte[] {(byte) 0xff});
    run(settings(false, false));
    write("a.txt", "Two.");
    write("c/d.txt", "Three.");
    write("z.txt", "Four.");
    run(settings(false, true));
    assertThat(outputs().keySet())
        .containsExactly("a.jsonl", "b.jsonl", "c/d.jsonl", "m.jsonl", "z.jsonl");
    assertThat(failures()).as("a file that was set aside is not tried again").hasSize(1);
    assertThat(run(settings(false, false)).totals().files()).isEqualTo(6);
  }

  /** Wherever a run is killed, resuming it with changed input gives the output of a new run. */
  @Test
  void killedRunResumesWithChangedInput() throws IOException {
    write("b.txt", "One.");
    write("m.txt", "x. ".repeat(2000));
    write("n.txt", "Five.");
    for (int failing = 1; failing < 90; failing += Stress.choose(4, 1)) {
      FaultyDisk disk = new FaultyDisk(failing, FaultyDisk.Fault.KILLED_BEFORE);
      try {
        run(disk);
      } catch (FaultyDisk.Killed e) {
        assertThat(disk.operations()).isEqualTo(failing);
      }
      write("a.txt", "Two.");
      write("m.txt", "y. ".repeat(1000));
      Files.delete(folder.resolve("in/n.txt"));
      run(settings(false, true));
      assertThat(outputs()).containsKeys("a.jsonl", "b.jsonl", "m.jsonl");
      String tagged = outputs().get("m.jsonl");
      assertThat(tagged.contains("\"x\"") && tagged.contains("\"y\"")).isFalse();
      assertThat(everything()).noneMatch(name -> name.endsWith(".part") || name.equals("_lock"));
      Files.delete(folder.resolve("in/a.txt"));
      write("m.txt", "x. ".repeat(2000));
      write("n.txt", "Five.");
      deleteOutputs();
    }
  }

  @Test
  void failedRenameFailsTheRunUntilItSucceeds() throws IOException {
    write("a.txt", "One.");
    write("b.txt", "Two.");
    Files.createDirectories(folder.resolve("out"));
    BatchSettings settings = settings("text", Compression.NONE);
    Path taken = folder.resolve("out/b.jsonl");
    FileOps ops = new FaultyDisk(0, FaultyDisk.Fault.DISK_FULL);
    Batch batch =
        new Batch(
            settings,
            TAGGER,
            InputStream.nullInputStream(),
            progress -> taken.toFile().mkdir(),
            ops,
            Pace.DEFAULT);
    for (int i = 0; i < 2; i++) {
      assertThatThrownBy(batch::run)
          .isExactlyInstanceOf(IOException.class)
          .hasMessageContaining("b.jsonl: can't be written: ")
          .hasMessageEndingWith("the same command resumes the run");
      assertThat(folder.resolve("out/_lock")).doesNotExist();
    }
    Files.delete(taken);
    run(settings);
    assertThat(everything())
        .containsExactly("_checkpoint.json", "_summary.json", "a.jsonl", "b.jsonl");
  }

  @Test
  void partsOfOtherRunsAreNotDeleted() throws IOException {
    write("a.txt", "One. ".repeat(1000));
    FaultyDisk killed = new FaultyDisk(12, FaultyDisk.Fault.KILLED_AFTER);
    assertThatThrownBy(() -> run(killed)).isInstanceOf(FaultyDisk.Killed.class);
    assertThat(everything()).anyMatch(name -> name.matches("\\.a\\.jsonl\\.[0-9a-f]{8}\\.part"));
    Files.writeString(folder.resolve("out/.a.jsonl.part"), "mine");
    Files.writeString(folder.resolve("out/.film.mp4.part"), "mine");
    Files.delete(folder.resolve("in/a.txt"));
    write("b.txt", "Two.");
    run(settings(true, false));
    assertThat(everything())
        .containsExactly(
            ".a.jsonl.part", ".film.mp4.part", "_checkpoint.json", "_summary.json", "b.jsonl");
  }

  @Test
  void refusedStartLeavesNoLock() throws IOException {
    write("a.txt", "One.");
    run(settings(false, false));
    write("b.txt", "Two.");
    assertThatThrownBy(() -> run(settings(false, false))).isInstanceOf(CorpusException.class);
    assertThat(everything()).doesNotContain("_lock");
    deleteOutputs();
    Files.writeString(folder.resolve("out/_lock"), "mine");
    assertThatThrownBy(() -> run(settings(false, false)))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("is not the lock of a run");
    assertThat(folder.resolve("out/_lock")).hasContent("mine");
  }

  /** Names in a program started without a locale, as by cron. */
  @Test
  void namesAreTheSameWithoutALocale() throws Exception {
    for (String name : List.of("%FF.txt", "%C3%A9/%ED%95%9C.txt", "plain.txt")) {
      Path file = odd(name);
      Files.createDirectories(file.getParent());
      Files.writeString(file, "One.");
    }
    ProcessBuilder builder =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                Alone.class.getName(),
                folder.toString())
            .inheritIO();
    builder.environment().put("LC_ALL", "C");
    assertThat(builder.start().waitFor()).isZero();
    assertThat(everything().stream().map(FileNames::escaped))
        .containsExactlyInAnyOrder(
            "_checkpoint.json",
            "_summary.json",
            "%FF.jsonl",
            "%C3%A9/%ED%95%9C.jsonl",
            "plain.jsonl");
    assertThat(run(settings("text", Compression.NONE)).tokens()).as("in this locale").isZero();
  }

  /** Runs in a separate process. */
  static final class Alone {
    private Alone() {}

    public static void main(String[] args) throws IOException {
      BatchTest test = new BatchTest();
      test.folder = Path.of(args[0]);
      run(test.settings("text", Compression.NONE));
    }
  }

  @Test
  void outputIsIndependentOfThreadsAndParts() throws IOException {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < 30_000; i++) {
      text.append("word").append(i % 977).append(i % 11 == 0 ? ". " : i % 101 == 0 ? "\n\n" : " ");
    }
    write("long.txt", text.toString());
    for (int i = 0; i < 40; i++) {
      write("short" + i + ".txt", "A short text, number " + i + ".");
    }
    BatchSettings three = settings("text", Compression.GZIP);
    run(three);
    Map<String, byte[]> first = bytes();
    BatchSettings one =
        new BatchSettings(
            three.input(),
            three.output(),
            three.in(),
            null,
            three.out(),
            three.compression(),
            1,
            false,
            true,
            false,
            2,
            three.settings());
    run(one);
    assertThat(bytes().keySet()).isEqualTo(first.keySet());
    bytes().forEach((name, bytes) -> assertThat(bytes).as(name).isEqualTo(first.get(name)));
    // The offsets continue across the cuts.
    JsonNode last =
        new ObjectMapper()
            .readTree(outputs().get("long.jsonl.gz").lines().reduce((a, b) -> b).orElseThrow());
    JsonNode token = last.get("tokens").get(0);
    assertThat(text.substring(token.get("begin").asInt(), token.get("end").asInt()))
        .isEqualTo(token.get("form").asText());
  }

  private Map<String, byte[]> bytes() throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    for (String name : outputs().keySet()) {
      found.put(name, Files.readAllBytes(folder.resolve("out").resolve(name)));
    }
    return found;
  }

  /** For any input, each file is tagged or set aside, and nothing hangs or fails. */
  @Test
  @Timeout(600)
  void malformedInputsAreTaggedOrSetAside() throws IOException {
    long seed = System.nanoTime();
    Random random = new Random(seed);
    Path in = Files.createDirectories(folder.resolve("in"));
    Map<String, Integer> kinds = new LinkedHashMap<>();
    for (int i = 0; i < MALFORMED; i++) {
      byte[] bytes = malformed(i, random);
      String pack = List.of("", "", "", ".gz", ".bz2", ".zst").get(random.nextInt(6));
      if (random.nextBoolean() && !pack.isEmpty()) {
        bytes = cut(pack(bytes, Compression.ofName(pack)), random);
      }
      Files.write(in.resolve("f" + i + pack), bytes);
      kinds.merge(pack, 1, Integer::sum);
    }
    for (String format : List.of("text", "lines", "jsonl", "columns", "conllu")) {
      BatchSettings same = settings(format, Compression.NONE);
      BatchSettings settings =
          new BatchSettings(
              same.input(),
              same.output(),
              same.in(),
              null,
              same.out(),
              same.compression(),
              3,
              false,
              true,
              false,
              2,
              same.settings());
      deleteOutputs();
      run(settings);
      TreeSet<String> accounted = new TreeSet<>();
      failures().forEach(failure -> accounted.add(failure.get("file").asText()));
      outputs().keySet().forEach(name -> accounted.add(name.replace(".jsonl", "")));
      for (int i = 0; i < MALFORMED; i++) {
        String name = "f" + i;
        assertThat(
                accounted.contains(name)
                    || accounted.contains(name + ".gz")
                    || accounted.contains(name + ".bz2")
                    || accounted.contains(name + ".zst"))
            .as("%s as %s, seed %d, %s", name, format, seed, kinds)
            .isTrue();
      }
    }
  }

  private void deleteOutputs() throws IOException {
    if (Files.exists(folder.resolve("out"))) {
      try (Stream<Path> files = Files.list(folder.resolve("out"))) {
        for (Path file : files.toList()) {
          Files.delete(file);
        }
      }
    }
  }

  private static byte[] pack(byte[] bytes, Compression kind) throws IOException {
    java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
    try (OutputStream out = kind.pack(packed)) {
      out.write(bytes);
    }
    return packed.toByteArray();
  }

  private static byte[] cut(byte[] bytes, Random random) {
    byte[] cut = Arrays.copyOf(bytes, bytes.length - random.nextInt(Math.min(bytes.length, 40)));
    if (cut.length > 0 && random.nextInt(3) == 0) {
      cut[random.nextInt(cut.length)] ^= (byte) (1 + random.nextInt(255));
    }
    return cut;
  }

  private static byte[] malformed(int number, Random random) {
    StringBuilder text = new StringBuilder();
    switch (number == 0 ? 8 : number == 1 ? 9 : random.nextInt(8)) {
      case 0 -> {
        byte[] bytes = new byte[random.nextInt(3000)];
        random.nextBytes(bytes);
        return bytes;
      }
      case 1 -> {
        for (int i = random.nextInt(30); i > 0; i--) {
          text.append("{\"text\":\"One ").append(i).append(".\"");
          text.append(random.nextInt(3) == 0 ? "" : "}").append('\n');
        }
      }
      case 2 -> text.append("[".repeat(random.nextInt(5000)));
      case 3 -> {
        for (int i = random.nextInt(40); i > 0; i--) {
          text.append(random.nextInt(20)).append('\t').append("w\t_\n".repeat(random.nextInt(3)));
          text.append(random.nextBoolean() ? "\n" : "");
        }
      }
      case 4 -> {
        for (int i = random.nextInt(400); i > 0; i--) {
          text.append((char) random.nextInt(0x3000));
        }
      }
      case 5 -> text.append("\r\n\t \u2028\u0085\ufeff".repeat(random.nextInt(50)));
      case 6 -> text.append("a\u0301".repeat(random.nextInt(5000)));
      case 7 -> {
        for (int i = random.nextInt(20); i > 0; i--) {
          text.append(i).append("\tw\t_\t_\t_\t_\t_\t_\t_\t").append(i % 3 == 0 ? "\n" : "_\n");
        }
      }
      case 8 -> text.append("x".repeat(Stress.choose(999_990, 9_999_990))).append(" end.\n");
      default -> text.append("w O\n".repeat(Stress.choose(10_000, 100_000))).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
