package io.github.rnnotator.corpus;

import java.io.BufferedInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Opens files that are to be read. Gzip, bzip2 and Zstandard are unpacked, whatever the name; a
 * name that promises one of them must hold it.
 */
public final class CorpusInput {
  private CorpusInput() {}

  /**
   * The bytes of a file, unpacked. Where packed data is broken or cut off, reading throws a {@link
   * ZipException}.
   *
   * @throws CorpusException if there is no such file, or it is a folder, or it should be packed and
   *     is not
   */
  public static InputStream open(Path file) throws IOException {
    String source = file.toString();
    if (!Files.exists(file)) {
      throw new CorpusException(source, "no such file");
    }
    if (Files.isDirectory(file)) {
      throw new CorpusException(source, "a folder, expected a file");
    }
    InputStream in = Files.newInputStream(file);
    try {
      return unpack(in, source);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * The bytes of a stream, unpacked; closing the result closes it.
   *
   * @param source its name, which may promise a kind of packing
   * @throws CorpusException if it should be packed and is not
   */
  public static InputStream unpack(InputStream in, String source) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(new Unhurried(in), 1 << 16);
    buffered.mark(Compression.MAGIC);
    Compression kind = Compression.ofContent(buffered.readNBytes(Compression.MAGIC));
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

  /**
   * The bytes of a stream, unpacked by their content alone; closing the result closes the stream.
   * Readers call it, so that a stream of any origin may be packed.
   */
  static InputStream unpackContent(InputStream in) throws IOException {
    return unpack(in, "");
  }

  /** Never asks how much is there: a pipe that was opened by its name can't tell and fails. */
  private static final class Unhurried extends FilterInputStream {
    Unhurried(InputStream in) {
      super(in);
    }

    @Override
    public int available() {
      return 0;
    }
  }

  /** Says of every failure to unpack that it is one, and fails for good. */
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
        // Decoders meet hostile data with exceptions of all kinds.
        broken = failure(e);
        throw broken;
      }
    }

    @Override
    public long skip(long bytes) throws IOException {
      // Decoders skip in ways of their own; all bytes go through one place here.
      return Math.max(0, read(new byte[(int) Math.min(bytes, 1 << 16)]));
    }

    @Override
    public boolean markSupported() {
      return false;
    }

    private ZipException failure(Exception cause) {
      ZipException failure =
          new ZipException(kind.suffix() + " data is broken or cut off: " + cause.getMessage());
      failure.initCause(cause);
      return failure;
    }
  }
}
