package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Section;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.zip.ZipException;

/** Reads a text file as one document. */
final class TextReader implements DocumentReader {
  private final InputStream in;
  private final String source;
  private final DocumentFormat.Text format;
  private final CharsetDecoder decoder =
      StandardCharsets.UTF_8
          .newDecoder()
          .onMalformedInput(CodingErrorAction.REPORT)
          .onUnmappableCharacter(CodingErrorAction.REPORT);
  private final ByteBuffer bytes = ByteBuffer.allocate(1 << 16).flip();
  private final CharBuffer chars = CharBuffer.allocate(1 << 16);

  /** Decoded text; what is before {@link #begin} was returned. */
  private final StringBuilder window = new StringBuilder();

  private int begin;

  private boolean ended;
  private boolean closed;
  private Position position;

  TextReader(InputStream in, String source, Position start, DocumentFormat.Text format) {
    this.in = in;
    this.source = source;
    this.position = start;
    this.format = format;
  }

  /** The length of the text that was decoded but not returned. */
  private int rest() {
    return window.length() - begin;
  }

  /** The length of the first line of it, with its line break; 0 if it has none. */
  private int line() {
    int end = window.indexOf("\n", begin) + 1;
    return end == 0 ? 0 : end - begin;
  }

  @Override
  public boolean isReady() {
    return ended || rest() > format.longest() || (format.byLine() && line() > 0);
  }

  @Override
  public Optional<Document> read() throws IOException {
    if (closed) {
      throw new IOException(source + ": the reader is closed; read before closing it");
    }
    while (!isReady()) {
      fill();
    }
    boolean first = position.units() == 0;
    if (first && position.bytes() == 0 && rest() > 0 && window.charAt(begin) == '\ufeff') {
      begin++;
      position = new Position(3, 0, 0, 0, 0, "", false, false);
    }
    if (rest() == 0) {
      return Optional.empty();
    }
    String text = window.substring(begin, begin + next());
    begin += text.length();
    Document passage =
        new Document(
            "",
            text,
            List.of(),
            new Section(
                first,
                false,
                rest() > 0,
                position.units(),
                position.codePoints(),
                Origin.at(source, position.lines() + 1)));
    position =
        new Position(
            position.bytes() + utf8Length(text),
            position.lines() + (int) text.chars().filter(c -> c == '\n').count(),
            0,
            position.units() + text.length(),
            position.codePoints() + text.codePointCount(0, text.length()),
            "",
            false,
            false);
    return Optional.of(passage);
  }

  /** The length of the next passage. */
  private int next() {
    int line = format.byLine() ? line() : 0;
    int length = line > 0 ? line : rest();
    return length > format.longest()
        ? format.cut().applyAsInt(window.substring(begin, begin + format.longest()))
        : length;
  }

  /** No part of a malformed text is usable. */
  @Override
  public boolean goesOn() {
    return false;
  }

  @Override
  public Position position() {
    return position;
  }

  @Override
  public void close() throws IOException {
    closed = true;
    in.close();
  }

  private void fill() throws IOException {
    window.delete(0, begin);
    begin = 0;
    bytes.compact();
    boolean last;
    try {
      int read = in.read(bytes.array(), bytes.position(), bytes.remaining());
      last = read < 0;
      bytes.position(bytes.position() + Math.max(0, read));
    } catch (ZipException | EOFException e) {
      throw error(
          "the compressed data is corrupt or truncated; get the file again from its origin");
    }
    bytes.flip();
    CoderResult result;
    do {
      chars.clear();
      result = decoder.decode(bytes, chars, last);
      window.append(chars.flip());
    } while (result.isOverflow());
    if (result.isError() || (last && bytes.hasRemaining())) {
      throw error(
          String.format(
              "byte 0x%02X is not UTF-8; convert the file to UTF-8", bytes.get(bytes.position())));
    }
    ended = last;
  }

  private CorpusException error(String problem) {
    long lines = position.lines() + window.substring(begin).chars().filter(c -> c == '\n').count();
    return new CorpusException(source, (int) lines + 1, problem);
  }

  private static long utf8Length(String text) {
    long length = 0;
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // A surrogate pair takes four bytes.
      length += c < 0x80 ? 1 : c < 0x800 || Character.isSurrogate(c) ? 2 : 3;
    }
    return length;
  }
}
