package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.io.Utf8Output;
import io.github.rnnotator.text.TagScheme;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Writes {@link CorpusFormat.Columns}. */
final class ColumnsWriter implements SentenceWriter {
  private final CorpusFormat.Columns format;
  private final Utf8Output out;

  ColumnsWriter(CorpusFormat.Columns format, Utf8Output out) {
    this.format = format;
    this.out = out;
  }

  @Override
  public void write(TaggedSentence sentence) throws IOException {
    StringBuilder text = new StringBuilder();
    int appended = 0;
    for (String head : sentence.tags().keySet()) {
      appended += format.heads().containsKey(head) ? 0 : 1;
    }
    if (sentence.origin() instanceof SourceLines.Columns rows) {
      for (String line : rows.before()) {
        if (ColumnsReader.isDocument(line)) {
          text.append(boundary(line, appended)).append('\n');
        } else if (format.comments() || !line.startsWith("#")) {
          text.append(line).append('\n');
        }
      }
    } else if (format.comments()) {
      SourceLines.of(sentence).comments().forEach(line -> text.append(line).append('\n'));
    }
    for (int i = 0; i < sentence.size(); i++) {
      String row = row(sentence, i).toString();
      check(sentence, i, row, appended);
      text.append(row).append('\n');
    }
    out.write(sentence, text.append('\n'));
  }

  @Override
  public void close() throws IOException {
    out.flush();
  }

  /** Adds to a boundary as many columns as to the tokens, since scorers count them. */
  private static Cells boundary(String line, int appended) {
    Cells cells = new Cells(line);
    for (int i = 0; i < appended; i++) {
      cells.add(TagScheme.OUTSIDE);
    }
    return cells;
  }

  /** The row of token {@code i}, as read or new, with the tags filled in. */
  private Cells row(TaggedSentence sentence, int i) {
    Cells cells =
        sentence.origin() instanceof SourceLines.Columns rows && rows.names().equals(format.names())
            ? new Cells(rows.lines().get(i))
            : new Cells(newRow(sentence, i));
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      String column = format.heads().get(head.getKey());
      if (column == null) {
        cells.add(MissingTags.written(head.getValue(), i));
      } else {
        cells.set(format.names().indexOf(column), MissingTags.written(head.getValue(), i));
      }
    }
    return cells;
  }

  private String newRow(TaggedSentence sentence, int i) {
    List<String> cells = new ArrayList<>();
    for (String name : format.names()) {
      if (name.equals(CorpusFormat.Columns.FORM)) {
        cells.add(sentence.sentence().form(i));
      } else if (sentence.origin() instanceof SourceLines.Columns rows
          && !name.equals(CorpusFormat.Columns.IGNORED)
          && rows.names().contains(name)) {
        cells.add(new Cells(rows.lines().get(i)).get(rows.names().indexOf(name)));
      } else {
        cells.add(name.equals("id") ? String.valueOf(i + 1) : "_");
      }
    }
    return String.join("\t", cells);
  }

  /** Checks that the row reads back unchanged. */
  private void check(TaggedSentence sentence, int i, String row, int appended)
      throws CorpusException {
    String form = sentence.sentence().form(i);
    List<String> cells = new Cells(row).all();
    boolean whole =
        cells.size() == format.names().size() + appended
            && cells.get(format.names().indexOf(CorpusFormat.Columns.FORM)).equals(form)
            && row.indexOf('\n') < 0
            && row.indexOf('\r') < 0;
    int last = format.names().size();
    for (Map.Entry<String, TagSequence> head : sentence.tags().entrySet()) {
      String column = format.heads().get(head.getKey());
      int cell = column == null ? last++ : format.names().indexOf(column);
      String tag = MissingTags.written(head.getValue(), i);
      whole = whole && !tag.isEmpty() && cells.get(cell).equals(tag);
    }
    if (!whole) {
      throw Utf8Output.refusal(
          sentence, "can't be written as columns: a form or tag is empty or holds a separator");
    }
    if (LineReader.isBlank(row)
        || ColumnsReader.isDocument(row)
        || (format.comments() && i == 0 && row.startsWith("#"))) {
      throw Utf8Output.refusal(
          sentence, "can't be written as columns: '" + form + "' would not be read as a token");
    }
  }
}
