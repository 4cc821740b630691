package io.github.rnnotator.io;

import com.github.luben.zstd.ZstdOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.Arrays;
import java.util.Locale;
import java.util.stream.Collectors;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorInputStream;
import org.apache.commons.compress.compressors.bzip2.BZip2CompressorOutputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorInputStream;
import org.apache.commons.compress.compressors.gzip.GzipCompressorOutputStream;

/**
 * Compression of a file. In each format, concatenated streams decompress as one, so that parts of a
 * file can be compressed separately.
 */
public enum Compression {
  /** Not compressed. */
  NONE(""),
  /** gzip. */
  GZIP("gz"),
  /** bzip2. */
  BZIP2("bz2"),
  /** Zstandard. */
  ZSTD("zst");

  /** How many bytes {@link #ofContent} looks at. */
  static final int MAGIC = 10;

  private static final byte[] BZIP2_BLOCK = {0x31, 0x41, 0x59, 0x26, 0x53, 0x59};
  private static final byte[] BZIP2_END = {0x17, 0x72, 0x45, 0x38, 0x50, (byte) 0x90};

  private final String extension;

  Compression(String extension) {
    this.extension = extension;
  }

  /**
   * Returns the compression of this name: {@code none}, or an extension without its dot.
   *
   * @throws IllegalArgumentException if the name is unknown; the message lists the known ones
   */
  public static Compression parse(String name) {
    for (Compression kind : values()) {
      if (name.equals(kind == NONE ? "none" : kind.extension)) {
        return kind;
      }
    }
    throw new IllegalArgumentException(
        "unknown compression '"
            + name
            + "', expected none, "
            + Arrays.stream(values())
                .skip(1)
                .map(kind -> kind.extension)
                .collect(Collectors.joining(", ")));
  }

  /** Returns the compression that a file name's extension indicates. */
  public static Compression ofName(String file) {
    String name = file.toLowerCase(Locale.ROOT);
    for (Compression kind : values()) {
      if (kind != NONE && name.endsWith(kind.suffix())) {
        return kind;
      }
    }
    return NONE;
  }

  /** Returns the compression that the first {@value #MAGIC} bytes of a file indicate. */
  static Compression ofContent(byte[] start) {
    if (start.length >= 3 && start[0] == 0x1f && start[1] == (byte) 0x8b && start[2] == 8) {
      return GZIP;
    }
    if (start.length >= 4
        && (start[0] & 0xff) == 0x28
        && (start[1] & 0xff) == 0xb5
        && (start[2] & 0xff) == 0x2f
        && (start[3] & 0xff) == 0xfd) {
      return ZSTD;
    }
    if (start.length == MAGIC && start[0] == 'B' && start[1] == 'Z' && start[2] == 'h') {
      byte[] block = Arrays.copyOfRange(start, 4, MAGIC);
      return Arrays.equals(block, BZIP2_BLOCK) || Arrays.equals(block, BZIP2_END) ? BZIP2 : NONE;
    }
    return NONE;
  }

  /**
   * Whether a file that starts with these bytes may be compressed, so that more of them must be
   * read to know. A terminal or a pipe may have only a few for now.
   */
  static boolean isPossible(byte[] start) {
    byte[] second = {(byte) 0x8b, (byte) 0xb5, 'Z'};
    int kind = start.length == 0 ? 0 : "\u001f(B".indexOf(start[0]);
    return kind >= 0
        && (start.length < 2 || start[1] == second[kind])
        && (start.length < 3 || kind < 2 || start[2] == 'h');
  }

  /** The file name extension with its dot; empty for {@link #NONE}. */
  public String suffix() {
    return extension.isEmpty() ? "" : "." + extension;
  }

  /** Decompresses a stream; closing the result closes the stream. */
  InputStream unpack(InputStream in) throws IOException {
    return switch (this) {
      case NONE -> in;
      case GZIP -> new GzipCompressorInputStream(in, true);
      case BZIP2 -> new BZip2CompressorInputStream(in, true);
      case ZSTD -> new ZstdInput(in);
    };
  }

  /**
   * Compresses a stream; the result must be closed, which closes {@code out}. The same bytes give
   * the same compressed bytes.
   */
  public OutputStream pack(OutputStream out) throws IOException {
    return switch (this) {
      case NONE -> out;
      case GZIP -> new GzipCompressorOutputStream(out);
      case BZIP2 -> new BZip2CompressorOutputStream(out);
      case ZSTD -> new ZstdOutputStream(out);
    };
  }
}
