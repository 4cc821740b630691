package io.github.rnnotator.formats;

import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.io.Position;
import java.io.IOException;
import java.io.InputStream;
import java.util.function.ToIntFunction;

/** A format of documents to be tagged. Files are UTF-8; a byte-order mark is skipped. Immutable. */
public sealed interface DocumentFormat {
  /** Longer documents are split into passages, in UTF-16 units. */
  int LONGEST = 1 << 16;

  /** Whether the passages before a malformed record are worth keeping. */
  default boolean hasRecords() {
    return true;
  }

  /**
   * Reads passages from a stream; closing the reader closes the stream.
   *
   * @param in the decompressed bytes from {@code start} on
   * @param source its name in messages
   * @param start where to resume
   */
  DocumentReader open(InputStream in, String source, Position start) throws IOException;

  /**
   * Text: the file is the document. Line ends are kept.
   *
   * @param cut where to split a text that is too long for a passage: greater than 0, at most its
   *     length
   * @param longest the maximum length of a passage
   * @param byLine whether each line is a passage, returned as soon as it is read; else passages are
   *     as long as may be
   */
  record Text(ToIntFunction<String> cut, int longest, boolean byLine) implements DocumentFormat {
    /** Text in passages as long as may be. */
    public Text(ToIntFunction<String> cut, int longest) {
      this(cut, longest, false);
    }

    @Override
    public boolean hasRecords() {
      return false;
    }

    @Override
    public DocumentReader open(InputStream in, String source, Position start) {
      return new TextReader(in, source, start, this);
    }
  }

  /**
   * One document per line, named by its line number. Blank lines are skipped.
   *
   * @param cut as in {@link Text}
   * @param longest as in {@link Text}
   */
  record Lines(ToIntFunction<String> cut, int longest) implements DocumentFormat {
    @Override
    public DocumentReader open(InputStream in, String source, Position start) throws IOException {
      return new RecordReader(
          new LineReader(in, source, start),
          (line, number) -> new RecordReader.Entry(String.valueOf(number), line),
          cut,
          longest,
          start);
    }
  }

  /**
   * JSONL: one object per line, with the text of a document in one field. Blank lines are skipped.
   *
   * @param textField the field of the text
   * @param idField the field of the document's name, a string or a number; if missing, the name is
   *     the line number
   * @param cut as in {@link Text}
   * @param longest as in {@link Text}
   */
  record JsonLines(String textField, String idField, ToIntFunction<String> cut, int longest)
      implements DocumentFormat {
    @Override
    public DocumentReader open(InputStream in, String source, Position start) throws IOException {
      return new RecordReader(
          new LineReader(in, source, start),
          new JsonRecords(source, textField, idField),
          cut,
          longest,
          start);
    }
  }

  /**
   * Sentences of tokens, whose documents begin at {@code # newdoc} or {@code -DOCSTART-}.
   *
   * @param format CoNLL-U or columns
   * @param longest the maximum length of a passage's forms, except for its last sentence, in UTF-16
   *     units
   */
  record Sentences(CorpusFormat format, int longest) implements DocumentFormat {
    @Override
    public DocumentReader open(InputStream in, String source, Position start) {
      return new TokenDocuments(format, in, source, start, longest);
    }
  }
}
