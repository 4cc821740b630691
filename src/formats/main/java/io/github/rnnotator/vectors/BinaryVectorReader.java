package io.github.rnnotator.vectors;

import io.github.rnnotator.embed.VectorFile;
import io.github.rnnotator.io.CorpusException;
import java.io.DataInputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * word2vec's binary format. It truncates long words at a number of bytes, possibly within a
 * character; such words match no token and are skipped and counted.
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
  private long notUtf8;
  private long withoutWord;
  private boolean ended;

  BinaryVectorReader(InputStream in, String source) throws IOException {
    this.in = new DataInputStream(in);
    this.source = source;
    String[] header =
        new String(bytes, 0, upTo('\n'), StandardCharsets.US_ASCII).strip().split("\\s+");
    this.words = Long.parseLong(header[0]);
    long length = Long.parseLong(header[1]);
    if (length < 1 || length > VectorFile.LONGEST_VECTOR) {
      throw new CorpusException(
          source,
          1,
          "vectors of length " + length + ", expected 1 to " + VectorFile.LONGEST_VECTOR);
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
    while (hasMore()) {
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

  /** Whether a word follows: the count in the first line may be off by one. */
  private boolean hasMore() throws IOException {
    try {
      in.mark(2);
      int first = in.read();
      int second = first == '\n' ? in.read() : first;
      in.reset();
      ended = second < 0;
      return !ended;
    } catch (EOFException | ZipException e) {
      read++;
      throw error("the file is broken or cut off here");
    }
  }

  @Override
  public List<String> notes() {
    List<String> notes = new ArrayList<>();
    if (notUtf8 + withoutWord > 0) {
      long sum = notUtf8 + withoutWord;
      notes.add(
          (sum == 1 ? "1 word was" : sum + " words were")
              + " left out: "
              + notUtf8
              + " not UTF-8 (cut within a character?), "
              + withoutWord
              + " empty");
    }
    if (ended && read != words) {
      notes.add("the first line says " + words + " words, found " + read);
    }
    return notes;
  }

  private @Nullable String decode(int start, int end) {
    if (start == end) {
      withoutWord++;
      return null;
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(Arrays.copyOfRange(bytes, start, end)))
          .toString();
    } catch (CharacterCodingException e) {
      notUtf8++;
      return null;
    }
  }

  /** Reads up to a byte and returns the number of bytes before it. */
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
