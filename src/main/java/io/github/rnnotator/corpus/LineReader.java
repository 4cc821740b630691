package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of strict UTF-8 with their numbers. A line ends at {@code \n} or {@code \r\n} and nowhere
 * else; a byte-order mark at the start is skipped.
 */
final class LineReader implements Closeable {
  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private final InputStream in;
  private final String source;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] block = new byte[1 << 16];
  private int next;
  private int limit;
  private byte[] bytes = new byte[256];
  private CharBuffer chars = CharBuffer.allocate(256);
  private int line;
  private @Nullable String pushedBack;

  LineReader(InputStream in, String source) {
    this.in = in;
    this.source = source;
  }

  String source() {
    return source;
  }

  /** The number of the line last returned, from 1; at the end that of the last line. */
  int line() {
    return line;
  }

  /** The next line without its end, or null after the last. */
  @Nullable String next() throws IOException {
    line++;
    if (pushedBack != null) {
      String again = pushedBack;
      pushedBack = null;
      return again;
    }
    int size = 0;
    boolean ended = false;
    while (!ended && (next < limit || fill())) {
      int end = next;
      while (end < limit && block[end] != '\n') {
        end++;
      }
      if (size + end - next > bytes.length) {
        bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, size + end - next));
      }
      System.arraycopy(block, next, bytes, size, end - next);
      size += end - next;
      ended = end < limit;
      next = ended ? end + 1 : end;
    }
    if (size == 0 && !ended) {
      line--;
      return null;
    }
    int start = line == 1 && startsWithMark(size) ? BYTE_ORDER_MARK.length : 0;
    if (size > start && ended && bytes[size - 1] == '\r') {
      size--;
    }
    return decode(start, size);
  }

  /** Makes {@link #next} return this line again, which it returned last. */
  void pushBack(String last) {
    pushedBack = last;
    line--;
  }

  CorpusException error(String problem) {
    return new CorpusException(source, line, problem);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean fill() throws IOException {
    next = 0;
    try {
      limit = Math.max(0, in.read(block));
    } catch (ZipException | EOFException e) {
      limit = 0;
      throw error("the gzip data is broken or cut off; unpack the file again from its origin");
    }
    return limit > 0;
  }

  private boolean startsWithMark(int size) {
    return size >= BYTE_ORDER_MARK.length
        && Arrays.equals(
            bytes, 0, BYTE_ORDER_MARK.length, BYTE_ORDER_MARK, 0, BYTE_ORDER_MARK.length);
  }

  private String decode(int start, int end) throws CorpusException {
    if (chars.capacity() < end) {
      chars = CharBuffer.allocate(Math.max(2 * chars.capacity(), end));
    }
    chars.clear();
    ByteBuffer encoded = ByteBuffer.wrap(bytes, start, end - start);
    CoderResult result = decoder.reset().decode(encoded, chars, true);
    chars.flip();
    if (result.isError()) {
      int column = chars.codePoints().map(c -> 1).sum() + 1;
      throw new CorpusException(
          source,
          line,
          column,
          String.format(
              "byte 0x%02X is not UTF-8; convert the file to UTF-8",
              encoded.get(encoded.position())));
    }
    return chars.toString();
  }
}
