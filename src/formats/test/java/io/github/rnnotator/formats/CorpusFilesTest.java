package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.AtomicOutput;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.text.TaggedSentence;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Encoding, compression and whole files. */
class CorpusFilesTest {
  private static final CorpusFormat FORMS = new CorpusFormat.Columns(List.of("form"), Map.of());

  @TempDir Path folder;

  @Test
  void malformedUtf8IsLocated() {
    byte[] latin1 = "café\nö\n".getBytes(StandardCharsets.ISO_8859_1);
    refused(latin1, "corpus.txt:1:4: byte 0xE9 is not UTF-8; convert the file to UTF-8");
    byte[] emojiFirst = "\n😀é\u0000x\n".getBytes(StandardCharsets.UTF_8);
    emojiFirst[7] = (byte) 0xFF;
    refused(emojiFirst, "corpus.txt:2:3: byte 0xFF is not UTF-8; convert the file to UTF-8");
    refused(
        new byte[] {'a', '\n', (byte) 0xE6, (byte) 0x9D},
        "corpus.txt:2:1: byte 0xE6 is not UTF-8; convert the file to UTF-8");
    refused(
        new byte[] {(byte) 0xED, (byte) 0xA0, (byte) 0x80, '\n'},
        "corpus.txt:1:1: byte 0xED is not UTF-8; convert the file to UTF-8");
  }

  @Test
  void veryLongLinesAreReadWhole() throws IOException {
    String form = "東😀".repeat(100_000);
    assertThat(Corpora.read(FORMS, form + "\n" + form + "x").get(0).sentence().forms())
        .containsExactly(form, form + "x");
  }

  @Test
  void onlyLineFeedsEndLines() throws IOException {
    assertThat(Corpora.read(FORMS, "a\u2028b\r\nc\u0085\rd\n").get(0).sentence().forms())
        .containsExactly("a\u2028b", "c\u0085\rd");
  }

  @Test
  void compressedFilesAreDecompressed() throws IOException {
    Path file = folder.resolve("corpus.txt.gz");
    byte[] packed = gzip("a\nb\n\nc\n");
    Files.write(file, packed);
    assertThat(FORMS.read(file)).hasSize(2);

    Files.write(file, Arrays.copyOf(packed, packed.length - 9));
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> FORMS.read(file))
        .withMessageStartingWith(file + ":")
        .withMessageEndingWith(
            ": the compressed data is corrupt or truncated; get the file again from its origin");

    Files.writeString(file, "a\nb\n");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> FORMS.read(file))
        .withMessage(file + ": not a gzip file, though its name ends in .gz");
  }

  @Test
  void missingFileAndFolderAreRefused() {
    Path missing = folder.resolve("missing.txt");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> FORMS.read(missing))
        .withMessage(missing + ": no such file");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> FORMS.read(folder))
        .withMessage(folder + ": a folder, expected a file");
  }

  @Test
  void anEmptyFileIsRefusedByName() throws IOException {
    Path file = Files.createFile(folder.resolve("empty.conllu"));
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> new CorpusFormat.Conllu(Map.of()).read(file))
        .withMessage(file + ": no sentences, expected at least one");
  }

  @Test
  void errorsHaveTheirPosition() {
    CorpusException error = new CorpusException("a.txt", 3, 7, "wrong");
    assertThat(error).hasMessage("a.txt:3:7: wrong");
    assertThat(List.of(error.line(), error.column())).containsExactly(3, 7);
    assertThat(error.source()).isEqualTo("a.txt");
  }

  @Test
  void readerClosesItsStreamAndWriterDoesNot() throws IOException {
    AtomicBoolean closed = new AtomicBoolean();
    InputStream in =
        new ByteArrayInputStream("a\n".getBytes(StandardCharsets.UTF_8)) {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    List<TaggedSentence> sentences = FORMS.read(in, CorpusFormat.STDIN);
    assertThat(closed).isTrue();
    assertThat(sentences.get(0).origin().file()).isEqualTo("<stdin>");

    closed.set(false);
    ByteArrayOutputStream out =
        new ByteArrayOutputStream() {
          @Override
          public void close() {
            closed.set(true);
          }
        };
    try (SentenceWriter writer = FORMS.writer(out)) {
      writer.write(sentences.get(0));
    }
    assertThat(closed).isFalse();
    assertThat(out).hasToString("a\n\n");
  }

  @Test
  void sentenceIsReadBeforeTheFileEnds() throws IOException {
    InputStream endless =
        new InputStream() {
          private int at;

          @Override
          public int read() {
            return "a\n\n".charAt(at++ % 3);
          }

          @Override
          public int read(byte[] bytes, int offset, int length) {
            bytes[offset] = (byte) read();
            return 1;
          }
        };
    try (SentenceReader reader = FORMS.open(endless, "endless")) {
      for (int i = 0; i < 1000; i++) {
        assertThat(reader.read()).isPresent();
      }
    }
  }

  @Test
  void outputAppearsOnlyWhenCommitted() throws IOException {
    Path file = Files.writeString(folder.resolve("out.txt"), "old");
    try (AtomicOutput output = AtomicOutput.to(file)) {
      write(output.stream(), "new");
      assertThat(file).hasContent("old");
      output.commit();
      assertThat(file).hasContent("new");
    }
    assertThat(files()).containsExactly(file);
  }

  @Test
  void uncommittedOutputLeavesNothing() throws IOException {
    Path file = folder.resolve("out.txt");
    assertThatThrownBy(
            () -> {
              try (AtomicOutput output = AtomicOutput.to(file)) {
                write(output.stream(), "half");
                assertThat(files()).hasSize(1);
                throw new IllegalStateException("stopped");
              }
            })
        .hasMessage("stopped");
    assertThat(files()).isEmpty();
  }

  @Test
  void onlyLeftoversOfKilledProgramsAreRemoved() throws IOException {
    Path file = folder.resolve("out.txt");
    String uuid = "123e4567-e89b-12d3-a456-426614174000";
    Files.writeString(folder.resolve(".out.txt." + uuid + ".tmp"), "half");
    Path other = Files.writeString(folder.resolve(".other.txt." + uuid + ".tmp"), "");
    Path own = Files.writeString(folder.resolve(".out.txt.mine.tmp"), "");
    Files.writeString(file, "whole");
    AtomicOutput.removeLeftovers(file);
    assertThat(files()).containsExactlyInAnyOrder(file, other, own);
    AtomicOutput.removeLeftovers(folder.resolve("no/such/file"));
  }

  @Test
  void linkRemainsLink() throws IOException {
    Path real = Files.writeString(folder.resolve("real.txt"), "old");
    Path link = Files.createSymbolicLink(folder.resolve("link.txt"), real);
    try (AtomicOutput output = AtomicOutput.to(link)) {
      write(output.stream(), "new");
      output.commit();
    }
    assertThat(link).isSymbolicLink();
    assertThat(real).hasContent("new");
  }

  @Test
  void outputRequiresExistingFolder() {
    Path file = folder.resolve("no/out.txt");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> AtomicOutput.to(file))
        .withMessage(file + ": the folder '" + file.getParent() + "' does not exist");
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> AtomicOutput.to(folder))
        .withMessage(folder + ": a folder, expected a file to write");
  }

  private List<Path> files() throws IOException {
    try (Stream<Path> files = Files.list(folder)) {
      return files.toList();
    }
  }

  private static void write(OutputStream out, String text) throws IOException {
    out.write(text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] gzip(String text) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (OutputStream packed = new GZIPOutputStream(out)) {
      write(packed, text);
    }
    return out.toByteArray();
  }

  private static void refused(byte[] file, String message) {
    assertThatExceptionOfType(CorpusException.class)
        .isThrownBy(() -> Corpora.read(FORMS, file))
        .withMessage(message);
  }

  /** Like a shell's pipes, {@code <(zcat a.gz)}. */
  @Test
  void streamWithoutAvailableIsRead() throws IOException {
    byte[] bytes = "a\n\n".repeat(100_000).getBytes(StandardCharsets.UTF_8);
    InputStream pipe =
        new ByteArrayInputStream(bytes) {
          @Override
          public int available() {
            throw new UncheckedIOException(new IOException("Illegal seek"));
          }

          @Override
          public int read(byte[] to, int offset, int length) {
            return super.read(to, offset, Math.min(length, 4096));
          }
        };
    assertThat(CorpusInput.unpack(pipe, "pipe").readAllBytes()).isEqualTo(bytes);
  }
}
