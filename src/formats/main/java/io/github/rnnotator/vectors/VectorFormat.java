package io.github.rnnotator.vectors;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.LineReader;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/**
 * The formats in which word vectors are published. The format of a file is detected:
 *
 * <ul>
 *   <li>GloVe's text: one word per line, the word and its numbers separated by spaces;
 *   <li>word2vec's and fastText's text: the same below a line with the number of words and the
 *       length of the vectors;
 *   <li>word2vec's binary: that line, then for each word its UTF-8, a space, and its numbers as
 *       little-endian 32-bit floats.
 * </ul>
 *
 * <p>Gzip, bzip2 and Zstandard are decompressed, whatever the name. In all formats the frequent
 * words come first.
 */
public final class VectorFormat {
  /** How far to look for the first vector, to tell text from binary. */
  private static final int PEEK = 1 << 17;

  private VectorFormat() {}

  /**
   * Opens a file.
   *
   * @throws CorpusException if the file does not exist or holds no vectors
   */
  public static VectorReader open(Path file) throws IOException {
    String source = file.toString();
    CorpusInput.requireFile(file);
    InputStream in = Files.newInputStream(file);
    try {
      return open(in, source);
    } catch (IOException e) {
      in.close();
      throw e;
    }
  }

  /**
   * Opens a stream, which is closed with the reader, and on failure.
   *
   * @param source the name for messages
   * @throws CorpusException if it holds no vectors
   */
  public static VectorReader open(InputStream in, String source) throws IOException {
    BufferedInputStream buffered = new BufferedInputStream(CorpusInput.unpack(in, source), PEEK);
    try {
      return isBinary(peek(buffered, PEEK))
          ? new BinaryVectorReader(buffered, source)
          : new TextVectorReader(new LineReader(buffered, source));
    } catch (IOException | RuntimeException e) {
      // Decompressors may hold native memory.
      buffered.close();
      throw e;
    }
  }

  private static byte[] peek(BufferedInputStream in, int bytes) throws IOException {
    in.mark(bytes);
    byte[] start;
    try {
      start = in.readNBytes(bytes);
    } catch (IOException e) {
      // Broken data: reading further throws again, with the place.
      start = new byte[0];
    }
    in.reset();
    return start;
  }

  /** Whether a line with two whole numbers is followed by something other than a line of text. */
  private static boolean isBinary(byte[] start) {
    int end = indexOf(start, '\n', 0);
    String header = new String(start, 0, end, StandardCharsets.ISO_8859_1);
    if (!TextVectorReader.isHeader(header)) {
      return false;
    }
    int dim =
        (int) Math.min(VectorFile.LONGEST_VECTOR, Long.parseLong(header.strip().split("\\s+")[1]));
    int line = indexOf(start, '\n', end + 1);
    String first = new String(start, end, line - end, StandardCharsets.ISO_8859_1).strip();
    String[] fields = first.split("[ \t]+");
    if (fields.length > dim
        && Arrays.stream(fields)
            .skip(fields.length - dim)
            .allMatch(field -> field.matches("[0-9.eE+-]+"))) {
      return false;
    }
    // Floats contain bytes that text does not, unless the vectors are very short.
    int row = Math.min(start.length, indexOf(start, ' ', end + 1) + 1 + Float.BYTES * dim);
    for (int i = end + 1; i < row; i++) {
      if (start[i] >= 0 && start[i] < ' ' && "\t\r\n".indexOf(start[i]) < 0) {
        return true;
      }
    }
    CharBuffer chars = CharBuffer.allocate(start.length);
    ByteBuffer bytes = ByteBuffer.wrap(start, Math.min(end + 1, row), Math.max(0, row - end - 1));
    return StandardCharsets.UTF_8.newDecoder().decode(bytes, chars, false).isError();
  }

  /** The index of the first such byte, or the length. */
  private static int indexOf(byte[] bytes, char wanted, int from) {
    int at = Math.min(from, bytes.length);
    while (at < bytes.length && bytes[at] != wanted) {
      at++;
    }
    return at;
  }
}
