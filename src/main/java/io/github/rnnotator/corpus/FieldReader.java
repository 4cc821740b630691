package io.github.rnnotator.corpus;

import java.io.Closeable;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.regex.Matcher;
import java.util.zip.ZipException;
import org.jspecify.annotations.Nullable;

/**
 * Lines of bytes, cut into fields by a {@link FieldDelimiter}. A line ends at {@code \n} and
 * nowhere else; a {@code \r} before it belongs to the line.
 *
 * <p>Nothing is decoded: a field is a string with a char for each byte (ISO 8859-1), so that its
 * length counts bytes and its order is that of bytes, and any file can be read, also one that is
 * not UTF-8. Memory is that of the longest line, which has at most 16 MiB. For one thread.
 */
public final class FieldReader implements Closeable {
  private static final int BLOCK = 1 << 16;

  /** Longer lines are an error, in bytes: packed data may unpack to a line without an end. */
  private static final int LONGEST = 1 << 24;

  /** A power of two. */
  private static final int CACHED = 1 << 12;

  private final InputStream in;
  private final String source;
  private final FieldDelimiter delimiter;
  private byte[] block = new byte[BLOCK];

  /** Begin and end in {@link #block} of the line. */
  private int begin;

  private int end;

  /** Where the next line begins, and where the bytes read end. */
  private int next;

  private int limit;
  private int[] bounds = new int[16];
  private int size;
  private long line;

  /** Fields that were asked for, by a hash of their bytes; a later one takes the place. */
  private final @Nullable String[] cache = new String[CACHED];

  /**
   * A reader of a stream, which closing it closes.
   *
   * @param source the name for messages
   */
  public FieldReader(InputStream in, String source, FieldDelimiter delimiter) {
    this.in = in;
    this.source = source;
    this.delimiter = delimiter;
  }

  /**
   * Goes to the next line.
   *
   * @return false after the last
   * @throws CorpusException if the file is packed and broken, or a line too long
   */
  public boolean next() throws IOException {
    size = 0;
    begin = next;
    int single = delimiter.single();
    int from = begin;
    int at = begin;
    while (true) {
      byte[] bytes = block;
      int stop = limit;
      while (at < stop && bytes[at] != '\n') {
        if (bytes[at] == single) {
          field(from, at);
          from = at + 1;
        }
        at++;
      }
      if (at < stop) {
        next = at + 1;
        break;
      }
      int moved = begin;
      boolean more = fill();
      moved -= begin;
      for (int i = 0; i < 2 * size; i++) {
        bounds[i] -= moved;
      }
      from -= moved;
      at -= moved;
      if (!more) {
        next = limit;
        if (begin == limit) {
          return false;
        }
        break;
      }
    }
    end = at;
    line++;
    if (single != FieldDelimiter.NOT_SINGLE) {
      field(from, at);
    } else {
      cutByExpression();
    }
    while (size > 0 && bounds[2 * size - 2] == bounds[2 * size - 1]) {
      size--;
    }
    return true;
  }

  /** The number of the line, from 1. */
  public long line() {
    return line;
  }

  /** The number of its fields. */
  public int size() {
    return size;
  }

  /** A field, from 0. The same bytes mostly give the same object. */
  public String get(int field) {
    int from = bounds[2 * field];
    int to = bounds[2 * field + 1];
    int hash = 0;
    for (int i = from; i < to; i++) {
      hash = 31 * hash + block[i];
    }
    int place = (hash ^ (hash >>> 16)) & (CACHED - 1);
    String cached = cache[place];
    if (cached == null || !equals(cached, from, to)) {
      cached = new String(block, from, to - from, StandardCharsets.ISO_8859_1);
      cache[place] = cached;
    }
    return cached;
  }

  /** The whole line, without its end. */
  public String text() {
    return new String(block, begin, end - begin, StandardCharsets.ISO_8859_1);
  }

  @Override
  public void close() throws IOException {
    in.close();
  }

  private boolean equals(String text, int from, int to) {
    if (text.length() != to - from) {
      return false;
    }
    for (int i = from; i < to; i++) {
      if (text.charAt(i - from) != (block[i] & 0xFF)) {
        return false;
      }
    }
    return true;
  }

  /** The expression is the user's: a repeated group is a recursion that a long line makes deep. */
  private void cutByExpression() throws CorpusException {
    try {
      cut();
    } catch (StackOverflowError e) {
      throw new CorpusException(
          source,
          (int) Math.min(Integer.MAX_VALUE, line),
          "the delimiter's regular expression needs too much memory for this line; repeat a class of"
              + " characters, such as [ \\t]+, rather than a group");
    }
  }

  /** Cuts a line at the matches of an expression. */
  private void cut() {
    String text = text();
    Matcher match = delimiter.matcher(text);
    int from = 0;
    while (from < text.length() && match.region(from, text.length()).find()) {
      field(begin + from, begin + match.start());
      for (int group = 1; group <= match.groupCount(); group++) {
        field(begin + Math.max(0, match.start(group)), begin + Math.max(0, match.end(group)));
      }
      from = match.end();
    }
    field(begin + from, begin + text.length());
  }

  private void field(int from, int to) {
    if (2 * size == bounds.length) {
      bounds = Arrays.copyOf(bounds, 2 * bounds.length);
    }
    bounds[2 * size] = from;
    bounds[2 * size + 1] = to;
    size++;
  }

  /** Reads more bytes behind those of the line, which move to the front of the block. */
  private boolean fill() throws IOException {
    if (limit == block.length) {
      if (begin == 0 && limit >= LONGEST) {
        throw error("a line of more than " + (LONGEST >> 20) + " MiB, which is no text");
      }
      byte[] target = begin > 0 ? block : new byte[Math.multiplyExact(2, block.length)];
      System.arraycopy(block, begin, target, 0, limit - begin);
      block = target;
      limit -= begin;
      begin = 0;
    }
    try {
      int read = in.read(block, limit, block.length - limit);
      limit += Math.max(0, read);
      return read > 0;
    } catch (ZipException | EOFException e) {
      throw error("the packed data is broken or cut off; get the file again from its origin");
    }
  }

  private CorpusException error(String problem) {
    return new CorpusException(source, (int) Math.min(Integer.MAX_VALUE, line + 1), problem);
  }
}
