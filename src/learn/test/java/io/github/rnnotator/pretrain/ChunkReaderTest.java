package io.github.rnnotator.pretrain;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.TextStretches;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ChunkReaderTest {
  @TempDir private Path folder;
  private List<Path> files;

  @BeforeEach
  void write() throws IOException {
    files =
        List.of(
            TinyText.write(folder.resolve("a.txt"), 120, 1),
            TinyText.write(folder.resolve("b.txt"), 40, 2));
  }

  private static PretrainingConfig config(String settings) throws IOException {
    return PretrainingTest.recipe(settings).training();
  }

  private List<String> stretches() throws IOException {
    List<String> all = new ArrayList<>();
    for (Path file : files) {
      try (TextStretches reader = new TextStretches(file)) {
        for (var next = reader.next(); next != null; next = reader.next()) {
          all.add(next.text());
        }
      }
    }
    return all;
  }

  private static List<ChunkReader.Chunk> chunks(TextPlan plan) throws IOException {
    List<ChunkReader.Chunk> chunks = new ArrayList<>();
    try (ChunkReader reader = new ChunkReader(plan)) {
      for (int i = 0; i < plan.chunks(); i++) {
        chunks.add(reader.next());
      }
    }
    return chunks;
  }

  private static int words(List<String> texts) {
    return texts.stream().mapToInt(text -> text.split("\\s+").length).sum();
  }

  @Test
  void everyStretchIsReadOnce() throws IOException {
    TextPlan plan = TextPlan.of(files, config("chunk: 500, hold_out: 200"));
    assertThat(plan.chunks()).isGreaterThan(5);
    List<String> read = new ArrayList<>();
    List<String> heldOut = new ArrayList<>();
    for (ChunkReader.Chunk chunk : chunks(plan)) {
      read.addAll(chunk.trained());
      heldOut.addAll(chunk.heldOut());
      assertThat((double) words(chunk.trained())).isCloseTo(500, within(200.0));
    }
    assertThat((double) words(heldOut)).isCloseTo(200, within(60.0));
    assertThat(new HashSet<>(read)).doesNotContainAnyElementsOf(heldOut);
    read.addAll(heldOut);
    assertThat(read).containsExactlyInAnyOrderElementsOf(stretches());
  }

  /** A limit takes stretches from all of the text, not its first ones. */
  @Test
  void limitIsSpreadOverTheText() throws IOException {
    TextPlan plan = TextPlan.of(files, config("chunk: 300, hold_out: 100, limit_words: 1500"));
    List<String> read = new ArrayList<>();
    chunks(plan).forEach(chunk -> read.addAll(chunk.trained()));
    assertThat((double) words(read)).isCloseTo(1500, within(100.0));
    List<String> all = stretches();
    assertThat(all.indexOf(read.get(read.size() - 1))).isGreaterThan(all.size() - 10);
    assertThat(read).hasSizeLessThan(all.size() / 2).isSubsetOf(all);
  }

  @Test
  void everyChunkHasAPartOfEveryFile() throws IOException {
    TextPlan plan = TextPlan.of(files, config("chunk: 600, hold_out: 100"));
    List<String> second = new ArrayList<>();
    try (TextStretches reader = new TextStretches(files.get(1))) {
      for (var next = reader.next(); next != null; next = reader.next()) {
        second.add(next.text());
      }
    }
    for (ChunkReader.Chunk chunk : chunks(plan)) {
      int own = words(chunk.trained().stream().filter(second::contains).toList());
      assertThat((double) own / words(chunk.trained())).isCloseTo(0.25, within(0.12));
    }
  }

  @Test
  void skippedChunksDoNotChangeTheNext() throws IOException {
    TextPlan plan = TextPlan.of(files, config("chunk: 500, hold_out: 200"));
    List<ChunkReader.Chunk> all = chunks(plan);
    for (int i = 0; i < all.size(); i++) {
      try (ChunkReader reader = new ChunkReader(plan)) {
        reader.skip(i);
        assertThat(reader.next()).isEqualTo(all.get(i));
      }
    }
  }

  @Test
  void longDocumentsAreCutBetweenParagraphs() throws IOException {
    String paragraph = "word ".repeat(400).strip();
    Path file = Files.writeString(folder.resolve("long"), (paragraph + "\n").repeat(7));
    try (TextStretches reader = new TextStretches(file)) {
      List<Integer> words = new ArrayList<>();
      for (var next = reader.next(); next != null; next = reader.next()) {
        words.add(next.words());
        assertThat(next.text().split("\n")).containsOnly(paragraph);
      }
      assertThat(words).containsExactly(1200, 1200, 400);
    }
  }

  @Test
  void emptyFilesAreRefused() throws IOException {
    Path empty = Files.writeString(folder.resolve("empty.txt"), "\n \n");
    PretrainingConfig config = config("chunk: 500");
    assertThatThrownBy(() -> TextPlan.of(List.of(empty), config))
        .isInstanceOf(InputException.class)
        .hasMessage(empty + ": no text, expected a paragraph per line");
  }
}
