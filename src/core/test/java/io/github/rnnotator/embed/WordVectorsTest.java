package io.github.rnnotator.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.fail;
import static org.assertj.core.api.Assertions.within;

import io.github.rnnotator.embed.WordVectors.Type;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Random;
import java.util.function.Consumer;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.FloatRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The table of pretrained vectors: lookup, precision and file format. */
class WordVectorsTest {
  @TempDir Path folder;

  // ---- Numbers ---------------------------------------------------------------------------------

  @Property
  void halvesMeetTheirErrorBound(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -60000, max = 60000) Float> values) {
    float[] vector = floats(values);
    float[] found = stored(vector, Type.F16);
    for (int i = 0; i < vector.length; i++) {
      assertThat(found[i])
          .isCloseTo(vector[i], within(Math.max(Math.abs(vector[i]) * 0x1p-11f, 0x1p-25f)));
    }
  }

  @Property
  void bytesMeetTheirErrorBound(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -1e38f, max = 1e38f) Float> values) {
    float[] vector = floats(values);
    double greatest = 0;
    for (float value : vector) {
      greatest = Math.max(greatest, Math.abs(value));
    }
    float[] found = stored(vector, Type.I8);
    for (int i = 0; i < vector.length; i++) {
      assertThat(Math.abs((double) found[i] - vector[i]))
          .isLessThanOrEqualTo(Math.max(greatest / 253, 0x1p-100));
    }
  }

  /** Storing decoded vectors again loses nothing. */
  @Property
  void storingIsIdempotent(
      @ForAll @Size(min = 1, max = 30) List<@FloatRange(min = -60000, max = 60000) Float> values,
      @ForAll Type type) {
    float[] once = stored(floats(values), type);
    assertThat(stored(once, type)).isEqualTo(once);
  }

  @Test
  void tooLargeNumberIsRefused() {
    WordVectors.Builder builder = new WordVectors.Builder(1, Type.F16);
    assertThatThrownBy(() -> builder.add("word", new float[] {70000}))
        .hasMessage("'word' has the number 70000.0, too large for type f16; use i8");
    WordVectors.Builder bytes = new WordVectors.Builder(1, Type.I8);
    assertThatThrownBy(() -> bytes.add("word", new float[] {-Float.MAX_VALUE}))
        .hasMessage("'word' has the number -3.4028235E38, too large for type i8");
  }

  private static float[] stored(float[] vector, Type type) {
    WordVectors.Builder builder = new WordVectors.Builder(vector.length, type);
    builder.add("before", new float[vector.length]);
    builder.add("word", vector);
    float[] found = new float[vector.length + 2];
    builder.build().copy(1, found, 1);
    assertThat(found[0]).isZero();
    assertThat(found[vector.length + 1]).isZero();
    return Arrays.copyOfRange(found, 1, vector.length + 1);
  }

  private static float[] floats(List<Float> values) {
    float[] vector = new float[values.size()];
    for (int i = 0; i < vector.length; i++) {
      vector[i] = values.get(i);
    }
    return vector;
  }

  // ---- Look-up ---------------------------------------------------------------------------------

  /** Against a map and three successive lookups. */
  @Property(tries = 300)
  void wordsAreFoundAsWrittenThenLowerCasedThenWithZeros(@ForAll long seed) {
    Random random = new Random(seed);
    Map<String, Float> oracle = new LinkedHashMap<>();
    WordVectors.Builder builder = new WordVectors.Builder(1, Type.I8);
    for (int i = 0; i < 40; i++) {
      String word = word(random);
      if (word.isEmpty()) {
        continue;
      }
      oracle.putIfAbsent(word, (float) i);
      builder.add(word, new float[] {i});
    }
    WordVectors vectors = builder.build();
    assertThat(vectors.size()).isEqualTo(oracle.size());
    for (int i = 0; i < 200; i++) {
      String form = word(random);
      String lower = form.toLowerCase(Locale.ROOT);
      Float expected = oracle.get(form);
      expected = expected == null ? oracle.get(lower) : expected;
      expected = expected == null ? oracle.get(lower.replaceAll("[1-9]", "0")) : expected;
      int row = vectors.find(form);
      float[] found = new float[1];
      if (row >= 0) {
        vectors.copy(row, found, 0);
      }
      assertThat(row >= 0).as(form).isEqualTo(expected != null);
      if (expected != null) {
        assertThat(found[0]).as(form).isCloseTo(expected, within(1e-3f));
      }
    }
  }

  private static String word(Random random) {
    StringBuilder word = new StringBuilder();
    for (int i = random.nextInt(4); i > 0; i--) {
      word.appendCodePoint("aAbB019éÉ한😀İ".codePoints().toArray()[random.nextInt(12)]);
    }
    return word.toString();
  }

  @Test
  void manySimilarWordsAreAllFound() {
    WordVectors.Builder builder = new WordVectors.Builder(1, Type.I8);
    for (int i = 0; i < 50_000; i++) {
      builder.add("word" + i, new float[] {1});
    }
    WordVectors vectors = builder.build();
    for (int i = 0; i < 50_000; i++) {
      assertThat(vectors.index().row("word" + i)).isEqualTo(i);
      assertThat(vectors.word(i)).isEqualTo("word" + i);
    }
    assertThat(vectors.index().row("word50000")).isEqualTo(-1);
  }

  private static List<String> words(WordVectors vectors) {
    List<String> words = new ArrayList<>();
    for (int row = 0; row < vectors.size(); row++) {
      words.add(vectors.word(row));
    }
    return words;
  }

  private static float number(WordVectors vectors, String form) {
    float[] number = new float[1];
    vectors.copy(vectors.find(form), number, 0);
    return number[0];
  }

  // ---- The file --------------------------------------------------------------------------------

  @Property(tries = 100)
  void tableSurvivesRoundTrip(@ForAll long seed, @ForAll Type type) throws IOException {
    WordVectors vectors = table(new Random(seed), type);
    byte[] bytes = bytes(vectors);
    WordVectors read = read(bytes);
    assertThat(bytes(read)).isEqualTo(bytes);
    assertThat(words(read)).isEqualTo(words(vectors));
    assertThat(read.type()).isEqualTo(type);
    float[] expected = new float[vectors.dim()];
    float[] found = new float[vectors.dim()];
    for (int row = 0; row < vectors.size(); row++) {
      vectors.copy(row, expected, 0);
      read.copy(row, found, 0);
      assertThat(found).isEqualTo(expected);
    }
  }

  /** As documented, read without our reader. */
  @ParameterizedTest
  @EnumSource(Type.class)
  void fileLayoutMatchesTheDocumentation(Type type) throws IOException {
    WordVectors vectors = table(new Random(3), type);
    ByteBuffer file = ByteBuffer.wrap(bytes(vectors)).order(ByteOrder.LITTLE_ENDIAN);
    int size = file.getInt(12);
    int dim = file.getInt(16);
    int words = file.getInt(20);
    assertThat(file.getInt(8)).isEqualTo(type == Type.F16 ? 16 : 8);
    assertThat(size).isEqualTo(vectors.size());
    assertThat(dim).isEqualTo(vectors.dim());
    assertThat(new String(file.array(), 24, words, StandardCharsets.UTF_8).split("\n"))
        .containsExactlyElementsOf(words(vectors));
    int a = (24 + words + 63) / 64 * 64;
    int b = type == Type.F16 ? a : (a + 4 * size + 63) / 64 * 64;
    float[] expected = new float[dim];
    vectors.copy(1, expected, 0);
    for (int i = 0; i < dim; i++) {
      float found =
          type == Type.F16
              ? io.github.rnnotator.ops.Halves.toFloat(file.getShort(b + 2 * (dim + i)))
              : file.get(b + dim + i) * file.getFloat(a + 4);
      assertThat(found).isEqualTo(expected[i]);
    }
  }

  @Property(tries = 100)
  void brokenFileIsRefusedOrReadAsTable(@ForAll long seed, @ForAll Type type) throws IOException {
    Random random = new Random(seed);
    byte[] whole = bytes(table(random, type));
    for (int i = 0; i < 60; i++) {
      byte[] broken = whole.clone();
      if (i < 40) {
        int at = random.nextInt(i < 20 ? 60 : broken.length);
        broken[at % broken.length] ^= (byte) (1 << random.nextInt(8));
      } else {
        broken = Arrays.copyOf(whole, random.nextInt(whole.length + 9));
      }
      try {
        WordVectors read = read(broken);
        float[] row = new float[read.dim()];
        for (int j = 0; j < read.size(); j++) {
          read.copy(j, row, 0);
          assertThat(read.find(read.word(j))).isEqualTo(j);
          for (float value : row) {
            assertThat(value).isFinite();
          }
        }
      } catch (VectorFormatException e) {
        assertThat(e.getMessage()).isNotBlank();
      } catch (RuntimeException | OutOfMemoryError e) {
        fail("seed " + seed + ", " + i + ": " + e, e);
      }
    }
  }

  @Test
  void wrongHeaderIsRefusedBeforeAllocation() throws IOException {
    byte[] whole = bytes(table(new Random(5), Type.F16));
    refused(whole, file -> file.putInt(12, Integer.MAX_VALUE), "bytes of words");
    refused(whole, file -> file.putInt(12, -1), "its header says -1 vectors");
    refused(whole, file -> file.putInt(12, file.getInt(12) + 1), "bytes, found");
    refused(whole, file -> file.putInt(16, Integer.MAX_VALUE), "of length 2147483647");
    refused(whole, file -> file.putInt(16, (1 << 14) + 1), "of length 16385");
    refused(whole, file -> file.putInt(16, 1 << 14), "bytes, found");
    refused(whole, file -> file.putInt(16, 0), "of length 0");
    refused(whole, file -> file.putInt(20, Integer.MAX_VALUE), "bytes, found");
    refused(whole, file -> file.putInt(8, 32), "32 bits a number");
    refused(whole, file -> file.put(0, (byte) 'X'), "does not begin with RNNVEC1");
    refused(whole, file -> file.putShort(24, (short) '\n'), "word 1 is empty");
    refused(whole, file -> file.put(24, (byte) 0xff), "is not UTF-8");
    refused(whole, file -> file.putShort(whole.length - 2, (short) 0x7c00), "NaN or infinity");
    byte[] bytes = bytes(table(new Random(5), Type.I8));
    int scales = (24 + ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).getInt(20) + 63) / 64;
    refused(bytes, file -> file.putFloat(scales * 64, Float.NaN), "the scale NaN");
    refused(bytes, file -> file.putFloat(scales * 64, -1), "the scale -1.0");
    refused(bytes, file -> file.putFloat(scales * 64, 3e38f), "the scale 3.0E38");
    WordVectors.Builder two = new WordVectors.Builder(1, Type.F16);
    two.add("a", new float[1]);
    two.add("b", new float[1]);
    refused(bytes(two.build()), file -> file.put(26, (byte) 'a'), "'a' occurs twice");
  }

  private static void refused(byte[] whole, Consumer<ByteBuffer> lie, String message) {
    byte[] bytes = whole.clone();
    lie.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(VectorFormatException.class)
        .hasMessageContaining(message);
  }

  private static WordVectors table(Random random, Type type) {
    int dim = 1 + random.nextInt(40);
    WordVectors.Builder builder = new WordVectors.Builder(dim, type);
    int size = 2 + random.nextInt(30);
    for (int i = 0; i < size; i++) {
      float[] vector = new float[dim];
      for (int j = 0; j < dim; j++) {
        vector[j] = (float) random.nextGaussian();
      }
      builder.add((i % 3 == 0 ? "é" : "a b") + i, vector);
    }
    return builder.build();
  }

  private static byte[] bytes(WordVectors vectors) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    VectorFile.write(out, vectors);
    return out.toByteArray();
  }

  private static WordVectors read(byte[] bytes) throws IOException {
    return VectorFile.read(new ByteArrayInputStream(bytes), bytes.length);
  }
}
