package io.github.rnnotator.io;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Opens input files. Decompresses gzip, bzip2 and Zstandard, whatever the file name; a file with
 * the extension of one of them must be compressed with it.
 */
public final class CorpusInput {
  private CorpusInput() {}

  /**
   * Opens a file and decompresses it. Reading corrupt or truncated compressed data throws a {@link
   * ZipException}.
   *
   * @throws CorpusException if the file does not exist, is a folder, or is not compressed as its
   *     name says
   */
  public static InputStream open(Path file) throws IOException {
    requireFile(file);
    InputStream in = Files.newInputStream(file);
    try {
      return unpack(in, file.toString());
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Checks that there is something to read.
   *
   * @throws CorpusException if the file does not exist or is a folder
   */
  public static void requireFile(Path file) throws CorpusException {
    if (!Files.exists(file)) {
      throw new CorpusException(file.toString(), "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new CorpusException(file.toString(), "a folder, expected a file");
    }
  }

  /**
   * Decompresses a stream; closing the result closes it.
   *
   * @param source its name, whose extension may indicate a compression
   * @throws CorpusException if it is not compressed as its name says
   */
  public static InputStream unpack(InputStream in, String source) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(new Unhurried(in), 1 << 16);
    buffered.mark(Compression.MAGIC);
    Compression kind = Compression.ofContent(start(buffered));
    buffered.reset();
    Compression promised = Compression.ofName(source);
    if (promised != Compression.NONE && promised != kind) {
      throw new CorpusException(
          source,
          "not a "
              + (promised == Compression.ZSTD ? "zstd" : promised.name().toLowerCase(Locale.ROOT))
              + " file, though its name ends in "
              + promised.suffix());
    }
    return kind == Compression.NONE ? buffered : new Unpacked(buffered, kind);
  }

  /** Reads as many bytes as are needed to tell the compression, and waits for no more. */
  private static byte[] start(InputStream in) throws IOException {
    byte[] start = new byte[0];
    while (start.length < Compression.MAGIC && Compression.isPossible(start)) {
      byte[] next = in.readNBytes(1);
      if (next.length == 0) {
        break;
      }
      start = Arrays.copyOf(start, start.length + 1);
      start[start.length - 1] = next[0];
    }
    return start;
  }

  /**
   * Decompresses a stream by its content alone; closing the result closes the stream. Readers call
   * it, so that any stream may be compressed.
   */
  static InputStream unpackContent(InputStream in) throws IOException {
    return unpack(in, "");
  }

  /** Never calls {@code available()}, which fails on a named pipe. */
  private static final class Unhurried extends FilterInputStream {
    Unhurried(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  /** Turns every failure to decompress into a {@link ZipException}, and fails permanently. */
  private static final class Unpacked extends FilterInputStream {
    private final Compression kind;
    private @Nullable ZipException broken;

    Unpacked(InputStream packed, Compression kind) throws IOException {
      super(packed);
      this.kind = kind;
      try {
        this.in = kind.unpack(packed);
      } catch (IOException | RuntimeException e) {
        broken = failure(e);
      }
    }

    @Override
    public int read() throws IOException {
      byte[] one = new byte[1];
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] bytes, int offset, int length) throws IOException {
      if (broken != null) {
        throw broken;
      }
      try {
        return in.read(bytes, offset, length);
      } catch (IOException | RuntimeException e) {
        // Decoders throw exceptions of all kinds on malicious data.
        broken = failure(e);
        throw broken;
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      // Decoders implement skip differently; route all bytes through read.
      return Math.max(0, read(new byte[(int) Math.min(bytes, 1 << 16)]));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private ZipException failure(Exception cause) {
      ZipException failure =
          new ZipException(kind.suffix() + " data is corrupt or truncated: " + cause.getMessage());
      failure.initCause(cause);
      return failure;
    }
  }
}
