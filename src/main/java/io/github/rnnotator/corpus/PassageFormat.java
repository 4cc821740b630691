package io.github.rnnotator.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.ToIntFunction;

/**
 * A format of files that hold documents to be tagged. Files are UTF-8; a byte-order mark is
 * skipped. Immutable.
 */
public sealed interface PassageFormat {
  /** Longer documents are cut into passages, in UTF-16 units. */
  int LONGEST = 1 << 16;

  /** Whether what was read before a broken record is worth keeping. */
  default boolean hasRecords() {
    return true;
  }

  /**
   * Reads passages from a stream, which closing the reader closes.
   *
   * @param in the unpacked bytes from {@code start} on
   * @param source the name for messages
   * @param start where to go on
   */
  PassageReader open(InputStream in, String source, Position start) throws IOException;

  /**
   * Text: the file is the document. Line ends are kept.
   *
   * @param cut where to cut a text that is too long for a passage: greater than 0, at most its
   *     length
   * @param longest the length of the longest passage
   */
  record Text(ToIntFunction<String> cut, int longest) implements PassageFormat {
    @Override
    public boolean hasRecords() {
      return false;
    }

    @Override
    public PassageReader open(InputStream in, String source, Position start) {
      return new TextReader(in, source, start, cut, longest);
    }
  }

  /**
   * A document a line, named by its line's number. Blank lines are none.
   *
   * @param cut as in {@link Text}
   * @param longest as in {@link Text}
   */
  record Lines(ToIntFunction<String> cut, int longest) implements PassageFormat {
    @Override
    public PassageReader open(InputStream in, String source, Position start) throws IOException {
      return new RecordReader(
          new LineReader(in, source, start.bytes(), start.lines()),
          (line, number) -> new RecordReader.Entry(String.valueOf(number), line),
          cut,
          longest,
          start);
    }
  }

  /**
   * JSONL: an object a line, one of whose fields is the text of a document. Blank lines are none.
   *
   * @param textField the field of the text
   * @param idField the field of the document's name, a string or a number; where there is none, the
   *     name is the line's number
   * @param cut as in {@link Text}
   * @param longest as in {@link Text}
   */
  record JsonLines(String textField, String idField, ToIntFunction<String> cut, int longest)
      implements PassageFormat {
    @Override
    public PassageReader open(InputStream in, String source, Position start) throws IOException {
      return new RecordReader(
          new LineReader(in, source, start.bytes(), start.lines()),
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
   * @param longest how many UTF-16 units of forms a passage has at most, but for its last sentence
   */
  record Sentences(CorpusFormat format, int longest) implements PassageFormat {
    @Override
    public PassageReader open(InputStream in, String source, Position start) {
      return new SentencePassages(format, in, source, start, longest);
    }
  }
}
