package io.github.rnnotator.batch;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.Stress;
import io.github.rnnotator.annotate.Annotator;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.DocumentFormat;
import io.github.rnnotator.formats.OutputFormat;
import io.github.rnnotator.io.Compression;
import io.github.rnnotator.segment.TextSegmenter;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A run that fails at each of its disk operations in turn, and is resumed, gives the output of a
 * run without a fault. The default run has fewer files and samples the operations.
 */
class EveryFaultTest {
  private static final int FILES = Stress.choose(14, 40);

  /** This one is long and truncated after some parts; as a text it has no output. */
  private static final int TRUNCATED = 5;

  private static final TextSegmenter SEGMENTER = TextSegmenter.forLanguage("en");
  private static final Annotator TAGGER = Annotator.of(SEGMENTER, EveryFaultTest::tag);

  /** The kinds of runs, with checkpoints within files and across several. */
  enum Kind {
    /** Records, some malformed, and a checkpoint after each part. */
    JSONL(new DocumentFormat.JsonLines("text", "id", SEGMENTER::cut, 512), Compression.GZIP, 0),
    /** Whole texts, compressed, two outputs each, and a checkpoint after some parts. */
    TEXT(new DocumentFormat.Text(SEGMENTER::cut, 512), Compression.ZSTD, 4),
    /** Sentences, and checkpoints after several files. */
    CONLLU(
        new DocumentFormat.Sentences(new CorpusFormat.Conllu(Map.of()), 512), Compression.NONE, 6);

    private final DocumentFormat in;
    private final Compression compression;
    private final int partsBetween;

    Kind(DocumentFormat in, Compression compression, int partsBetween) {
      this.in = in;
      this.compression = compression;
      this.partsBetween = partsBetween;
    }

    private OutputFormat out() {
      return switch (this) {
        case JSONL -> OutputFormat.jsonl(Map.of());
        case TEXT -> OutputFormat.brat(List.of("ner"), Map.of("ner", TagScheme.IOB2));
        case CONLLU ->
            OutputFormat.ofSentences("conllu", new CorpusFormat.Conllu(Map.of())::writer);
      };
    }

    private String content(int file) {
      int records = file % 7 == TRUNCATED ? 30 : file % 3;
      if (this == TEXT && records == 30) {
        // One is longer than a reader's buffers, which would otherwise detect the truncation at
        // once.
        records = file == TRUNCATED ? 1300 : 300;
      }
      StringBuilder text = new StringBuilder();
      for (int i = 0; i < records; i++) {
        String words = "Anna " + file + " met Bo" + i + " in Oslo. They talked for hours.";
        text.append(
            switch (this) {
              case JSONL -> i % 7 == 3 ? "{broken\n" : "{\"text\":\"" + words + "\"}\n";
              case TEXT -> words + "\n\n";
              case CONLLU ->
                  "1\tAnna\t_\t_\t_\t_\t_\t_\t_\t_\n2\tmet\t_\t_\t_\t_\t_\t_\t_\t_\n\n".repeat(6);
            });
      }
      return text + (file == TRUNCATED ? "\u0000" : "");
    }
  }

  @TempDir Path folder;

  private static List<List<TaggedSentence>> tag(List<List<Sentence>> documents) {
    List<List<TaggedSentence>> tagged = new ArrayList<>();
    for (List<Sentence> document : documents) {
      List<TaggedSentence> sentences = new ArrayList<>();
      for (Sentence sentence : document) {
        List<String> tags = sentence.forms().stream().map(f -> "B-L" + f.length()).toList();
        sentences.add(new TaggedSentence(sentence, Map.of("ner", TagSequence.of(tags))));
      }
      tagged.add(sentences);
    }
    return tagged;
  }

  private void writeInput(Kind kind) throws IOException {
    for (int i = 0; i < FILES; i++) {
      String name = (i % 4 == 0 ? "sub" + i % 3 + "/" : "") + "f" + i + (i % 5 == 0 ? ".gz" : "");
      Path file = folder.resolve("in").resolve(name);
      Files.createDirectories(file.getParent());
      byte[] bytes = kind.content(i).getBytes(StandardCharsets.UTF_8);
      if (i == TRUNCATED) {
        bytes[bytes.length - 1] = (byte) 0xff;
      }
      try (OutputStream out = Compression.ofName(name).pack(Files.newOutputStream(file))) {
        out.write(bytes);
      }
    }
    Files.write(folder.resolve("in/broken.bz2"), new byte[] {1, 2, 3});
  }

  private BatchSummary run(Kind kind, String out, FaultyDisk disk) throws IOException {
    BatchSettings settings =
        new BatchSettings(
            folder.resolve("in").toString(),
            folder.resolve(out),
            kind.in,
            null,
            kind.out(),
            kind.compression,
            1,
            false,
            false,
            false,
            kind.partsBetween,
            Map.of());
    // One second per part, so that checkpoints are at the same parts in every run.
    AtomicLong clock = new AtomicLong();
    Pace pace =
        new Pace(kind == Kind.TEXT ? 1 << 13 : 1 << 9, 100, () -> clock.addAndGet(1_000_000_000));
    return new Batch(settings, TAGGER, InputStream.nullInputStream(), p -> {}, disk, pace).run();
  }

  private static FaultyDisk sound() {
    return new FaultyDisk(0, FaultyDisk.Fault.DISK_FULL);
  }

  @ParameterizedTest
  @EnumSource
  void runResumedAfterAnyFaultEqualsFaultlessRun(Kind kind) throws IOException {
    writeInput(kind);
    FaultyDisk counting = sound();
    run(kind, "whole", counting);
    Map<String, byte[]> expected = files("whole");
    assertThat(counting.operations()).isGreaterThan(4 * FILES);
    assertThat(expected).hasSizeGreaterThan(FILES).containsKeys("_failed.jsonl");
    assertThat(expected.keySet())
        .noneMatch(name -> name.contains(".part") || name.contains("lock"));
    for (FaultyDisk.Fault fault : FaultyDisk.Fault.values()) {
      boolean kills = fault == FaultyDisk.Fault.KILLED_BEFORE;
      int step = Stress.choose(kills ? 5 : 11, 1);
      int first = 1 + (kind.ordinal() + fault.ordinal()) % step;
      for (int failing = first; failing <= counting.operations(); failing += step) {
        FaultyDisk disk = new FaultyDisk(failing, fault);
        Class<? extends Throwable> end =
            fault == FaultyDisk.Fault.DISK_FULL ? IOException.class : FaultyDisk.Killed.class;
        assertThatThrownBy(() -> run(kind, "failed", disk)).isInstanceOf(end);
        run(kind, "failed", sound());
        check(expected, kind + ", " + fault + " at operation " + failing);
        delete(folder.resolve("failed"));
      }
    }
  }

  /** A second fault while the run recovers from the first. */
  @Test
  void runKilledAgainDuringRecoveryLosesNothing() throws IOException {
    Kind kind = Kind.TEXT;
    writeInput(kind);
    FaultyDisk counting = sound();
    run(kind, "whole", counting);
    Map<String, byte[]> expected = files("whole");
    for (int failing = 1; failing <= counting.operations(); failing += Stress.choose(37, 1)) {
      for (int again = 1; again < 12; again += Stress.choose(2, 1)) {
        FaultyDisk first = new FaultyDisk(failing, FaultyDisk.Fault.KILLED_BEFORE);
        assertThatThrownBy(() -> run(kind, "failed", first)).isInstanceOf(FaultyDisk.Killed.class);
        try {
          run(kind, "failed", new FaultyDisk(again, FaultyDisk.Fault.KILLED_AFTER));
        } catch (FaultyDisk.Killed e) {
          assertThat(e).isNotNull();
        }
        run(kind, "failed", sound());
        check(expected, "killed at operation " + failing + " and then at " + again);
        delete(folder.resolve("failed"));
      }
    }
  }

  private void check(Map<String, byte[]> expected, String fault) throws IOException {
    Map<String, byte[]> found = files("failed");
    assertThat(found.keySet()).as(fault).isEqualTo(expected.keySet());
    for (Map.Entry<String, byte[]> file : expected.entrySet()) {
      if (!Arrays.equals(file.getValue(), found.get(file.getKey()))) {
        assertThat(found.get(file.getKey())).as("%s: %s", fault, file).isEqualTo(file.getValue());
      }
    }
  }

  /** All files and folders; for two files with times, only their existence. */
  private Map<String, byte[]> files(String out) throws IOException {
    Map<String, byte[]> found = new TreeMap<>();
    Set<String> times = Set.of("_checkpoint.json", "_summary.json");
    try (Stream<Path> files = Files.walk(folder.resolve(out))) {
      for (Path file : files.toList()) {
        String name = folder.resolve(out).relativize(file).toString();
        boolean isCompared = Files.isRegularFile(file) && !times.contains(name);
        found.put(name, isCompared ? Files.readAllBytes(file) : new byte[0]);
      }
    }
    return found;
  }

  private static void delete(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      for (Path file : files.sorted((a, b) -> b.compareTo(a)).toList()) {
        Files.delete(file);
      }
    }
  }
}
