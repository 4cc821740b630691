package io.github.rnnotator.formats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.Compression;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

/** Reading can stop and resume between any two passages. */
class DocumentReaderTest {
  private static final int LONGEST = 12;

  /** Cuts after the last space, else anywhere except within a surrogate pair. */
  private static int cut(String text) {
    int space = text.lastIndexOf(' ') + 1;
    int end = text.length();
    return space > 0
        ? space
        : Character.isHighSurrogate(text.charAt(end - 1)) && end > 1 ? end - 1 : end;
  }

  private static final Map<String, DocumentFormat> FORMATS =
      Map.of(
          "text", new DocumentFormat.Text(DocumentReaderTest::cut, LONGEST),
          "by line", new DocumentFormat.Text(DocumentReaderTest::cut, LONGEST, true),
          "lines", new DocumentFormat.Lines(DocumentReaderTest::cut, LONGEST),
          "jsonl", new DocumentFormat.JsonLines("text", "id", DocumentReaderTest::cut, LONGEST),
          "conllu", new DocumentFormat.Sentences(new CorpusFormat.Conllu(Map.of()), LONGEST),
          "columns",
              new DocumentFormat.Sentences(
                  new CorpusFormat.Columns(List.of("form", "tag"), Map.of()), LONGEST));

  /** A passage or an error, and the position after it. */
  private record Step(Object found, Position after) {}

  private static List<Step> read(DocumentFormat format, byte[] bytes, Position from)
      throws IOException {
    List<Step> steps = new ArrayList<>();
    InputStream in = new ByteArrayInputStream(bytes);
    in.skipNBytes(from.bytes());
    try (DocumentReader reader = format.open(in, "f", from)) {
      while (true) {
        try {
          Optional<Document> passage = reader.read();
          if (passage.isEmpty()) {
            return steps;
          }
          steps.add(new Step(passage.get(), reader.position()));
        } catch (CorpusException e) {
          steps.add(new Step(e.getMessage(), reader.position()));
          if (!reader.goesOn()) {
            return steps;
          }
        }
      }
    }
  }

  @Property(tries = 300)
  void readingResumesAfterEveryPassage(
      @ForAll("formats") String name, @ForAll("contents") byte[] bytes) throws IOException {
    DocumentFormat format = FORMATS.get(name);
    List<Step> whole = read(format, bytes, Position.START);
    for (int i = 0; i < whole.size(); i++) {
      if (whole.get(i).found() instanceof Document || format.hasRecords()) {
        assertThat(read(format, bytes, whole.get(i).after()))
            .as("%s after step %d", name, i)
            .isEqualTo(whole.subList(i + 1, whole.size()));
      }
    }
  }

  @Test
  void refusesToReadAfterClosing() throws IOException {
    byte[] bytes = "a b\n\nc d\n".getBytes(StandardCharsets.UTF_8);
    for (Map.Entry<String, DocumentFormat> format : FORMATS.entrySet()) {
      DocumentReader reader =
          format.getValue().open(new ByteArrayInputStream(bytes), "f", Position.START);
      reader.close();
      assertThatThrownBy(reader::read)
          .as(format.getKey())
          .isInstanceOf(IOException.class)
          .hasMessage("f: the reader is closed; read before closing it");
    }
  }

  /** Only the first line tells how lines end; after it, a carriage return is a character. */
  @Test
  void lineEndsStayThoseOfTheWholeFile() throws IOException {
    for (String text : List.of("a\n\rb c\rd", "a\rb\rc d")) {
      readingResumesAfterEveryPassage("lines", text.getBytes(StandardCharsets.UTF_8));
    }
  }

  @Property(tries = 200)
  void passagesConcatenateToTheText(@ForAll("texts") String text) throws IOException {
    byte[] bytes = ("\ufeff" + text).getBytes(StandardCharsets.UTF_8);
    StringBuilder joined = new StringBuilder();
    for (Step step : read(FORMATS.get("text"), bytes, Position.START)) {
      Document passage = (Document) step.found();
      assertThat(passage.section().unit()).isEqualTo(joined.length());
      assertThat(passage.section().codePoint()).isEqualTo(joined.codePoints().count());
      assertThat(passage.section().begins()).isEqualTo(joined.isEmpty());
      joined.append(passage.text());
      assertThat(passage.text().length()).isLessThanOrEqualTo(Math.max(LONGEST, text.length()));
    }
    assertThat(joined.toString()).isEqualTo(text);
  }

  /** A line is a passage, or several if it is long. */
  @Property(tries = 200)
  void passagesByLineEndWithTheirLine(@ForAll("texts") String text) throws IOException {
    StringBuilder joined = new StringBuilder();
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    for (Step step : read(FORMATS.get("by line"), bytes, Position.START)) {
      Document passage = (Document) step.found();
      assertThat(passage.section().unit()).isEqualTo(joined.length());
      int end = passage.text().indexOf('\n');
      assertThat(end).isIn(-1, passage.text().length() - 1);
      joined.append(passage.text());
    }
    assertThat(joined.toString()).isEqualTo(text);
  }

  @Property(tries = 200)
  void readyPassagesNeedNoInput(
      @ForAll("formats") String name,
      @ForAll("texts") String text,
      @ForAll @IntRange(min = 1, max = 9) int step)
      throws IOException {
    AtomicInteger reads = new AtomicInteger();
    InputStream slow =
        new ByteArrayInputStream(text.getBytes(StandardCharsets.UTF_8)) {
          @Override
          public synchronized int read(byte[] bytes, int from, int length) {
            reads.incrementAndGet();
            return super.read(bytes, from, Math.min(length, step));
          }
        };
    if (!List.of("by line", "lines", "jsonl").contains(name)) {
      return;
    }
    DocumentReader reader = FORMATS.get(name).open(slow, "f", Position.START);
    for (boolean more = true; more; ) {
      int before = reader.isReady() ? reads.get() : -1;
      try {
        more = reader.read().isPresent();
      } catch (CorpusException e) {
        more = reader.goesOn();
      }
      if (before >= 0 && more) {
        assertThat(reads).hasValue(before);
      }
    }
  }

  @Provide
  Arbitrary<String> formats() {
    return Arbitraries.of("text", "by line", "lines", "jsonl", "conllu", "columns");
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.of(
            "a",
            "bc ",
            "d. ",
            "\n",
            "\r\n",
            "\t",
            "😀",
            "e\u0301",
            "\u1112\u1161\u11ab",
            "\n\n",
            "{\"text\":\"x y\"}\n",
            "a b\n",
            "# newdoc id = d\n",
            "-DOCSTART- O\n\n",
            "1\tw\t_\t_\t_\t_\t_\t_\t_\t_\n\n",
            "{\"id\":7,\"text\":\"a long text of several parts\"}\n")
        .list()
        .ofMaxSize(25)
        .map(pieces -> String.join("", pieces));
  }

  @Provide
  Arbitrary<byte[]> contents() {
    Arbitrary<Integer> broken = Arbitraries.integers().between(-3, 3);
    return net.jqwik.api.Combinators.combine(texts(), broken)
        .as(
            (text, at) -> {
              byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
              if (at > 0 && bytes.length > 0) {
                // A byte that never occurs in UTF-8.
                bytes[bytes.length * at / 4] = (byte) 0xff;
              }
              return bytes;
            });
  }

  @Example
  void malformedRecordIsNamedAndTheRestIsRead() throws IOException {
    String lines =
        "{\"text\":\"one\"}\n{\"text\":\n[1]\n{\"id\":\"x\"}\n\n{\"id\":\"y\",\"text\":\"two\"}\n";
    List<Step> steps =
        read(FORMATS.get("jsonl"), lines.getBytes(StandardCharsets.UTF_8), Position.START);
    assertThat(steps).hasSize(5);
    assertThat(steps.get(1).found().toString()).startsWith("f:2:").contains("not a JSON object");
    assertThat(steps.get(2).found()).isEqualTo("f:3: expected a JSON object");
    assertThat(steps.get(3).found().toString()).startsWith("f:4: no field 'text'");
    Document last = (Document) steps.get(4).found();
    assertThat(last.id()).isEqualTo("y");
    assertThat(last.text()).isEqualTo("two");
    assertThat(last.section().origin().line()).isEqualTo(6);
  }

  @Example
  void lineOfTenMegabytesIsReadAndLongerIsNot() throws IOException {
    byte[] ten = new byte[10_000_000];
    Arrays.fill(ten, (byte) 'a');
    byte[] twenty = new byte[20_000_000];
    Arrays.fill(twenty, (byte) 'b');
    byte[] bytes = new byte[ten.length + twenty.length + 4];
    System.arraycopy(ten, 0, bytes, 0, ten.length);
    bytes[ten.length] = '\n';
    System.arraycopy(twenty, 0, bytes, ten.length + 1, twenty.length);
    bytes[bytes.length - 3] = '\n';
    bytes[bytes.length - 2] = 'c';
    bytes[bytes.length - 1] = '\n';
    DocumentFormat format = new DocumentFormat.Lines(String::length, 1 << 24);
    List<Step> steps = read(format, bytes, Position.START);
    assertThat(steps).hasSize(3);
    assertThat(((Document) steps.get(0).found()).text()).hasSize(10_000_000);
    assertThat(steps.get(1).found().toString()).startsWith("f:2: a line of more than 16 MiB");
    assertThat(((Document) steps.get(2).found()).text()).isEqualTo("c");
  }

  @Example
  void everyCompressionIsReadBackInSeveralParts() throws IOException {
    for (Compression kind : Compression.values()) {
      java.io.ByteArrayOutputStream packed = new java.io.ByteArrayOutputStream();
      for (String part : List.of("one\n", "two\n", "three\n")) {
        java.io.ByteArrayOutputStream member = new java.io.ByteArrayOutputStream();
        try (java.io.OutputStream out = kind.pack(member)) {
          out.write(part.getBytes(StandardCharsets.UTF_8));
        }
        member.writeTo(packed);
      }
      byte[] bytes = packed.toByteArray();
      InputStream in = CorpusInput.unpack(new ByteArrayInputStream(bytes), "f" + kind.suffix());
      assertThat(in.readAllBytes()).asString().isEqualTo("one\ntwo\nthree\n");
      if (kind != Compression.NONE) {
        InputStream cut =
            CorpusInput.unpack(
                new ByteArrayInputStream(Arrays.copyOf(bytes, bytes.length - 3)), "f");
        org.assertj.core.api.Assertions.assertThatThrownBy(cut::readAllBytes)
            .as("%s truncated", kind)
            .isInstanceOf(java.util.zip.ZipException.class);
      }
    }
  }
}
