package io.github.rnnotator.tagger;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.ejml.data.FMatrixRMaj;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The safetensors format: byte by byte, round trip, and with a false header. */
class SafetensorsTest {
  @Property(tries = 40)
  void whatIsWrittenIsRead(@ForAll long seed, @ForAll @IntRange(max = 5) int n) throws IOException {
    SplittableRandom random = new SplittableRandom(seed);
    Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
    for (int i = 0; i < n; i++) {
      FMatrixRMaj tensor = new FMatrixRMaj(random.nextInt(4), random.nextInt(4));
      for (int j = 0; j < tensor.data.length; j++) {
        tensor.data[j] = Float.intBitsToFloat(random.nextInt());
      }
      tensors.put("tensor \"" + i + "\" é", tensor);
    }
    Map<String, String> metadata = n % 2 == 0 ? Map.of() : Map.of("ключ", "a\nb");
    byte[] bytes = write(tensors, metadata, Safetensors.Type.F32);
    Safetensors.Content content = read(bytes);
    assertThat(content.metadata()).isEqualTo(metadata);
    assertThat(content.tensors().keySet()).isEqualTo(tensors.keySet());
    tensors.forEach(
        (name, tensor) -> {
          FMatrixRMaj read = content.tensors().get(name);
          assertThat(List.of(read.numRows, read.numCols))
              .isEqualTo(List.of(tensor.numRows, tensor.numCols));
          assertThat(Arrays.equals(read.data, tensor.data)).isTrue();
        });
  }

  @Test
  void layoutIsThatOfTheFormat() throws IOException {
    FMatrixRMaj tensor = new FMatrixRMaj(1, 2, true, 1f, -2.5f);
    byte[] bytes = write(Map.of("w", tensor), Map.of("k", "v"), Safetensors.Type.F32);
    String header =
        "{\"__metadata__\":{\"k\":\"v\"},"
            + "\"w\":{\"dtype\":\"F32\",\"shape\":[1,2],\"data_offsets\":[0,8]}}";
    assertThat(header).hasSize(81);
    assertThat(Arrays.copyOf(bytes, 8)).containsExactly(88, 0, 0, 0, 0, 0, 0, 0);
    assertThat(new String(bytes, 8, 88, StandardCharsets.US_ASCII))
        .isEqualTo(header + " ".repeat(7));
    assertThat(Arrays.copyOfRange(bytes, 96, bytes.length))
        .containsExactly(0, 0, 0x80, 0x3f, 0, 0, 0x20, 0xc0);
  }

  @Test
  void halvesTakeTwoBytes() throws IOException {
    FMatrixRMaj tensor = new FMatrixRMaj(2, 1, true, 1f, -2.5f);
    byte[] bytes = write(Map.of("w", tensor), Map.of(), Safetensors.Type.F16);
    assertThat(Arrays.copyOfRange(bytes, bytes.length - 4, bytes.length))
        .containsExactly(0, 0x3c, 0, 0xc1);
    assertThat(read(bytes).tensors().get("w").data).containsExactly(1f, -2.5f);
  }

  @Test
  void headerMayListTensorsInAnyOrder() throws IOException {
    // A writer may sort names; an empty tensor may share the offset of another.
    String header =
        "{\"b\":"
            + tensor("[1,1]", "[4,8]")
            + ",\"a\":"
            + tensor("[1,1]", "[0,4]")
            + ",\"none\":"
            + tensor("[0,3]", "[0,0]")
            + "}";
    byte[] data = {0, 0, (byte) 0x80, 0x3f, 0, 0, 0, 0x40};
    Map<String, FMatrixRMaj> tensors = read(file(header, data)).tensors();
    assertThat(tensors.get("a").data).containsExactly(1f);
    assertThat(tensors.get("b").data).containsExactly(2f);
    assertThat(tensors.get("none").numCols).isEqualTo(3);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        // Overlapping, with a gap, beyond the end, backwards, negative, not numbers.
        "{\"a\":T[1,1]@[0,4],\"b\":T[1,1]@[0,4]}",
        "{\"a\":T[1,1]@[0,4],\"b\":T[1,1]@[2,6]}",
        "{\"a\":T[1,1]@[4,8]}",
        "{\"a\":T[1,1]@[0,4]}",
        "{\"a\":T[1,3]@[0,12]}",
        "{\"a\":T[1,2]@[8,0]}",
        "{\"a\":T[1,2]@[-8,0]}",
        "{\"a\":T[1,1]@[-4,0],\"b\":T[1,2]@[0,8]}",
        "{\"a\":T[1,2]@[0,4]}",
        "{\"a\":T[1,2]@[0.5,8.5]}",
        "{\"a\":T[1,2]@[0,1e99]}",
        "{\"a\":T[1,2]@[0,99999999999999999999]}",
        "{\"a\":T[1,2]@[\"0\",\"8\"]}",
        "{\"a\":T[1,2]@[0]}",
        "{\"a\":T[1,2]@[0,8,8]}",
        "{\"a\":T[1,2]@null}",
        // Shapes: negative, overflowing, of another rank.
        "{\"a\":T[-1,-2]@[0,8]}",
        "{\"a\":T[65536,65536]@[0,8]}",
        "{\"a\":T[2147483647,2147483647]@[0,8]}",
        "{\"a\":T[1073741824,4]@[0,17179869184]}",
        "{\"a\":T[2]@[0,8]}",
        "{\"a\":T[1,1,2]@[0,8]}",
        "{\"a\":T[1.0,2.0]@[0,8]}",
        "{\"a\":Tnull@[0,8]}",
        // No tensors at all, and no JSON.
        "{}",
        "{\"a\":7}",
        "{\"a\":null}",
        "[]",
        "17",
        "null",
        "  ",
        "{\"a\":",
        "{{",
      })
  void headerThatDoesNotFitIsRefused(String header) {
    refused(file(spelledOut(header), new byte[8]));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "{\"a\":T[1,1]@[0,4],\"b\":T[1,1]@[4,8]}",
        "{\"a\":T[1,2]@[0,8],\"b\":T[0,7]@[8,8]}",
        " {\"a\":T[2,1]@[0,8], \"__metadata__\":{}} ",
      })
  void headerThatFitsIsNotRefused(String header) throws IOException {
    assertThat(read(file(spelledOut(header), new byte[8])).tensors()).containsKey("a");
  }

  /** {@code T[1,2]@[0,8]} is short for a tensor of this shape at this place. */
  private static String spelledOut(String header) {
    return header.replaceAll("T(.*?)@(null|\\[.*?])", tensor("$1", "$2"));
  }

  @Test
  void unknownTypeIsNamed() {
    String header = "{\"a\":" + tensor("[1,1]", "[0,8]").replace("F32", "F64") + "}";
    assertThatThrownBy(() -> read(file(header, new byte[8])))
        .hasMessage("f!e: tensor a has type \"F64\", expected F32 or F16");
  }

  @ParameterizedTest
  @ValueSource(longs = {-1, 0, 1, 30, 1 << 30, Long.MAX_VALUE, Long.MIN_VALUE})
  void headerLengthThatDoesNotFitIsRefused(long length) {
    byte[] bytes = new byte[24];
    for (int i = 0; i < 8; i++) {
      bytes[i] = (byte) (length >>> 8 * i);
    }
    refused(bytes);
  }

  @Property(tries = 200)
  void garbageIsRefused(@ForAll byte[] garbage) {
    refused(garbage);
  }

  private static void refused(byte[] bytes) {
    assertThatThrownBy(() -> read(bytes))
        .isInstanceOf(ModelFormatException.class)
        .hasMessageStartingWith("f!e: ");
  }

  private static String tensor(String shape, String offsets) {
    return "{\"dtype\":\"F32\",\"shape\":" + shape + ",\"data_offsets\":" + offsets + "}";
  }

  private static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    byte[] bytes = new byte[8 + json.length + data.length];
    bytes[0] = (byte) json.length;
    bytes[1] = (byte) (json.length >>> 8);
    System.arraycopy(json, 0, bytes, 8, json.length);
    System.arraycopy(data, 0, bytes, 8 + json.length, data.length);
    return bytes;
  }

  private static byte[] write(
      Map<String, FMatrixRMaj> tensors, Map<String, String> metadata, Safetensors.Type type)
      throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Safetensors.write(out, tensors, metadata, type);
    return out.toByteArray();
  }

  private static Safetensors.Content read(byte[] bytes) throws IOException {
    return Safetensors.read(new ByteArrayInputStream(bytes), bytes.length, "f", "e");
  }
}
