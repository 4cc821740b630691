package io.github.rnnotator.corpus;

import java.util.List;

/**
 * The source lines of a sentence, without their line ends. A writer replaces the tags in them and
 * leaves the rest unchanged. Immutable.
 */
public sealed interface SourceLines {
  /** No lines: the sentence was not read from a corpus. */
  SourceLines NONE = new None(List.of());

  /** The number of tokens. */
  int size();

  /** The row of token {@code i}, from 0; the number of rows if past the last token. */
  int row(int i);

  /** The comment lines before the sentence, each with its {@code #}. */
  List<String> comments();

  /** Whether the lines before the sentence start a document. */
  boolean beginsDocument();

  /**
   * No lines.
   *
   * @param comments the comments to write before the sentence, each with its {@code #}
   */
  record None(List<String> comments) implements SourceLines {
    /** Copies the list. */
    public None {
      comments = List.copyOf(comments);
    }

    @Override
    public int size() {
      return 0;
    }

    @Override
    public int row(int i) {
      return 0;
    }

    @Override
    public boolean beginsDocument() {
      return Comments.beginDocument(comments);
    }
  }

  /** One line with a whole text; its tokens do not have their own rows. */
  record Text() implements SourceLines {
    @Override
    public int size() {
      return 0;
    }

    @Override
    public int row(int i) {
      return 0;
    }

    @Override
    public List<String> comments() {
      return List.of();
    }

    @Override
    public boolean beginsDocument() {
      return false;
    }
  }

  /**
   * Lines of a file of columns.
   *
   * @param names the columns' names
   * @param before the lines between the previous sentence and this one, without the blank line that
   *     ends the previous: {@code -DOCSTART-}, comments, further blank lines
   * @param lines one per token
   */
  record Columns(List<String> names, List<String> before, List<String> lines)
      implements SourceLines {
    /** Copies the lists. */
    public Columns {
      names = List.copyOf(names);
      before = List.copyOf(before);
      lines = List.copyOf(lines);
    }

    @Override
    public int size() {
      return lines.size();
    }

    @Override
    public int row(int i) {
      return i;
    }

    @Override
    public List<String> comments() {
      return before.stream().filter(line -> line.startsWith("#")).toList();
    }

    @Override
    public boolean beginsDocument() {
      return before.stream().anyMatch(ColumnsReader::isDocument);
    }
  }

  /**
   * Lines of a CoNLL-U file.
   *
   * @param comments the lines before the first word
   * @param lines words, multiword tokens ({@code 3-4}) and empty nodes ({@code 8.1})
   */
  record Conllu(List<String> comments, List<String> lines) implements SourceLines {
    /** Copies the lists. */
    public Conllu {
      comments = List.copyOf(comments);
      lines = List.copyOf(lines);
    }

    @Override
    public int size() {
      return (int) lines.stream().filter(Conllu::isWord).count();
    }

    @Override
    public int row(int i) {
      int row = 0;
      for (int words = 0; row < lines.size(); row++) {
        if (isWord(lines.get(row)) && words++ == i) {
          break;
        }
      }
      return row;
    }

    @Override
    public boolean beginsDocument() {
      return Comments.beginDocument(comments);
    }

    /** Whether this line is a word, and thus a token. */
    static boolean isWord(String line) {
      int tab = line.indexOf('\t');
      return tab > 0 && line.chars().limit(tab).allMatch(c -> c >= '0' && c <= '9');
    }
  }
}
