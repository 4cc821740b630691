package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.CorpusException.Suspicion;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link CorpusFormat.Columns}. */
final class ColumnsReader implements RecoveringReader {
  static final String DOCUMENT = "-DOCSTART-";

  private final CorpusFormat.Columns format;
  private final LineReader lines;
  private final int formColumn;
  private final Map<String, Integer> headColumns = new LinkedHashMap<>();
  private final List<Integer> inputColumns;
  private boolean anyRow;

  ColumnsReader(CorpusFormat.Columns format, LineReader lines) {
    this(format, lines, false);
  }

  /** Resumes in a file. */
  ColumnsReader(CorpusFormat.Columns format, LineReader lines, boolean anyRow) {
    this.anyRow = anyRow;
    this.format = format;
    this.lines = lines;
    this.formColumn = format.names().indexOf(CorpusFormat.Columns.FORM);
    this.inputColumns = format.inputs().stream().map(format.names()::indexOf).toList();
    format.heads().forEach((head, name) -> headColumns.put(head, format.names().indexOf(name)));
  }

  @Override
  public Optional<TaggedSentence> read() throws IOException {
    List<String> before = new ArrayList<>();
    String line = lines.next();
    while (line != null && isBetween(line)) {
      before.add(line);
      line = lines.next();
    }
    if (line == null) {
      return Optional.empty();
    }
    int first = lines.line();
    List<String> rows = new ArrayList<>();
    List<String> forms = new ArrayList<>();
    List<List<String>> inputs = new ArrayList<>();
    Map<String, List<String>> tags = new LinkedHashMap<>();
    headColumns.keySet().forEach(head -> tags.put(head, new ArrayList<>()));
    while (line != null && !LineReader.isBlank(line)) {
      if (isDocument(line)) {
        lines.pushBack(line);
        break;
      }
      Cells cells = check(new Cells(line));
      rows.add(line);
      RecoveringReader.check(rows.size(), lines);
      forms.add(required(cells, formColumn));
      for (Map.Entry<String, List<String>> head : tags.entrySet()) {
        head.getValue().add(required(cells, headColumns.getOrDefault(head.getKey(), -1)));
      }
      if (!inputColumns.isEmpty()) {
        inputs.add(inputs(cells));
      }
      line = lines.next();
    }
    SourceLines read = new SourceLines.Columns(lines.source(), first, format.names(), before, rows);
    Map<String, TagSequence> present =
        MissingTags.leftOut(tags, head -> !ConlluField.FEATS.equals(format.heads().get(head)));
    Sentence words = Sentence.of(forms);
    return Optional.of(
        new TaggedSentence(inputColumns.isEmpty() ? words : words.withInputs(inputs), present)
            .with(read));
  }

  private List<String> inputs(Cells cells) throws CorpusException {
    List<String> values = new ArrayList<>();
    for (int column : inputColumns) {
      values.add(required(cells, column));
    }
    return values;
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  @Override
  public boolean anyRow() {
    return anyRow;
  }

  private boolean isBetween(String line) {
    return LineReader.isBlank(line)
        || isDocument(line)
        || (format.comments() && line.startsWith("#"));
  }

  static boolean isDocument(String line) {
    return line.startsWith(DOCUMENT) && new Cells(line).get(0).equals(DOCUMENT);
  }

  private Cells check(Cells cells) throws CorpusException {
    if (cells.size() != format.names().size()) {
      throw lines.error(
          cells.size()
              + (cells.size() == 1 ? " column" : " columns")
              + ", expected "
              + format.names().size()
              + " ("
              + String.join(", ", format.names())
              + ")"
              + (anyRow ? "; the rows before this one have them all" : question(cells)),
          anyRow ? Suspicion.NONE : suspicion(cells));
    }
    anyRow = true;
    return cells;
  }

  private static Suspicion suspicion(Cells cells) {
    if (cells.size() > 0 && cells.get(0).startsWith("#")) {
      return Suspicion.COMMENTS;
    }
    return cells.size() == 10 ? Suspicion.CONLLU : Suspicion.OTHER_COLUMNS;
  }

  private static String question(Cells cells) {
    if (suspicion(cells) == Suspicion.COMMENTS) {
      return "; is this a comment?";
    }
    return switch (cells.size()) {
      case 2 -> "; is this a CoNLL-2002 file?";
      case 3 -> "; is this a CoNLL-2000 file?";
      case 4 -> "; is this a CoNLL-2003 file?";
      case 10 -> "; is this a CoNLL-U file?";
      default -> "; does the file have other columns?";
    };
  }

  private String required(Cells cells, int column) throws CorpusException {
    String value = cells.get(column);
    if (value.isEmpty()) {
      throw new CorpusException(
          lines.source(),
          lines.line(),
          cells.begin(column) + 1,
          "column '"
              + format.names().get(column)
              + "' is empty, expected a value between the tabs");
    }
    return value;
  }
}
