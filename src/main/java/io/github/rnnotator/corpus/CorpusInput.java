package io.github.rnnotator.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.zip.GZIPInputStream;

/** Opens files that are to be read; a name that ends in {@code .gz} is unpacked. */
public final class CorpusInput {
  private CorpusInput() {}

  /**
   * The bytes of a file, not buffered.
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
      boolean packed = source.toLowerCase(Locale.ROOT).endsWith(".gz");
      return packed ? new GZIPInputStream(in, 1 << 16) : in;
    } catch (IOException e) {
      in.close();
      throw new CorpusException(source, "not a gzip file, though its name ends in .gz");
    }
  }
}
