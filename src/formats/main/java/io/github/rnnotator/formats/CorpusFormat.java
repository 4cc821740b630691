package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.io.Utf8Output;
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
 * Reads and writes corpus files: {@link Columns} or {@link Conllu}. Files are UTF-8 (anything else
 * is an error, a byte-order mark is skipped) with {@code \n} or {@code \r\n} as line ends; gzip,
 * bzip2 and Zstandard are decompressed. Written files have {@code \n}.
 *
 * <p>A format maps heads to columns. A head with a column is read from it and written to it.
 * Reading a file to be tagged needs no heads. Immutable.
 */
public sealed interface CorpusFormat extends SentenceSource {
  /** The name of standard input in messages. */
  String STDIN = "<stdin>";

  /** The columns that become {@link io.github.rnnotator.text.Token#inputs}, in order. */
  List<String> inputs();

  /**
   * Returns a copy that reads these columns as the inputs of a model, in this order.
   *
   * @throws IllegalArgumentException if the format has no such column
   */
  CorpusFormat withInputs(List<String> columns);

  /** Returns a writer to a stream; closing the writer leaves the stream open. */
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
   * One token per line, its columns separated by single tabs, or by runs of spaces in a line
   * without tabs; a blank line after each sentence, as in CoNLL-2000, 2002 and 2003 and in
   * Universal NER.
   *
   * <p>A row has as many columns as there are names; any other number is an error. Lines whose
   * first column is {@code -DOCSTART-} are document boundaries, not tokens; they are kept and
   * written back. Tokens get offsets as if the forms were joined by single spaces, from 0 in each
   * sentence.
   *
   * <p>Written back, a line keeps its layout: a file with unchanged tags stays the same byte for
   * byte (except that one empty line follows each sentence, and blank lines and boundaries after
   * the last sentence are dropped). A token with {@code _} in a head's column lacks its tag; a
   * sentence lacks the head if all its tokens do. In {@code feats} {@code _} is a value. A head
   * without a column is appended as the last column, with {@code O} in {@code -DOCSTART-} lines. A
   * sentence from another source is written with tabs: a column without a value is {@code _}, and a
   * column {@code id} counts from 1.
   *
   * @param names the columns in order; one is {@code form}; {@code _} is ignored
   * @param heads head name to column name
   * @param comments whether lines that start with {@code #} before a sentence are comments, kept
   *     and written back; otherwise {@code #} is an ordinary form
   * @param inputs columns that a model reads in addition to the forms; {@code _} is a value there
   */
  record Columns(
      List<String> names, Map<String, String> heads, boolean comments, List<String> inputs)
      implements CorpusFormat {
    /** The column of the forms. */
    public static final String FORM = "form";

    /** The name of columns to ignore. */
    public static final String IGNORED = "_";

    /**
     * Copies both and checks the names.
     *
     * @throws IllegalArgumentException if the column {@code form} is missing, a name occurs twice,
     *     or a head's column does not exist
     */
    public Columns {
      inputs = List.copyOf(inputs);
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
      for (String input : inputs) {
        if (!seen.contains(input) || input.equals(FORM)) {
          throw new IllegalArgumentException(
              "the model reads the column '"
                  + input
                  + "' (embed.columns), which is not one among "
                  + String.join(", ", names));
        }
      }
    }

    /** Columns of which a model reads only the forms. */
    public Columns(List<String> names, Map<String, String> heads, boolean comments) {
      this(names, heads, comments, List.of());
    }

    /** Columns without comments. */
    public Columns(List<String> names, Map<String, String> heads) {
      this(names, heads, false);
    }

    /**
     * Returns the number of columns in a file's first row.
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
     * Returns the cells of the first row of a stream, and closes it; empty if it has no row.
     *
     * @param source the name for messages
     * @param comments whether lines that start with {@code #} before it are comments
     */
    public static List<String> firstRow(InputStream in, String source, boolean comments)
        throws IOException {
      try (LineReader lines = new LineReader(in, source)) {
        for (String line = lines.next(); line != null; line = lines.next()) {
          boolean comment = comments && line.startsWith("#");
          if (!comment && !LineReader.isBlank(line) && !ColumnsReader.isDocument(line)) {
            return new Cells(line).all();
          }
        }
        return List.of();
      }
    }

    @Override
    public Columns withInputs(List<String> columns) {
      return new Columns(names, heads, comments, columns);
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
   * comments, multiword tokens and empty nodes are kept and written back.
   *
   * <p>Offsets refer to the sentence's {@code # text} if it contains all forms in order, else they
   * follow from {@code SpaceAfter=No}; they start at 0 in each sentence. Words that are the parts
   * of their multiword token have their own offsets; others have the token's.
   *
   * <p>A head's column is {@code lemma}, {@code upos}, {@code xpos}, {@code feats}, {@code deprel},
   * or {@code misc:KEY} for an attribute {@code KEY=...} in the last column; a missing attribute
   * means {@code O}, and {@code O} is not written where it is missing. A head that is not mapped is
   * written to the column of its name, or else to {@code misc:} and its name in upper case.
   *
   * <p>A token with {@code _} in {@code lemma}, {@code upos}, {@code xpos} or {@code misc:KEY}
   * ({@code KEY=_}) lacks its tag; a sentence lacks the head if all its tokens do. In {@code feats}
   * and {@code deprel} {@code _} is a value.
   *
   * @param heads head name to column
   * @param inputs columns that a model reads in addition to the forms; {@code _} is a value there
   */
  record Conllu(Map<String, String> heads, List<String> inputs) implements CorpusFormat {
    /**
     * Copies both.
     *
     * @throws IllegalArgumentException if a column is not one of those above
     */
    public Conllu {
      heads = copyOfHeads(heads);
      heads.forEach(ConlluField::of);
      inputs = List.copyOf(inputs);
      inputs.forEach(ConlluField::ofInput);
    }

    /** CoNLL-U of which a model reads only the forms. */
    public Conllu(Map<String, String> heads) {
      this(heads, List.of());
    }

    /**
     * The column of a head that is not mapped.
     *
     * @throws IllegalArgumentException if its name is not valid in the column MISC
     */
    public static String column(String head) {
      ConlluField.ofUnmapped(head);
      return ConlluField.nameOfUnmapped(head);
    }

    @Override
    public Conllu withInputs(List<String> columns) {
      return new Conllu(heads, columns);
    }

    @Override
    public SentenceReader open(InputStream in, String source) {
      return new ConlluReader(this, new LineReader(in, source));
    }

    @Override
    public SentenceWriter writer(OutputStream out) {
      return new ConlluWriter(heads, new Utf8Output(out));
    }
  }
}
