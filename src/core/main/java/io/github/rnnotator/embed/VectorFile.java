package io.github.rnnotator.embed;

import io.github.rnnotator.embed.WordVectors.ByteRows;
import io.github.rnnotator.embed.WordVectors.HalfRows;
import io.github.rnnotator.embed.WordVectors.Type;
import java.io.BufferedOutputStream;
import java.io.ByteArrayInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * A file with a table of word vectors in their memory layout, so that a program can map it. All
 * numbers are little-endian:
 *
 * <pre>
 *   0   8 bytes   "RNNVEC1" and a line feed
 *   8   int       16 for F16, 8 for I8
 *  12   int       words
 *  16   int       length of each vector
 *  20   int       bytes of all words
 *  24             the words in UTF-8, a line feed after each, the most frequent first
 *   a   float[]   I8 only: the scale of each row
 *   b             the rows: 16-bit floats, or bytes from -127 to 127
 * </pre>
 *
 * <p>{@code a} and {@code b} are the next multiples of 64, with zeros before them.
 */
public final class VectorFile {
  /** Longer vectors indicate another format. */
  public static final int LONGEST_VECTOR = 1 << 14;

  /** The number of bytes at the start of a file that {@link #isTable} reads. */
  public static final int START = 8;

  private static final byte[] MAGIC = "RNNVEC1\n".getBytes(StandardCharsets.US_ASCII);
  private static final int HEADER = 24;
  private static final int ALIGNMENT = 64;
  private static final int BLOCK = 1 << 16;

  private VectorFile() {}

  // ---- Writing ---------------------------------------------------------------------------------

  /** Writes a table and leaves the stream open. Equal tables give equal bytes. */
  public static void write(OutputStream stream, WordVectors vectors) throws IOException {
    OutputStream out = new BufferedOutputStream(stream, BLOCK);
    byte[] words = vectors.index().utf8();
    ByteBuffer header = littleEndian(HEADER).put(MAGIC);
    header.putInt(vectors.type() == Type.F16 ? 16 : 8);
    header.putInt(vectors.size()).putInt(vectors.dim()).putInt(words.length);
    out.write(header.array());
    out.write(words);
    long at = pad(out, (long) HEADER + words.length);
    if (vectors.rows() instanceof HalfRows halves) {
      ByteBuffer row = littleEndian(2 * vectors.dim());
      for (int i = 0; i < vectors.size(); i++) {
        row.asShortBuffer().put(halves.values(), i * vectors.dim(), vectors.dim());
        out.write(row.array());
      }
    } else if (vectors.rows() instanceof ByteRows bytes) {
      ByteBuffer scale = littleEndian(Float.BYTES);
      for (float value : bytes.scales()) {
        out.write(scale.putFloat(0, value).array());
      }
      pad(out, at + 4L * vectors.size());
      out.write(bytes.values(), bytes.begin(), vectors.size() * vectors.dim());
    }
    out.flush();
  }

  private static long pad(OutputStream out, long at) throws IOException {
    long next = aligned(at);
    out.write(new byte[(int) (next - at)]);
    return next;
  }

  private static long aligned(long at) {
    return (at + ALIGNMENT - 1) / ALIGNMENT * ALIGNMENT;
  }

  private static ByteBuffer littleEndian(int bytes) {
    return ByteBuffer.allocate(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }

  // ---- Reading ---------------------------------------------------------------------------------

  /**
   * Reads a table. Nothing is allocated before its header agrees with {@code length}.
   *
   * @param length the bytes of the whole file
   * @throws VectorFormatException if the bytes are not such a table
   */
  public static WordVectors read(InputStream in, long length) throws IOException {
    return read(in, length, null);
  }

  /**
   * Reads a table in memory, which is kept: its 8-bit numbers are not copied.
   *
   * @param bytes the whole file; no longer modified
   * @throws VectorFormatException if the bytes are not such a table
   */
  public static WordVectors read(byte[] bytes) throws IOException {
    return read(new ByteArrayInputStream(bytes), bytes.length, bytes);
  }

  private static WordVectors read(InputStream in, long length, byte @Nullable [] all)
      throws IOException {
    try {
      return readAll(in, length, all);
    } catch (EOFException e) {
      throw new VectorFormatException("cut off");
    } catch (IllegalArgumentException e) {
      throw new VectorFormatException(String.valueOf(e.getMessage()));
    }
  }

  private static WordVectors readAll(InputStream in, long length, byte @Nullable [] all)
      throws IOException {
    ByteBuffer header = ByteBuffer.wrap(exactly(in, HEADER)).order(ByteOrder.LITTLE_ENDIAN);
    if (!isTable(header.array())) {
      throw new VectorFormatException("no table of word vectors: it does not begin with RNNVEC1");
    }
    int bits = header.getInt(8);
    int size = header.getInt(12);
    int dim = header.getInt(16);
    int wordBytes = header.getInt(20);
    boolean possible = dim >= 1 && dim <= LONGEST_VECTOR && size >= 0;
    if ((bits != 16 && bits != 8) || !possible || wordBytes < 2L * size) {
      throw new VectorFormatException(
          "its header says "
              + (size + " vectors of length " + dim + " with " + bits + " bits a number and ")
              + (wordBytes + " bytes of words"));
    }
    long numbers = (long) size * dim;
    long scales = aligned((long) HEADER + wordBytes);
    long rows = bits == 16 ? scales : aligned(scales + 4L * size);
    // At most 2^31 * 2^31 * 2, which fits.
    long needed = rows + numbers * (bits / 8);
    if (needed != length || numbers > Integer.MAX_VALUE - 16) {
      throw new VectorFormatException(
          size + " vectors of length " + dim + " need " + needed + " bytes, found " + length);
    }
    // The index has up to five numbers per word.
    long memory = length + 20L * size;
    if (memory > Runtime.getRuntime().maxMemory() / 4 * 3) {
      throw new VectorFormatException(
          "needs " + memory / 1_000_000 + " MB of memory; give Java more with -Xmx, or prune it");
    }
    byte[] words = exactly(in, wordBytes);
    requireUtf8(words);
    skipZeros(in, scales - HEADER - wordBytes);
    if (bits == 16) {
      return new WordVectors(dim, WordIndex.of(words, size), halves(in, size, dim));
    }
    float[] scale = new float[size];
    ByteBuffer.wrap(exactly(in, 4 * size))
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(scale);
    for (float value : scale) {
      if (!(value > 0 && value * 127 < Float.POSITIVE_INFINITY)) {
        throw new VectorFormatException("a row has the scale " + value);
      }
    }
    skipZeros(in, rows - scales - 4L * size);
    ByteRows values =
        all == null
            ? new ByteRows(exactly(in, (int) numbers), 0, scale)
            : new ByteRows(all, (int) rows, scale);
    return new WordVectors(dim, WordIndex.of(words, size), values);
  }

  private static HalfRows halves(InputStream in, int size, int dim) throws IOException {
    short[] values = new short[size * dim];
    for (int row = 0; row < size; row++) {
      ByteBuffer.wrap(exactly(in, 2 * dim))
          .order(ByteOrder.LITTLE_ENDIAN)
          .asShortBuffer()
          .get(values, row * dim, dim);
    }
    for (short value : values) {
      if ((value & 0x7c00) == 0x7c00) {
        throw new VectorFormatException("a vector contains NaN or infinity");
      }
    }
    return new HalfRows(values);
  }

  /** Whether a file that starts with these bytes is such a table. */
  public static boolean isTable(byte[] start) {
    return start.length >= MAGIC.length
        && Arrays.equals(start, 0, MAGIC.length, MAGIC, 0, MAGIC.length);
  }

  private static byte[] exactly(InputStream in, int bytes) throws IOException {
    byte[] read = new byte[bytes];
    if (in.readNBytes(read, 0, bytes) < bytes) {
      throw new EOFException();
    }
    return read;
  }

  private static void skipZeros(InputStream in, long bytes) throws IOException {
    for (byte b : exactly(in, (int) bytes)) {
      if (b != 0) {
        throw new VectorFormatException("nonzero bytes in the padding between sections");
      }
    }
  }

  private static void requireUtf8(byte[] words) throws IOException {
    CharsetDecoder decoder = StandardCharsets.UTF_8.newDecoder();
    ByteBuffer bytes = ByteBuffer.wrap(words);
    CharBuffer chars = CharBuffer.allocate(BLOCK);
    while (true) {
      var result = decoder.decode(bytes, chars.clear(), true);
      if (result.isError()) {
        throw new VectorFormatException("byte " + bytes.position() + " of its words is not UTF-8");
      }
      if (result.isUnderflow()) {
        return;
      }
    }
  }
}
