package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.github.rnnotator.corpus.Compression;
import io.github.rnnotator.corpus.CorpusException;
import io.github.rnnotator.corpus.CorpusFormat;
import io.github.rnnotator.corpus.CorpusInput;
import io.github.rnnotator.corpus.OutputFormat;
import io.github.rnnotator.corpus.PassageFormat;
import io.github.rnnotator.pipeline.PassageTagger;
import io.github.rnnotator.pipeline.TextSegmenter;
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
  /** How many malformed inputs to make; {@code -Dbatch.malformed=10000} for many. */
  private static final int MALFORMED = Integer.getInteger("batch.malformed", 100);

  private static final TextSegmenter SEGMENTER = TextSegmenter.forLanguage("de");

  @TempDir Path folder;

  private static List<List<TaggedSentence>> tagDocuments(List<List<Sentence>> documents) {
    return documents.stream().map(BatchTest::tag).toList();
  }

  /** A tag that tells the form's length. */
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

  private static final PassageTagger TAGGER = new PassageTagger(SEGMENTER, BatchTest::tagDocuments);

  private static PassageFormat in(String name) {
    int longest = 1 << 12;
    return switch (name) {
      case "text" -> new PassageFormat.Text(SEGMENTER::cut, longest);
      case "lines" -> new PassageFormat.Lines(SEGMENTER::cut, longest);
      case "jsonl" -> new PassageFormat.JsonLines("text", "id", SEGMENTER::cut, longest);
      case "columns" ->
          new PassageFormat.Sentences(
              new CorpusFormat.Columns(List.of("form", "tag"), Map.of()), longest);
      default -> new PassageFormat.Sentences(new CorpusFormat.Conllu(Map.of()), longest);
    };
  }

  private BatchSettings settings(String in, Compression compression) {
    return new BatchSettings(
        folder.resolve("in").toString(),
        folder.resolve("out"),
        in(in),
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
  void foldersAndPackedFilesAreTaggedAndKeepTheirPlaces() throws IOException {
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
  void aGlobTakesTheFilesThatItMatches() throws IOException {
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
  void whatIsBrokenIsSetAsideAndTheRestGoesOn() throws IOException {
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
  void aFileThatCanNotBeWrittenIsSetAside() throws IOException {
    write("a.txt", "One.");
    write("b".repeat(245) + ".txt", "Two.");
    write("c.txt", "Three.");
    run(settings("text", Compression.NONE));
    assertThat(outputs().keySet()).containsExactly("a.jsonl", "c.jsonl");
    assertThat(failures()).hasSize(1);
    assertThat(failures().get(0).get("reason").asText()).startsWith("its output can't be written");
  }

  @Test
  void aStrictRunStopsAtTheFirstFailureAndCanBeGoneOnWith() throws IOException {
    write("a.txt", "One.");
    Files.write(folder.resolve("in/b.txt"), new byte[] {'a', '\n', (byte) 0xff});
    write("c.txt", "Three.");
    BatchSettings lax = settings("text", Compression.NONE);
    BatchSettings strict =
        new BatchSettings(
            lax.input(),
            lax.output(),
            lax.in(),
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
  void anotherSettingOrInputIsRefusedUnlessToldOtherwise() throws IOException {
    write("a.txt", "One.");
    run(settings("text", Compression.NONE));
    BatchSettings lines = settings("lines", Compression.NONE);
    assertThatThrownBy(() -> run(lines))
        .isInstanceOf(CorpusException.class)
        .hasMessageContaining("in was text and is lines")
        .hasMessageContaining("--allow-change");
    write("b.txt", "Two.");
    BatchSettings same = settings("text", Compression.NONE);
    assertThatThrownBy(() -> run(same)).hasMessageContaining("input files was 1 and is 2");
    Map<String, String> before = outputs();
    BatchSettings restarted =
        new BatchSettings(
            same.input(),
            same.output(),
            same.in(),
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
  void aFolderOfSomethingElseIsRefused() throws IOException {
    write("a.txt", "One.");
    Files.createDirectories(folder.resolve("out"));
    Files.writeString(folder.resolve("out/a.jsonl"), "mine");
    assertThatThrownBy(() -> run(settings("text", Compression.NONE)))
        .hasMessageContaining("holds files that are not of a run, like a.jsonl");
    assertThat(folder.resolve("out/a.jsonl")).hasContent("mine");
  }

  @Test
  void twoFilesForOneOutputAreRefused() throws IOException {
    write("a.txt", "One.");
    write("a.txt.gz", "Two.");
    assertThatThrownBy(() -> run(settings("text", Compression.NONE)))
        .hasMessageContaining("would be written to the same file as");
  }

  @Test
  void nothingDependsOnHowTheWorkIsDealtOut() throws IOException {
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
    // The offsets go on over the cuts.
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

  /** Whatever is read, each file is tagged or set aside, and nothing hangs or fails. */
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
      case 8 -> text.append("x".repeat(9_999_990)).append(" end.\n");
      default -> text.append("w O\n".repeat(100_000)).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.UTF_8);
  }
}
