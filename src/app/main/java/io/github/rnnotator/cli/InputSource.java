package io.github.rnnotator.cli;

import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.io.CorpusInput;
import java.io.BufferedInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * A file, a pipe or standard input, decompressed. Its beginning can be inspected before reading; it
 * is read once.
 */
final class InputSource {
  /** The length of the beginning, in bytes. */
  private static final int BEGINNING = 1 << 16;

  private final String file;
  private final InputStream stdin;

  /** A stream that can't be opened twice, after its beginning was inspected. */
  private @Nullable InputStream opened;

  /**
   * Creates a source.
   *
   * @param file its path, or {@code -} for standard input
   */
  InputSource(String file, InputStream stdin) {
    this.file = file;
    this.stdin = stdin;
  }

  /** The name for messages and for the document. */
  String name() {
    return isStdin() ? CorpusFormat.STDIN : file;
  }

  private boolean isStdin() {
    return file.equals("-");
  }

  /** Opens the decompressed bytes. */
  InputStream open() throws IOException {
    if (opened != null) {
      return opened;
    }
    return isStdin()
        ? CorpusInput.unpack(stdin, CorpusFormat.STDIN)
        : CorpusInput.open(Path.of(file));
  }

  /** The beginning of the decompressed text; of a corrupt file, as much as can be read. */
  String beginning() throws IOException {
    if (!isStdin() && Files.isRegularFile(Path.of(file))) {
      try (InputStream in = open()) {
        return text(in, true);
      }
    }
    BufferedInputStream buffered = new BufferedInputStream(open(), BEGINNING);
    buffered.mark(BEGINNING);
    String text = text(buffered, false);
    buffered.reset();
    opened = buffered;
    return text;
  }

  /** Whether there is a whole line that tells the format: no comment or boundary of documents. */
  private static boolean hasRow(byte[] bytes, int size) {
    String text = new String(bytes, 0, size, StandardCharsets.ISO_8859_1);
    String lines = text.substring(0, text.lastIndexOf('\n') + 1);
    return lines
        .lines()
        .anyMatch(line -> !line.isBlank() && !line.startsWith("#") && !line.startsWith("-DOC"));
  }

  /**
   * Reads the beginning.
   *
   * @param all whether to read as much of it as there is; else only what tells the format, since
   *     more may come late
   */
  private static String text(InputStream in, boolean all) throws IOException {
    byte[] bytes = new byte[BEGINNING];
    int size = 0;
    try {
      for (int read = 0;
          read >= 0 && size < bytes.length && (all || !hasRow(bytes, size));
          size += Math.max(0, read)) {
        read = in.read(bytes, size, bytes.length - size);
      }
    } catch (ZipException | EOFException e) {
      // The reader of the file reports it, with the line.
      return decoded(bytes, size);
    }
    return decoded(bytes, size);
  }

  private static String decoded(byte[] bytes, int size) {
    String text = new String(Arrays.copyOf(bytes, size), StandardCharsets.UTF_8);
    return text.startsWith("\ufeff") ? text.substring(1) : text;
  }
}
