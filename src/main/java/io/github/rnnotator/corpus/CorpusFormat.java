package io.github.rnnotator.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.file.Path;
import java.util.Collections;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A format of corpus files that can be read and written: {@link Columns} or {@link Conllu}. Files
 * are UTF-8 (anything else is an error, a byte-order mark is skipped) with {@code \n} or {@code
 * \r\n} at line ends; gzip, bzip2 and Zstandard are unpacked. Written files have {@code \n}.
 *
 * <p>A format maps heads to columns. A head that has a column is read from it, and written into it.
 * No heads are needed to read a file that is to be tagged. Immutable.
 */
public sealed interface CorpusFormat extends SentenceSource {
  /** The name for standard input in messages. */
  String STDIN = "<stdin>";

  /** Writes sentences to a stream, which closing the writer leaves open. */
  SentenceWriter writer(OutputStream out);

  static Map<String, String> copyOfHeads(Map<String, String> heads) {
    Set<String> columns = new HashSet<>();
    heads.forEach(
        (head, column) -> {
          if (!columns.add(column)) {
            throw new IllegalArgumentException(
                "two heads share the column '" + column + "'; give head '" + head + "' its own");
          }
        });
    return Collections.unmodifiableMap(new LinkedHashMap<>(heads));
  }

  /**
   * One token a line, its columns separated by single tabs, or by runs of spaces in a line without
   * a tab; a blank line after each sentence, as in CoNLL-2000, 2002 and 2003 and in Universal NER.
   *
   * <p>A row has as many columns as there are names; any other number is an error. Lines whose
   * first column is {@code -DOCSTART-} are document boundaries: no tokens, but kept and written
   * back. Tokens get offsets as if the forms were joined by single spaces, from 0 in each sentence.
   *
   * <p>Written back, a line keeps its layout: a file with unchanged tags stays the same byte for
   * byte. (Only the blank line after a sentence is always there and always empty, and blank lines
   * and boundaries after the last sentence are left out.) A sentence whose tokens all have {@code
   * _} in a head's column lacks that head; {@code _} beside tags is an error. A head without a
   * column is appended at the right, and an {@code O} to {@code -DOCSTART-} lines. A sentence from
   * elsewhere is written with tabs: a column without a value is {@code _}, and a column {@code id}
   * counts from 1.
   *
   * @param names the columns from left to right; one is {@code form}; {@code _} is one to ignore
   * @param heads head name to column name
   * @param comments whether lines that start with {@code #} before a sentence are comments, kept
   *     and written back; where not, {@code #} is a form like any other
   */
  record Columns(List<String> names, Map<String, String> heads, boolean comments)
      implements CorpusFormat {
    /** The column of the forms. */
    public static final String FORM = "form";

    /** The name of columns to ignore. */
    public static final String IGNORED = "_";

    /**
     * Copies both and checks the names.
     *
     * @throws IllegalArgumentException if there is no column {@code form}, two have one name, or a
     *     head's column is not there
     */
    public Columns {
      names = List.copyOf(names);
      heads = copyOfHeads(heads);
      Set<String> seen = new HashSet<>();
      for (String name : names) {
        if (!name.equals(IGNORED) && !seen.add(name)) {
          throw new IllegalArgumentException("two columns are named '" + name + "'");
        }
      }
      if (!seen.contains(FORM)) {
        throw new IllegalArgumentException(
            "no column is named 'form' among " + String.join(", ", names));
      }
      for (Map.Entry<String, String> head : heads.entrySet()) {
        if (!seen.contains(head.getValue()) || head.getValue().equals(FORM)) {
          throw new IllegalArgumentException(
              "head '"
                  + head.getKey()
                  + "': column '"
                  + head.getValue()
                  + "' is not one for tags among "
                  + String.join(", ", names));
        }
      }
    }

    /** Columns without comments. */
    public Columns(List<String> names, Map<String, String> heads) {
      this(names, heads, false);
    }

    /**
     * The number of columns in a file's first row, so that they can be named.
     *
     * @param comments whether lines that start with {@code #} before it are comments
     * @throws CorpusException if the file can't be read or has no row
     */
    public static int count(Path file, boolean comments) throws IOException {
      String source = file.toString();
      List<String> row = firstRow(CorpusInput.open(file), source, comments);
      if (row.isEmpty()) {
        throw new CorpusException(source, "no sentences, expected at least one");
      }
      return row.size();
    }

    /**
     * The cells of the first row of a stream, which is closed; none where there is no row.
     *
     * @param source the name for messages
     * @param comments whether lines that start with {@code #} before it are comments
     */
    public static List<String> firstRow(InputStream in, String source, boolean comments)
        throws IOException {
      try (LineReader lines = new LineReader(in, source)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          boolean comment = comments && line.startsWith("#");
          if (!comment && !Cells.isBlank(line) && !ColumnsReader.isDocument(line)) {
            return new Cells(line).all();
          }
        }
        return List.of();
      }
    }

    @Override
    public SentenceReader open(InputStream in, String source) {
      return new ColumnsReader(this, new LineReader(in, source));
    }

    @Override
    public SentenceWriter writer(OutputStream out) {
      return new ColumnsWriter(this, new Utf8Output(out));
    }
  }

  /**
   * <a href="https://universaldependencies.org/format.html">CoNLL-U</a>. Its words are the tokens;
   * comments, multiword tokens and empty nodes are carried along and written back.
   *
   * <p>Offsets are places in the sentence's {@code # text} where all forms can be found in it in
   * order, else as {@code SpaceAfter=No} says; they start at 0 in each sentence. The words of a
   * multiword token all have the multiword token's offsets.
   *
   * <p>A head's column is {@code lemma}, {@code upos}, {@code xpos}, {@code feats}, {@code deprel},
   * or {@code misc:KEY} for an attribute {@code KEY=...} in the last column; one that is absent
   * means {@code O}, and {@code O} is not written where it is absent. A head that is not mapped is
   * written into the column of its name, or else into {@code misc:} and its name in upper case.
   *
   * <p>A sentence whose words all have {@code _} in {@code upos}, {@code xpos} or {@code misc:KEY}
   * ({@code KEY=_}) lacks that head; {@code _} beside tags is an error there. In the other columns
   * {@code _} is a value like any other.
   *
   * @param heads head name to column
   */
  record Conllu(Map<String, String> heads) implements CorpusFormat {
    /**
     * Copies the map.
     *
     * @throws IllegalArgumentException if a column is none of those above
     */
    public Conllu {
      heads = copyOfHeads(heads);
      heads.forEach(ConlluField::of);
    }

    /**
     * The column of a head that is not mapped.
     *
     * @throws IllegalArgumentException if its name can't stand in the column MISC
     */
    public static String column(String head) {
      ConlluField.ofUnmapped(head);
      return ConlluField.nameOfUnmapped(head);
    }

    @Override
    public SentenceReader open(InputStream in, String source) {
      return new ConlluReader(heads, new LineReader(in, source));
    }

    @Override
    public SentenceWriter writer(OutputStream out) {
      return new ConlluWriter(heads, new Utf8Output(out));
    }
  }
}
