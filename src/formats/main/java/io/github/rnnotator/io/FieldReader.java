package io.github.rnnotator.io;

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
 * Reads lines of bytes, split into fields by a {@link FieldDelimiter}. A line ends at {@code \n}
 * only; a {@code \r} before it belongs to the line.
 *
 * <p>Nothing is decoded: a field is a string with one char per byte (ISO 8859-1), so that length
 * and order are those of the bytes, and files that are not UTF-8 can be read. Uses the memory of
 * the longest line, at most 16 MiB. For one thread.
 */
public final class FieldReader implements Closeable {
  private static final int BLOCK = 1 << 16;

  /** Longer lines are an error, in bytes: compressed data may expand to an endless line. */
  private static final int LONGEST = 1 << 24;

  /** A power of two. */
  private static final int CACHED = 1 << 12;

  private final InputStream in;
  private final String source;
  private final FieldDelimiter delimiter;
  private byte[] block = new byte[BLOCK];

  /** Begin and end of the line in {@link #block}. */
  private int begin;

  private int end;

  /** Begin of the next line, and end of the bytes read. */
  private int next;

  private int limit;
  private int[] bounds = new int[16];
  private int size;
  private long line;

  /** Recently requested fields by the hash of their bytes; the latest replaces the earlier. */
  private final @Nullable String[] cache = new String[CACHED];

  /**
   * Reads a stream; closing the reader closes it.
   *
   * @param source its name in messages
   */
  public FieldReader(InputStream in, String source, FieldDelimiter delimiter) {
    this.in = in;
    this.source = source;
    this.delimiter = delimiter;
  }

  /**
   * Advances to the next line.
   *
   * @return false after the last
   * @throws CorpusException if the compressed data is corrupt, or a line is too long
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

  /** Returns field {@code field}, from 0. Equal bytes usually give the same object. */
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

  /** The whole line, without its line end. */
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

  /** Moves the line to the front of the block and reads more bytes after it. */
  private boolean fill() throws IOException {
    if (limit == block.length) {
      if (begin == 0 && limit >= LONGEST) {
        throw error("a line of more than " + (LONGEST >> 20) + " MiB, which is not text");
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
      throw error(
          "the compressed data is corrupt or truncated; get the file again from its origin");
    }
  }

  private CorpusException error(String problem) {
    return new CorpusException(source, (int) Math.min(Integer.MAX_VALUE, line + 1), problem);
  }
}
