package io.github.rnnotator.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.github.rnnotator.io.CorpusException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.zip.GZIPOutputStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The same vectors from every format; errors name the place. */
class VectorFormatTest {
  /** Words that other programs' readers stumble over: a space inside, other spaces, a number. */
  private static final List<String> ODD =
      List.of("the", "3.14", "a b", "\u00a0", "\u0085", "\ud83d\ude00", "한국어", "#", "\"", "-0");

  @Property(tries = 200)
  void everyFormatGivesTheSameVectors(@ForAll long seed) throws IOException {
    Random random = new Random(seed);
    Map<String, float[]> table = table(random);
    Map<String, byte[]> files = files(table, random);
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      assertSame(read(file.getValue()), table, file.getKey());
      assertSame(read(gzip(file.getValue())), table, file.getKey() + " in gzip");
    }
  }

  private static Map<String, float[]> table(Random random) {
    // Vectors of two or three floats may look like text by chance.
    int dim = 12 + random.nextInt(60);
    Map<String, float[]> table = new LinkedHashMap<>();
    int size = 1 + random.nextInt(20);
    for (int i = 0; i < size; i++) {
      String word = random.nextInt(3) == 0 ? ODD.get(random.nextInt(ODD.size())) : "w" + i;
      float[] vector = new float[dim];
      for (int j = 0; j < dim; j++) {
        vector[j] = (float) (random.nextGaussian() * Math.pow(10, random.nextInt(12) - 8));
      }
      table.put(word, vector);
    }
    // A first line that looks like "the number of words and the length" is taken for that.
    if (table.keySet().iterator().next().contains(" ")) {
      table.remove("a b");
      table.put("z", new float[dim]);
    }
    return table;
  }

  private static Map<String, byte[]> files(Map<String, float[]> table, Random random)
      throws IOException {
    int dim = table.values().iterator().next().length;
    String header = table.size() + " " + dim + "\n";
    String lines = lines(table, " ", "\n");
    Map<String, byte[]> files = new LinkedHashMap<>();
    files.put("GloVe", bytes(lines));
    files.put("word2vec text", bytes(header + lines));
    files.put("fastText", bytes(header + lines(table, " ", " \n")));
    files.put("tabs and carriage returns", bytes(header + lines(table, "\t", "\r\n")));
    files.put("no last line feed", bytes(lines.substring(0, lines.length() - 1)));
    Map<String, float[]> oneWord = new LinkedHashMap<>(table);
    if (oneWord.keySet().stream().noneMatch(word -> word.contains(" "))) {
      files.put("binary", binary(table, random.nextBoolean()));
    }
    return files;
  }

  private static String lines(Map<String, float[]> table, String separator, String end) {
    return table.entrySet().stream()
        .map(
            row ->
                row.getKey()
                    + IntStream.range(0, row.getValue().length)
                        .mapToObj(i -> separator + row.getValue()[i])
                        .collect(Collectors.joining())
                    + end)
        .collect(Collectors.joining());
  }

  private static byte[] binary(Map<String, float[]> table, boolean lineFeeds) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    int dim = table.values().iterator().next().length;
    out.write(bytes(table.size() + " " + dim + "\n"));
    for (Map.Entry<String, float[]> row : table.entrySet()) {
      out.write(bytes(row.getKey() + " "));
      ByteBuffer numbers = ByteBuffer.allocate(4 * dim).order(ByteOrder.LITTLE_ENDIAN);
      numbers.asFloatBuffer().put(row.getValue());
      out.write(numbers.array());
      if (lineFeeds) {
        out.write('\n');
      }
    }
    return out.toByteArray();
  }

  @Test
  void numbersAreReadOnlyWhereTheyAreAskedFor() throws IOException {
    try (VectorReader reader = open(bytes("a 1 2\nb x y\nc 3 4\n"))) {
      float[] vector = new float[2];
      assertThat(reader.next()).isEqualTo("a");
      assertThat(reader.next()).isEqualTo("b");
      assertThat(reader.next()).isEqualTo("c");
      reader.vector(vector);
      assertThat(vector).containsExactly(3, 4);
      assertThat(reader.next()).isNull();
    }
  }

  @Test
  void aWordThatBinaryCutsInACharacterIsLeftOut() throws IOException {
    Map<String, float[]> table = new LinkedHashMap<>();
    table.put("one", new float[] {1, 2, 3, 4, 5});
    table.put("twé", new float[] {2, 2, 3, 4, 5});
    table.put("three", new float[] {3, 2, 3, 4, 5});
    byte[] file = binary(table, true);
    byte[] cut = new byte[file.length - 1];
    int at = new String(file, StandardCharsets.ISO_8859_1).indexOf("tw\u00c3\u00a9") + 3;
    System.arraycopy(file, 0, cut, 0, at);
    System.arraycopy(file, at + 1, cut, at, cut.length - at);
    table.remove("twé");
    assertSame(read(cut), table, "cut");
  }

  /** Decompressors may hold native memory. */
  @Test
  void aStreamThatHoldsNoVectorsIsClosed() throws IOException {
    for (byte[] broken : List.of(bytes(""), bytes("word\n"), gzip(bytes("word\n")))) {
      AtomicBoolean closed = new AtomicBoolean();
      InputStream in =
          new ByteArrayInputStream(broken) {
            @Override
            public void close() {
              closed.set(true);
            }
          };
      assertThatThrownBy(() -> VectorFormat.open(in, "v.txt")).isInstanceOf(CorpusException.class);
      assertThat(closed).isTrue();
    }
  }

  @Test
  void brokenTextIsRefusedWithFileAndLine() {
    refused("", "v.txt: empty, expected word vectors");
    refused("a 1 2\nb 1 x\n", "v.txt:2: 'x' is not a number that a vector can have (number 2");
    for (String number : List.of("NaN", "Infinity", "1e99", "0x1p3", "1f", "1-2", "--1", ".")) {
      refused("a 1 " + number + "\n", "v.txt:1: '" + number + "' is not a number");
    }
    refused(
        "a 1 2\n1 2\n1 2\n", "v.txt: 2 of 3 lines are not a word and 2 numbers; is this a file");
    refused("1 0\n", "v.txt:1: vectors of length 0, expected 1 to");
    refused("1 999999999999\n", "v.txt:1: vectors of length");
    refused("word\n", "v.txt:1: vectors of length 0");
  }

  @Test
  void badLinesOfTextAreLeftOutAndCounted() throws IOException {
    notes(
        "the 1 2 3\n4 5 6\nend 1 1 1\n", 2, "1 line was left out: 1 without a word and 3 numbers");
    notes("3 3\nthe 1 2 3\nend 1 1 1\n", 2, "the first line says 3 words, found 2");
    notes("1 3\nthe 1 2 3\nend 1 1 1\n", 2, "the first line says 1 words, found 2");
    notes("the 1 2 3\nend 1 1 1\n\n", 2, "1 line was left out: 1 blank");
    notes("2 4\nthe 1 2 3\nend 1 1 1\n", 2, "the first line says vectors of length 4, they have 3");
    notes(
        "the 1 2 3\nend 1 1\na 1 1 1\n", 2, "1 line was left out: 1 without a word and 3 numbers");
    for (String first : List.of(". .", ".", ". . .", "at name@domain.com", "a\u00a0b", "7 7")) {
      Map<String, float[]> table = notes(first + " .4 5 6e-1\nthe 1 2 3\nend 1 1 1\n", 3);
      assertThat(table).containsKeys(first, "the", "end");
    }
    byte[] text = bytes("3 2\nthe 1 2\ncu\u00e9 1 2\nend 1 1\n");
    byte[] cut = cut(text, (byte) 0xa9);
    try (VectorReader reader = open(cut)) {
      assertThat(reader.next()).isEqualTo("the");
      assertThat(reader.next()).isEqualTo("end");
      assertThat(reader.next()).isNull();
      assertThat(reader.notes())
          .containsExactly("1 line was left out: 1 not UTF-8 (a word cut within a character?)");
    }
  }

  @Test
  void badWordsOfBinaryAreLeftOutAndCounted() throws IOException {
    Map<String, float[]> table = new LinkedHashMap<>();
    table.put("one", new float[] {1, 2, 3, 4, 5});
    table.put("tw\u00e9", new float[] {2, 2, 3, 4, 5});
    table.put("", new float[] {2, 2, 3, 4, 5});
    table.put("three", new float[] {3, 2, 3, 4, 5});
    byte[] file = cut(binary(table, true), (byte) 0xa9);
    file[0] = '5';
    try (VectorReader reader = open(file)) {
      assertThat(reader.next()).isEqualTo("one");
      assertThat(reader.next()).isEqualTo("three");
      assertThat(reader.next()).isNull();
      assertThat(reader.notes())
          .containsExactly(
              "2 words were left out: 1 not UTF-8 (cut within a character?), 1 empty",
              "the first line says 5 words, found 4");
    }
  }

  /** The bytes without the first of this value. */
  private static byte[] cut(byte[] file, byte left) {
    int at = 0;
    while (file[at] != left) {
      at++;
    }
    byte[] cut = new byte[file.length - 1];
    System.arraycopy(file, 0, cut, 0, at);
    System.arraycopy(file, at + 1, cut, at, cut.length - at);
    return cut;
  }

  private static Map<String, float[]> notes(String text, int words, String... notes)
      throws IOException {
    Map<String, float[]> table = new LinkedHashMap<>();
    try (VectorReader reader = open(bytes(text))) {
      assertThat(reader.dim()).as(text).isEqualTo(3);
      for (String word = reader.next(); word != null; word = reader.next()) {
        float[] vector = new float[3];
        reader.vector(vector);
        table.put(word, vector);
      }
      assertThat(table).as(text).hasSize(words);
      assertThat(reader.notes()).as(text).containsExactly(notes);
    }
    return table;
  }

  @Test
  void brokenBinaryIsRefusedWithFileAndWord() throws IOException {
    Map<String, float[]> table = new LinkedHashMap<>();
    for (int i = 0; i < 5; i++) {
      table.put("word" + i, new float[] {i, -1, 1e-3f, 4, 5});
    }
    byte[] file = binary(table, false);
    int header = 4;
    int row = "word0 ".length() + 20;
    for (int length = header + row; length < file.length; length++) {
      byte[] cut = Arrays.copyOf(file, length);
      int whole = (length - header) / row;
      if ((length - header) % row == 0) {
        assertThat(read(cut)).as("cut after word %d", whole).hasSize(whole);
        continue;
      }
      assertThatThrownBy(() -> read(cut))
          .isInstanceOf(CorpusException.class)
          .hasMessage(
              "v.txt: word %d of 5 (binary word2vec vectors): the file is broken or cut off here"
                  .formatted(whole + 1));
    }
    byte[] nan = file.clone();
    Arrays.fill(nan, header + row + 6, header + row + 10, (byte) 0xff);
    assertThatThrownBy(() -> read(nan))
        .hasMessageContaining("word 2 of 5")
        .hasMessageContaining("NaN");
    byte[] endless = Arrays.copyOf(file, 9000);
    Arrays.fill(endless, header + row, endless.length, (byte) 'x');
    assertThatThrownBy(() -> read(endless)).hasMessageContaining("no word ends within");
  }

  @Test
  void brokenGzipIsRefused() throws IOException {
    byte[] packed = gzip(bytes(lines(table(new Random(1)), " ", "\n")));
    for (int length = 2; length < packed.length; length += 7) {
      byte[] cut = Arrays.copyOf(packed, length);
      assertThatThrownBy(() -> read(cut))
          .as("cut at %d", length)
          .isInstanceOf(CorpusException.class);
    }
  }

  @Test
  void whatIsNoFileIsRefused(@TempDir Path folder) throws IOException {
    assertThatThrownBy(() -> VectorFormat.open(folder.resolve("none")))
        .isInstanceOf(CorpusException.class)
        .hasMessageEndingWith("none: no such file");
    assertThatThrownBy(() -> VectorFormat.open(folder)).hasMessageContaining("a folder");
    Path file = folder.resolve("v.txt");
    Files.writeString(file, "a 1\n");
    try (VectorReader reader = VectorFormat.open(file)) {
      assertThat(reader.next()).isEqualTo("a");
    }
  }

  private static void refused(String text, String message) {
    assertThatThrownBy(() -> read(bytes(text)))
        .as(text)
        .isInstanceOf(CorpusException.class)
        .hasMessageStartingWith(message)
        .satisfies(e -> assertThat(e.getMessage()).hasLineCount(1));
  }

  private static VectorReader open(byte[] file) throws IOException {
    return VectorFormat.open(new ByteArrayInputStream(file), "v.txt");
  }

  private static Map<String, float[]> read(byte[] file) throws IOException {
    Map<String, float[]> table = new LinkedHashMap<>();
    try (VectorReader reader = open(file)) {
      for (String word = reader.next(); word != null; word = reader.next()) {
        float[] vector = new float[reader.dim()];
        reader.vector(vector);
        table.put(word, vector);
      }
    }
    return table;
  }

  private static void assertSame(
      Map<String, float[]> found, Map<String, float[]> expected, String what) {
    assertThat(new ArrayList<>(found.keySet()))
        .as(what)
        .isEqualTo(new ArrayList<>(expected.keySet()));
    expected.forEach(
        (word, vector) -> assertThat(found.get(word)).as("%s: %s", what, word).isEqualTo(vector));
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private static byte[] gzip(byte[] bytes) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    try (GZIPOutputStream gzip = new GZIPOutputStream(out)) {
      gzip.write(bytes);
    }
    return out.toByteArray();
  }
}
