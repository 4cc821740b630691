package io.github.rnnotator.cli;

import io.github.rnnotator.data.CharacterTags;
import io.github.rnnotator.data.FilePairs;
import io.github.rnnotator.data.InputException;
import io.github.rnnotator.data.TypeMap;
import io.github.rnnotator.eval.Measure;
import io.github.rnnotator.formats.AlignedReader;
import io.github.rnnotator.formats.CorpusFormat;
import io.github.rnnotator.formats.FormatGuess;
import io.github.rnnotator.tagger.InputConfig;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Option;

/** Options for the format of files with gold and predicted tags. */
final class LayoutOptions {
  private static final String CONLLU = "conllu";
  private static final String COLUMNS = "columns";
  private static final String STDIN = "-";
  private static final String FORM = CorpusFormat.Columns.FORM;
  private static final String IGNORED = CorpusFormat.Columns.IGNORED;

  /** The head of files without column names. */
  private static final String TAG = "tag";

  private static final Set<String> NO_HEADS = Set.of(FORM, IGNORED, "id", "lemma");
  private static final Set<String> CONLLU_HEADS =
      Set.of("lemma", "upos", "xpos", "feats", "deprel");

  @Option(
      names = "--in",
      paramLabel = "FORMAT",
      description =
          "conllu, columns, labelled (texts), with --raw characters. Default: by the name (.conllu, .conll,"
              + " .iob2, also .gz), else the format of the model's training data, else columns.")
  private @Nullable String in;

  @Option(
      names = "--columns",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description =
          "Names of the columns: form,pos,ner, with _ for each to ignore. Default: the model's;"
              + " without a model, the first is the form and the last the tag.")
  private @Nullable List<String> columns;

  @Option(
      names = "--predicted-in",
      paramLabel = "FORMAT",
      description = "The format of files with predicted tags, if different.")
  private @Nullable String predictedIn;

  @Option(
      names = "--predicted-columns",
      paramLabel = "NAMES",
      split = ",",
      hideParamSyntax = true,
      description = "Their columns, if different.")
  private @Nullable List<String> predictedColumns;

  @Option(
      names = "--comments",
      description = "Lines of columns that begin with # before a sentence are comments.")
  private boolean comments;

  @Option(
      names = "--types",
      paramLabel = "TYPE=TYPE",
      split = ",",
      description =
          "With a model: gives the mentions of GOLD the types of the model, O for none, * for all"
              + " others: --types 'politician=PER,band=ORG,*=O'")
  private @Nullable Map<String, String> types;

  @Option(names = "--head", paramLabel = "NAME", description = "Scores this head only.")
  private @Nullable String head;

  @Option(
      names = "--measure",
      paramLabel = "MEASURE",
      description =
          "accuracy or f1, for files without a model. Default: f1 if all tags are chunk tags"
              + " (O, B-PER).")
  private @Nullable Measure measure;

  @Nullable String in() {
    return in;
  }

  /**
   * The format of a file that a model is scored on: the named one, else columns if these are named,
   * else that of the file's extension, else that of the training data.
   */
  String formatOf(String file, String trainedOn) {
    if (in != null || columns != null) {
      return in != null ? in : COLUMNS;
    }
    String named = FormatGuess.ofName(file);
    boolean tells = named.equals(CONLLU) || named.equals(COLUMNS) && trainedOn.equals(CONLLU);
    return tells ? named : trainedOn;
  }

  /** The format of gold whose raw text is scored. */
  String ofRawText() throws InputException {
    if (in != null && !Set.of(CONLLU, CharacterTags.NAME).contains(in)) {
      throw new InputException("--raw --in " + in + ", expected conllu or characters");
    }
    return in == null ? CONLLU : in;
  }

  /** Returns a model's layout with these columns and comments where they are given. */
  InputConfig of(InputConfig trainedOn) {
    InputConfig input = trainedOn.withColumns(columns);
    return comments ? input.comments(true) : input;
  }

  /** Returns the types that mentions of gold get, or null to keep theirs. */
  @Nullable TypeMap types() {
    return types == null ? null : TypeMap.of(types);
  }

  /**
   * Rejects types that would have no effect.
   *
   * @param with what they conflict with, for the message
   */
  void checkNoTypes(String with) throws InputException {
    if (types != null) {
      throw new InputException("--types is for the gold tags of a model, not with " + with);
    }
  }

  /** Whether the columns of GOLD are given. */
  boolean hasColumns() {
    return columns != null;
  }

  @Nullable List<String> columns() {
    return columns;
  }

  @Nullable String head() {
    return head;
  }

  /** Returns whether there are columns of both gold and predicted tags. */
  boolean hasPredictedColumns() {
    return columns != null && columns.stream().anyMatch(c -> c.startsWith(FilePairs.PREDICTED));
  }

  /**
   * Rejects options that conflict with a model.
   *
   * @throws InputException if one is set
   */
  void checkModelOnly() throws InputException {
    if (predictedIn != null || predictedColumns != null || measure != null) {
      throw new InputException(
          "--predicted-in, --predicted-columns and --measure are for files with predicted tags");
    }
  }

  /** Opens one file with gold and predicted tags. */
  FilePairs open(InputStream stdin, String file) throws IOException {
    checkNoTypes("predicted tags");
    List<String> heads = new ArrayList<>();
    Map<String, String> read = new LinkedHashMap<>();
    List<String> names = columns == null ? List.of() : columns;
    for (String column : names) {
      if (column.startsWith(FilePairs.PREDICTED)) {
        String name = column.substring(FilePairs.PREDICTED.length());
        if (!names.contains(name)) {
          throw new InputException(
              "--columns has '" + column + "', but no column '" + name + "' with the gold tags");
        }
        heads.add(name);
        read.put(name, name);
        read.put(column, column);
      }
    }
    if (head != null && !heads.contains(head)) {
      throw new InputException("no head '" + head + "', only " + heads);
    }
    if (in != null && !in.equals(COLUMNS)) {
      throw new InputException(
          "--in " + in + ": only columns can have both gold and predicted tags");
    }
    return pairs(
        List.of(file), List.of(columns(names, read)), head == null ? heads : List.of(head), stdin);
  }

  /** Opens a file with gold tags, and files with predicted ones. */
  FilePairs open(InputStream stdin, String gold, List<String> predicted) throws IOException {
    checkNoTypes("predicted tags");
    List<String> files = new ArrayList<>(List.of(gold));
    files.addAll(predicted);
    if (Collections.frequency(files, STDIN) > 1) {
      throw new InputException("only one file can be standard input");
    }
    List<Layout> layouts = new ArrayList<>();
    layouts.add(layout(gold, in, columns));
    for (String file : predicted) {
      layouts.add(
          layout(
              file,
              predictedIn == null ? in : predictedIn,
              predictedColumns == null && predictedIn == null ? columns : predictedColumns));
    }
    List<String> heads = heads(layouts);
    Map<String, String> read = new LinkedHashMap<>();
    heads.forEach(name -> read.put(name, name));
    List<CorpusFormat> formats = new ArrayList<>();
    for (Layout layout : layouts) {
      formats.add(layout.columns.isEmpty() ? conllu(read) : columns(layout.columns, read));
    }
    return pairs(files, formats, heads, stdin);
  }

  /** Returns the format of training data with these heads: that of the gold file. */
  CorpusFormat training(Path file, Iterable<String> heads) throws IOException {
    Layout layout =
        layout(
            file.toString(),
            in,
            columns == null
                ? null
                : columns.stream().filter(c -> !c.startsWith(FilePairs.PREDICTED)).toList());
    Map<String, String> read = new LinkedHashMap<>();
    heads.forEach(name -> read.put(name, name));
    return layout.columns.isEmpty() ? conllu(read) : columns(layout.columns, read);
  }

  /** The columns of one file; empty for CoNLL-U. */
  private record Layout(List<String> columns) {
    /** Its heads, by default. */
    List<String> heads() {
      return columns.isEmpty()
          ? List.of("upos", "xpos")
          : columns.stream().filter(name -> !NO_HEADS.contains(name)).toList();
    }

    boolean has(String name) {
      return columns.isEmpty()
          ? CONLLU_HEADS.contains(name) || name.startsWith("misc:")
          : heads().contains(name);
    }
  }

  private Layout layout(String file, @Nullable String format, @Nullable List<String> names)
      throws IOException {
    boolean named = FormatGuess.ofName(file).equals(CONLLU);
    if (format == null ? named && names == null : format.equals(CONLLU)) {
      return new Layout(List.of());
    }
    if (format != null && !format.equals(COLUMNS)) {
      throw new InputException("unknown format '" + format + "', expected conllu or columns");
    }
    if (names != null) {
      return new Layout(names);
    }
    if (file.equals(STDIN)) {
      throw new InputException("standard input: name its columns with --columns");
    }
    int count = CorpusFormat.Columns.count(Path.of(file), comments);
    if (count < 2) {
      throw new InputException(file + ": one column, expected at least a form and a tag");
    }
    List<String> guessed = new ArrayList<>(Collections.nCopies(count, IGNORED));
    guessed.set(0, FORM);
    guessed.set(count - 1, TAG);
    return new Layout(guessed);
  }

  /** Returns the heads common to all files, or the requested one. */
  private List<String> heads(List<Layout> layouts) throws InputException {
    List<String> wanted = new ArrayList<>();
    if (head != null) {
      wanted.add(head);
    } else {
      layouts.stream()
          .filter(layout -> !layout.columns.isEmpty())
          .findFirst()
          .orElse(layouts.get(0))
          .heads()
          .forEach(wanted::add);
    }
    wanted.removeIf(name -> !layouts.stream().allMatch(layout -> layout.has(name)));
    if (wanted.isEmpty()) {
      throw new InputException(
          (head == null ? "no head" : "no head '" + head + "'")
              + " that all files have; they have "
              + layouts.stream()
                  .map(layout -> String.valueOf(layout.heads()))
                  .collect(Collectors.joining(" and "))
              + " (name the columns with --columns)");
    }
    return wanted;
  }

  private static CorpusFormat conllu(Map<String, String> heads) throws InputException {
    try {
      return new CorpusFormat.Conllu(heads);
    } catch (IllegalArgumentException e) {
      throw new InputException("--head: " + e.getMessage());
    }
  }

  private CorpusFormat columns(List<String> names, Map<String, String> heads)
      throws InputException {
    try {
      return new CorpusFormat.Columns(names, heads, comments);
    } catch (IllegalArgumentException e) {
      throw new InputException("--columns: " + e.getMessage());
    }
  }

  private FilePairs pairs(
      List<String> files, List<CorpusFormat> formats, List<String> heads, InputStream stdin)
      throws IOException {
    AlignedReader readers = new AlignedReader();
    try {
      for (int i = 0; i < files.size(); i++) {
        boolean standard = files.get(i).equals(STDIN);
        readers.add(
            standard ? CorpusFormat.STDIN : files.get(i),
            standard
                ? formats.get(i).open(stdin, CorpusFormat.STDIN)
                : formats.get(i).open(Path.of(files.get(i))));
      }
      // UPOS and XPOS of CoNLL-U are our guess, and many treebanks have no XPOS.
      boolean named = head != null || formats.get(0) instanceof CorpusFormat.Columns;
      return new FilePairs(readers, heads, named, measure);
    } catch (IOException | RuntimeException e) {
      readers.close();
      throw e;
    }
  }
}
