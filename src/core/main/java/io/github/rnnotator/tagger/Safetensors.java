package io.github.rnnotator.tagger;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.github.rnnotator.ops.Halves;
import java.io.ByteArrayInputStream;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.ShortBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * The safetensors format: a length, a JSON header with the type, shape and offsets of each tensor,
 * then their bytes, little-endian. Python's {@code safetensors} package reads it too.
 */
public final class Safetensors {
  private static final int LARGEST_HEADER = 1 << 20;

  /** Bytes read at a time, a multiple of the size of each type. */
  private static final int BLOCK = 1 << 16;

  private Safetensors() {}

  /** The type of the stored numbers. */
  public enum Type {
    /** 32-bit floats. */
    F32(4),
    /** 16-bit floats: half the size, three significant digits. */
    F16(2);

    final int bytes;

    Type(int bytes) {
      this.bytes = bytes;
    }
  }

  /**
   * The tensors and metadata of a file.
   *
   * @param tensors by name, each {@code [rows x cols]}
   * @param metadata strings by name
   */
  public record Content(Map<String, FMatrixRMaj> tensors, Map<String, String> metadata) {}

  /**
   * A tensor whose numbers are still as in the file.
   *
   * @param rows the first dimension of its shape
   * @param cols the second
   * @param type of its numbers
   * @param bytes of the numbers; the position is that of the first. Not modified.
   */
  record Stored(int rows, int cols, Type type, ByteBuffer bytes) {
    /**
     * Converts the numbers.
     *
     * @param out {@code [rows x cols]}. Modified.
     * @return whether all are finite
     */
    boolean copyTo(FMatrixRMaj out) {
      return copy(littleEndian(), type, out.data, rows * cols);
    }

    /** Returns the first NaN or infinite value, or 0 if all are finite. */
    float firstNotFinite() {
      for (ByteBuffer rest = littleEndian(); rest.hasRemaining(); ) {
        float value = type == Type.F32 ? rest.getFloat() : Halves.toFloat(rest.getShort());
        if (!Float.isFinite(value)) {
          return value;
        }
      }
      return 0;
    }

    private ByteBuffer littleEndian() {
      return bytes.duplicate().order(ByteOrder.LITTLE_ENDIAN);
    }
  }

  /** Writes tensors in the order of the map. */
  public static void write(
      OutputStream out, Map<String, FMatrixRMaj> tensors, Map<String, String> metadata, Type type)
      throws IOException {
    ObjectMapper mapper = new ObjectMapper();
    ObjectNode header = mapper.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode strings = header.putObject("__metadata__");
      metadata.forEach(strings::put);
    }
    long offset = 0;
    for (Map.Entry<String, FMatrixRMaj> tensor : tensors.entrySet()) {
      FMatrixRMaj value = tensor.getValue();
      long end = offset + (long) value.numRows * value.numCols * type.bytes;
      ObjectNode entry = header.putObject(tensor.getKey());
      entry.put("dtype", type.name());
      entry.putArray("shape").add(value.numRows).add(value.numCols);
      entry.putArray("data_offsets").add(offset).add(end);
      offset = end;
    }
    byte[] json = mapper.writeValueAsBytes(header);
    // The data begins at a multiple of 8: the header is padded with spaces.
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    out.write(buffer(8).putLong(padded.length).array());
    out.write(padded);
    for (FMatrixRMaj value : tensors.values()) {
      int n = value.numRows * value.numCols;
      ByteBuffer bytes = buffer(n * type.bytes);
      for (int i = 0; i < n; i++) {
        if (type == Type.F32) {
          bytes.putFloat(value.data[i]);
        } else {
          bytes.putShort(Halves.fromFloat(value.data[i]));
        }
      }
      out.write(bytes.array());
    }
  }

  /**
   * Reads all tensors. Nothing is allocated before the header agrees with {@code length}.
   *
   * @param length the size of the whole file in bytes
   * @throws ModelFormatException if the content breaks the format
   */
  public static Content read(InputStream in, long length, String file, String entry)
      throws IOException {
    DataInputStream data = new DataInputStream(in);
    try {
      Header header = Header.read(data, length, file, entry);
      Map<String, String> metadata = new LinkedHashMap<>();
      header
          .json
          .path("__metadata__")
          .fields()
          .forEachRemaining(field -> metadata.put(field.getKey(), field.getValue().asText()));
      Map<String, FMatrixRMaj> tensors = new LinkedHashMap<>();
      for (Place place : header.places) {
        tensors.put(place.name, place.read(data));
      }
      return new Content(tensors, metadata);
    } catch (EOFException e) {
      throw new ModelFormatException(file, entry, "it ends too early");
    }
  }

  /**
   * Finds all tensors of a file in memory, whose numbers are not copied.
   *
   * @throws ModelFormatException if the content breaks the format
   */
  static Map<String, Stored> find(byte[] bytes, String file, String entry) throws IOException {
    try {
      Header header =
          Header.read(
              new DataInputStream(new ByteArrayInputStream(bytes)), bytes.length, file, entry);
      int begin = bytes.length - (int) header.length;
      Map<String, Stored> tensors = new LinkedHashMap<>();
      for (Place place : header.places) {
        int size = (int) (place.end - place.begin);
        ByteBuffer numbers = ByteBuffer.wrap(bytes, begin + (int) place.begin, size);
        tensors.put(place.name, new Stored(place.rows, place.cols, place.type, numbers));
      }
      return tensors;
    } catch (EOFException e) {
      throw new ModelFormatException(file, entry, "it ends too early");
    }
  }

  /**
   * Converts numbers in blocks.
   *
   * @param from the bytes of {@code n} numbers and perhaps more; the position advances
   * @return whether all are finite
   */
  private static boolean copy(ByteBuffer from, Type type, float[] out, int n) {
    boolean finite = true;
    if (type == Type.F32) {
      from.asFloatBuffer().get(out, 0, n);
      for (int i = 0; i < n; i++) {
        finite &= Float.isFinite(out[i]);
      }
      return finite;
    }
    ShortBuffer halves = from.asShortBuffer();
    short[] block = new short[Math.min(BLOCK, n)];
    for (int i = 0; i < n; i += block.length) {
      int size = Math.min(block.length, n - i);
      halves.get(block, 0, size);
      finite &= Halves.toFloats(block, size, out, i);
    }
    return finite;
  }

  /**
   * The header of a file.
   *
   * @param places of the tensors, in order
   * @param length of all their bytes
   */
  private record Header(JsonNode json, List<Place> places, long length) {
    static Header read(DataInputStream data, long length, String file, String entry)
        throws IOException {
      byte[] prefix = new byte[8];
      data.readFully(prefix);
      long headerLength = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
      if (headerLength < 2 || headerLength > Math.min(LARGEST_HEADER, length - 8)) {
        throw new ModelFormatException(file, entry, "its header claims " + headerLength + " bytes");
      }
      byte[] header = new byte[(int) headerLength];
      data.readFully(header);
      JsonNode json;
      try {
        json = ConfigJson.Tree.read(new String(header, StandardCharsets.UTF_8));
      } catch (JsonProcessingException e) {
        throw new ModelFormatException(file, entry, "its header is broken JSON");
      }
      if (json == null || !json.isObject()) {
        throw new ModelFormatException(file, entry, "its header is not a JSON object");
      }
      long rest = length - 8 - headerLength;
      return new Header(json, Safetensors.places(json, rest, file, entry), rest);
    }
  }

  private static List<Place> places(JsonNode header, long length, String file, String entry)
      throws ModelFormatException {
    List<Place> places = new ArrayList<>();
    for (var fields = header.fields(); fields.hasNext(); ) {
      Map.Entry<String, JsonNode> field = fields.next();
      if (!field.getKey().equals("__metadata__")) {
        places.add(Place.of(field.getKey(), field.getValue(), file, entry));
      }
    }
    places.sort(Comparator.comparingLong(Place::begin).thenComparingLong(Place::end));
    long end = 0;
    for (Place place : places) {
      if (place.begin != end) {
        throw new ModelFormatException(
            file, entry, "tensor " + place.name + " does not begin where the one before ends");
      }
      end = place.end;
    }
    if (end != length) {
      throw new ModelFormatException(
          file, entry, "its tensors need " + end + " bytes, found " + length);
    }
    return places;
  }

  private static ByteBuffer buffer(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  private record Place(String name, Type type, int rows, int cols, long begin, long end) {
    static Place of(String name, JsonNode json, String file, String entry)
        throws ModelFormatException {
      JsonNode shape = json.path("shape");
      JsonNode offsets = json.path("data_offsets");
      Type type =
          switch (json.path("dtype").asText()) {
            case "F32" -> Type.F32;
            case "F16" -> Type.F16;
            default ->
                throw new ModelFormatException(
                    file,
                    entry,
                    "tensor " + name + " has type " + json.path("dtype") + ", expected F32 or F16");
          };
      boolean shaped =
          shape.size() == 2
              && isInt(shape.get(0))
              && isInt(shape.get(1))
              && shape.get(0).asInt() >= 0
              && shape.get(1).asInt() >= 0;
      boolean placed =
          offsets.size() == 2
              && offsets.get(0).isIntegralNumber()
              && offsets.get(0).canConvertToLong()
              && offsets.get(1).isIntegralNumber()
              && offsets.get(1).canConvertToLong();
      if (!shaped || !placed) {
        throw new ModelFormatException(file, entry, "tensor " + name + " has an invalid shape");
      }
      Place place =
          new Place(
              name,
              type,
              shape.get(0).asInt(),
              shape.get(1).asInt(),
              offsets.get(0).asLong(),
              offsets.get(1).asLong());
      long elements = (long) place.rows * place.cols;
      if (place.begin < 0
          || elements > Integer.MAX_VALUE / 4
          || place.end - place.begin != elements * type.bytes) {
        throw new ModelFormatException(
            file,
            entry,
            "tensor " + name + " [" + place.rows + " x " + place.cols + "] does not fit its place");
      }
      return place;
    }

    private static boolean isInt(JsonNode json) {
      return json.isIntegralNumber() && json.canConvertToInt();
    }

    FMatrixRMaj read(DataInputStream in) throws IOException {
      FMatrixRMaj value = new FMatrixRMaj(rows, cols);
      int elements = rows * cols;
      ByteBuffer block = buffer(Math.min(BLOCK, elements * type.bytes));
      for (int i = 0; i < elements; ) {
        int bytes = Math.min(block.capacity(), (elements - i) * type.bytes);
        in.readFully(block.array(), 0, bytes);
        block.clear().limit(bytes);
        while (block.hasRemaining()) {
          value.data[i++] = type == Type.F32 ? block.getFloat() : Halves.toFloat(block.getShort());
        }
      }
      return value;
    }
  }
}
