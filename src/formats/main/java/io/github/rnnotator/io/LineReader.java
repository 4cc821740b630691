package io.github.rnnotator.io;

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
 * Reads lines of strict UTF-8 and counts them; detects compression by content. A line ends at
 * {@code \n} or {@code \r\n}, or, in a file that begins without any line feed, at {@code \r}; a
 * byte-order mark at the start is skipped. After an error in a line the next one can be read,
 * unless the file {@link #isBroken}.
 */
public final class LineReader implements Closeable {
  /** Longer lines are an error, in bytes: they are not text, and would exhaust memory. */
  static final int LONGEST = 1 << 24;

  /** Buffers grown beyond this by a long line are released after it, in bytes. */
  private static final int KEPT = 1 << 20;

  private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

  private InputStream in;
  private final String source;

  /** Whether the start of the file, which may be compressed, is still to be opened. */
  private boolean unopened;

  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final byte[] block = new byte[1 << 16];
  private int next;
  private int limit;

  /** The byte that ends a line. */
  private byte lineEnd;

  private boolean lineEndKnown;
  private byte[] bytes = new byte[256];
  private CharBuffer chars = CharBuffer.allocate(256);
  private int line;
  private @Nullable String pushedBack;
  private long position;
  private long positionBefore;
  private boolean broken;
  private boolean closed;
  private boolean betweenSentences = true;

  /**
   * Reads a stream from its start; closing the reader closes it.
   *
   * @param source the name for messages
   */
  public LineReader(InputStream in, String source) {
    this(in, source, Position.START);
  }

  /**
   * Resumes in the middle of a file.
   *
   * @param in the remaining bytes
   * @param start the position of the first of them
   */
  public LineReader(InputStream in, String source, Position start) {
    this.in = in;
    this.source = source;
    this.unopened = start.bytes() == 0;
    this.position = start.bytes();
    this.positionBefore = start.bytes();
    this.line = start.lines();
    // A line has ended before any other position, so its end is known.
    this.lineEndKnown = start.bytes() > 0;
    this.lineEnd = (byte) (start.carriageReturns() ? '\r' : '\n');
  }

  /** The name for messages. */
  public String source() {
    return source;
  }

  /** The number of the last line returned, from 1. */
  public int line() {
    return line;
  }

  /** The offset of the next line, in bytes. */
  public long position() {
    return pushedBack == null ? position : positionBefore;
  }

  /** Whether lines end at a carriage return alone. */
  public boolean carriageReturns() {
    return lineEnd == '\r';
  }

  /** Whether reading has failed permanently: the compressed data is corrupt. */
  public boolean isBroken() {
    return broken;
  }

  /** Whether the last line returned was blank, or no line was returned yet. */
  public boolean isBetweenSentences() {
    return betweenSentences;
  }

  /**
   * Returns the next line without its line end, or null at the end.
   *
   * @throws IOException if the reader is closed
   */
  public @Nullable String next() throws IOException {
    if (closed) {
      throw new IOException(source + ": the reader is closed; read before closing it");
    }
    line++;
    betweenSentences = false;
    if (pushedBack != null) {
      String again = pushedBack;
      pushedBack = null;
      return again;
    }
    positionBefore = position;
    int size = 0;
    boolean ended = false;
    boolean tooLong = false;
    while (!ended && (next < limit || fill())) {
      int end = next;
      while (end < limit && block[end] != lineEnd) {
        end++;
      }
      tooLong |= size + end - next > LONGEST;
      if (!tooLong) {
        if (size + end - next > bytes.length) {
          bytes =
              Arrays.copyOf(
                  bytes, Math.min(LONGEST, Math.max(2 * bytes.length, size + end - next)));
        }
        System.arraycopy(block, next, bytes, size, end - next);
        size += end - next;
      }
      ended = end < limit;
      position += (ended ? end + 1 : end) - next;
      next = ended ? end + 1 : end;
    }
    if (tooLong) {
      shrink();
      throw error("a line of more than " + (LONGEST >> 20) + " MiB, which is not text");
    }
    if (size == 0 && !ended) {
      line--;
      betweenSentences = true;
      return null;
    }
    int start = line == 1 && startsWithMark(size) ? BYTE_ORDER_MARK.length : 0;
    if (size > start && ended && bytes[size - 1] == '\r') {
      size--;
    }
    String text = decode(start, size);
    shrink();
    betweenSentences = isBlank(text);
    return text;
  }

  /** Whether the next line that is not blank can be returned without waiting for input. */
  public boolean isReady() {
    if (pushedBack != null && !isBlank(pushedBack)) {
      return true;
    }
    int from = next;
    while (from < limit && " \t\r\n".indexOf(block[from]) >= 0) {
      from++;
    }
    while (from < limit && block[from] != lineEnd) {
      from++;
    }
    return from < limit;
  }

  private void shrink() {
    if (bytes.length > KEPT) {
      bytes = new byte[256];
      chars = CharBuffer.allocate(256);
    }
  }

  /** Makes {@link #next} return the last line again. */
  public void pushBack(String last) {
    pushedBack = last;
    line--;
  }

  /** Creates an exception at the last line. */
  public CorpusException error(String problem) {
    return new CorpusException(source, line, problem);
  }

  /** An error on the last line of a file that may have another layout. */
  public CorpusException error(String problem, CorpusException.Suspicion suspicion) {
    return new CorpusException(source, line, 0, problem, suspicion);
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
  }

  private boolean fill() throws IOException {
    next = 0;
    try {
      if (unopened) {
        unopened = false;
        in = CorpusInput.unpackContent(in);
      }
      limit = Math.max(0, in.read(block));
    } catch (ZipException | EOFException e) {
      limit = 0;
      broken = true;
      throw error(
          "the compressed data is corrupt or truncated; get the file again from its origin");
    }
    if (!lineEndKnown) {
      findLineEnd();
    }
    return limit > 0;
  }

  /** Old files end lines with a carriage return only; one before a line feed does not count. */
  private void findLineEnd() {
    boolean returns = false;
    for (int i = next; i < limit; i++) {
      if (block[i] == '\n') {
        lineEndKnown = true;
        return;
      }
      returns |= block[i] == '\r' && i + 1 < limit;
    }
    if (returns) {
      lineEnd = '\r';
      lineEndKnown = true;
    }
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

  /** Whether a line contains only spaces and tabs. */
  public static boolean isBlank(String line) {
    return line.chars().allMatch(c -> c == ' ' || c == '\t');
  }
}
