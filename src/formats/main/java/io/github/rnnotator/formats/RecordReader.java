package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.io.Position;
import io.github.rnnotator.text.Document;
import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.Section;
import io.github.rnnotator.text.WhiteSpace;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.ToIntFunction;

/** Reads files with one document per line. */
final class RecordReader implements DocumentReader {
  /**
   * A document.
   *
   * @param name its name
   * @param text its text
   */
  record Entry(String name, String text) {}

  /** Parses lines. */
  interface Syntax {
    /** Parses a line that is not blank. */
    Entry read(String line, int number) throws CorpusException;
  }

  private final LineReader lines;
  private final Syntax syntax;
  private final ToIntFunction<String> cut;
  private final int longest;
  private List<Document> passages = List.of();

  /** The number of passages already returned. */
  private int given;

  /** The start of the current record. */
  private Position record;

  RecordReader(
      LineReader lines, Syntax syntax, ToIntFunction<String> cut, int longest, Position start)
      throws IOException {
    this.lines = lines;
    this.syntax = syntax;
    this.cut = cut;
    this.longest = longest;
    this.record = at(start.bytes(), start.lines(), 0);
    if (start.passages() > 0 && next()) {
      given = start.passages();
    }
  }

  @Override
  public Optional<Document> read() throws IOException {
    return given < passages.size() || next()
        ? Optional.of(passages.get(given++))
        : Optional.empty();
  }

  /** Advances to the next record that is not blank. */
  private boolean next() throws IOException {
    passages = List.of();
    given = 0;
    while (true) {
      record = at(lines.position(), lines.line(), 0);
      String line = lines.next();
      if (line == null) {
        return false;
      }
      if (!WhiteSpace.isBlank(line)) {
        Entry entry = syntax.read(line, lines.line());
        passages = sections(entry.name(), lines.source(), lines.line(), entry.text(), cut, longest);
        return true;
      }
    }
  }

  @Override
  public boolean isReady() {
    return given < passages.size() || lines.isReady();
  }

  @Override
  public boolean goesOn() {
    return !lines.isBroken();
  }

  @Override
  public Position position() {
    return given < passages.size()
        ? at(record.bytes(), record.lines(), given)
        : at(lines.position(), lines.line(), 0);
  }

  private Position at(long bytes, int line, int sections) {
    return new Position(bytes, line, sections, 0, 0, "", false, lines.carriageReturns());
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  /** Returns the passages of a document; one empty passage for an empty text. */
  private static List<Document> sections(
      String document,
      String source,
      int line,
      String text,
      ToIntFunction<String> cut,
      int longest) {
    List<Document> passages = new ArrayList<>();
    long codePoints = 0;
    int begin = 0;
    do {
      int end = text.length();
      if (end - begin > longest) {
        end = begin + cut.applyAsInt(text.substring(begin, begin + longest));
      }
      String part = text.substring(begin, end);
      passages.add(
          new Document(
              document,
              part,
              List.of(),
              new Section(
                  begin == 0,
                  end == text.length(),
                  end < text.length(),
                  begin,
                  codePoints,
                  Origin.at(source, line))));
      codePoints += part.codePointCount(0, part.length());
      begin = end;
    } while (begin < text.length());
    return passages;
  }
}
