package io.github.rnnotator.corpus;

import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * word2vec's binary format. It cuts long words at a number of bytes, hence also in the middle of a
 * character; such words can match no token and are left out.
 */
final class BinaryVectorReader implements VectorReader {
  private static final int LONGEST_WORD = 1 << 12;

  private final DataInputStream in;
  private final String source;
  private final long words;
  private final int dim;
  private final byte[] values;
  private final byte[] bytes = new byte[LONGEST_WORD];
  private long read;

  BinaryVectorReader(InputStream in, String source) throws IOException {
    this.in = new DataInputStream(in);
    this.source = source;
    String[] header =
        new String(bytes, 0, upTo('\n'), StandardCharsets.US_ASCII).strip().split("\\s+");
    this.words = Long.parseLong(header[0]);
    long length = Long.parseLong(header[1]);
    if (length < 1 || length > VectorFormat.LONGEST) {
      throw new CorpusException(
          source, 1, "vectors of length " + length + ", expected 1 to " + VectorFormat.LONGEST);
    }
    this.dim = (int) length;
    this.values = new byte[dim * Float.BYTES];
  }

  @Override
  public int dim() {
    return dim;
  }

  @Override
  public @Nullable String next() throws IOException {
    while (read < words) {
      read++;
      try {
        int length = upTo(' ');
        in.readFully(values);
        // The original program ends each vector with a line feed, others do not.
        int start = 0;
        while (start < length && bytes[start] == '\n') {
          start++;
        }
        String word = decode(start, length);
        if (word != null) {
          return word;
        }
      } catch (EOFException | ZipException e) {
        throw error("the file is broken or cut off here");
      }
    }
    return null;
  }

  private @Nullable String decode(int start, int end) throws CorpusException {
    if (start == end) {
      throw error("no word before its vector");
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end)))
          .toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }

  /** Reads up to a byte and gives how many came before it. */
  private int upTo(char end) throws IOException {
    for (int i = 0; i < bytes.length; i++) {
      bytes[i] = in.readByte();
      if (bytes[i] == end) {
        return i;
      }
    }
    throw error("no word ends within " + LONGEST_WORD + " bytes");
  }

  @Override
  public void vector(float[] out) throws IOException {
    ByteBuffer.wrap(values).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(out, 0, dim);
    for (int i = 0; i < dim; i++) {
      if (!Float.isFinite(out[i])) {
        throw error("number " + (i + 1) + " is " + out[i]);
      }
    }
  }

  private CorpusException error(String problem) {
    return new CorpusException(
        source, "word " + read + " of " + words + " (binary word2vec vectors): " + problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }
}
