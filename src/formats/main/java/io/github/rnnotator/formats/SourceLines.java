package io.github.rnnotator.formats;

import io.github.rnnotator.text.Origin;
import io.github.rnnotator.text.TaggedSentence;
import java.util.List;
import java.util.Optional;

/**
 * The source lines of a sentence, without their line ends. A writer replaces the tags in them and
 * leaves the rest unchanged. Immutable.
 */
public sealed interface SourceLines extends Origin {
  /** The lines of a sentence; no lines, if it was not read from a corpus. */
  static SourceLines of(TaggedSentence sentence) {
    Origin origin = sentence.origin();
    return origin instanceof SourceLines lines
        ? lines
        : new None(origin.file(), origin.line(), List.of());
  }

  /** The comment lines before the sentence, each with its {@code #}. */
  List<String> comments();

  @Override
  default int line(int token) {
    return line();
  }

  /** Whether the lines before the sentence start a document. */
  default boolean beginsDocument() {
    return Comments.beginDocument(comments());
  }

  /** The value of the comment {@code # sent_id} before the sentence, if any. */
  default Optional<String> id() {
    return Comments.value(comments(), "sent_id");
  }

  /** The name of the document that begins with the sentence: {@code # newdoc id}. */
  default Optional<String> documentId() {
    return Comments.value(comments(), "newdoc id");
  }

  /**
   * No lines.
   *
   * @param file the name of the file of the text; may be empty
   * @param line the line on which the sentence begins, or 0
   * @param comments the comments to write before the sentence, each with its {@code #}
   */
  record None(String file, int line, List<String> comments) implements SourceLines {
    /** Copies the list. */
    public None {
      comments = List.copyOf(comments);
    }
  }

  /**
   * One line with a whole text; its tokens do not have their own rows.
   *
   * @param file the file's name
   * @param line the line, from 1
   */
  record Text(String file, int line) implements SourceLines {
    @Override
    public List<String> comments() {
      return List.of();
    }
  }

  /**
   * Lines of a file of columns.
   *
   * @param file the file's name
   * @param line the line of the first token, from 1
   * @param names the columns' names
   * @param before the lines between the previous sentence and this one, without the blank line that
   *     ends the previous: {@code -DOCSTART-}, comments, further blank lines
   * @param lines one per token
   */
  record Columns(String file, int line, List<String> names, List<String> before, List<String> lines)
      implements SourceLines {
    /** Copies the lists. */
    public Columns {
      names = List.copyOf(names);
      before = List.copyOf(before);
      lines = List.copyOf(lines);
    }

    @Override
    public int line(int token) {
      return line + token;
    }

    @Override
    public List<String> comments() {
      return before.stream().filter(row -> row.startsWith("#")).toList();
    }

    @Override
    public boolean beginsDocument() {
      return before.stream().anyMatch(ColumnsReader::isDocument);
    }
  }

  /**
   * Lines of a CoNLL-U file.
   *
   * @param file the file's name
   * @param line the line of the first word or multiword token, from 1
   * @param comments the lines before the first word
   * @param lines words, multiword tokens ({@code 3-4}) and empty nodes ({@code 8.1})
   */
  record Conllu(String file, int line, List<String> comments, List<String> lines)
      implements SourceLines {
    /** Copies the lists. */
    public Conllu {
      comments = List.copyOf(comments);
      lines = List.copyOf(lines);
    }

    @Override
    public int line(int token) {
      int row = 0;
      for (int words = 0; row < lines.size(); row++) {
        if (isWord(lines.get(row)) && words++ == token) {
          break;
        }
      }
      return line + row;
    }

    /** Whether this line is a multiword token. */
    static boolean isMultiword(String line) {
      int hyphen = line.indexOf('-');
      return hyphen > 0 && hyphen < line.indexOf('\t');
    }

    /** Whether this line is a word, and thus a token. */
    static boolean isWord(String line) {
      int tab = line.indexOf('\t');
      return tab > 0 && line.chars().limit(tab).allMatch(c -> c >= '0' && c <= '9');
    }
  }
}
