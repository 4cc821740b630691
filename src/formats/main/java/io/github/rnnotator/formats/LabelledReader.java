package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TaggedSentence;
import java.io.IOException;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Reads {@link LabelledTexts}. */
final class LabelledReader implements SentenceReader {
  private final LabelledTexts layout;
  private final LineReader lines;
  private final int text;
  private boolean begun;
  private boolean tabs;

  LabelledReader(LabelledTexts layout, LineReader lines) {
    this.layout = layout;
    this.lines = lines;
    this.text = layout.names().indexOf(LabelledTexts.TEXT);
  }

  @Override
  public Optional<TaggedSentence> read() throws IOException {
    String line = lines.next();
    while (line != null && LineReader.isBlank(line)) {
      line = lines.next();
    }
    if (line == null) {
      return Optional.empty();
    }
    if (!begun) {
      begun = true;
      tabs = line.indexOf('\t') >= 0;
      if (!tabs && !isLast()) {
        throw lines.error("no tab, expected " + expected());
      }
    }
    List<String> cells = cells(line);
    Optional<Sentence> tokens = layout.tokens().apply(cells.get(text));
    if (tokens.isEmpty()) {
      throw lines.error("a label without a text, expected " + expected());
    }
    TaggedSentence labelled = TaggedSentence.labelled(tokens.get(), labels(cells));
    return Optional.of(labelled.with(new SourceLines.Text(lines.source(), lines.line())));
  }

  private Map<String, Label> labels(List<String> cells) throws CorpusException {
    Map<String, Label> labels = new LinkedHashMap<>();
    for (Map.Entry<String, String> head : layout.heads().entrySet()) {
      String label = cells.get(layout.names().indexOf(head.getValue())).strip();
      if (label.isEmpty()) {
        throw lines.error(
            "nothing in the column '" + head.getValue() + "', expected a label, or _ for none");
      }
      if (!label.equals(MissingTags.MARK)) {
        labels.put(head.getKey(), Label.of(label));
      }
    }
    return labels;
  }

  private boolean isLast() {
    return text == layout.names().size() - 1;
  }

  /** Splits a line into as many cells as there are names. */
  private List<String> cells(String line) throws CorpusException {
    int count = layout.names().size();
    List<String> cells = new ArrayList<>();
    int begin = tabs ? 0 : afterBlanks(line, 0);
    while (cells.size() < count - 1) {
      int end = tabs ? line.indexOf('\t', begin) : blank(line, begin);
      if (end < 0 || end == line.length()) {
        break;
      }
      cells.add(line.substring(begin, end));
      begin = tabs ? end + 1 : afterBlanks(line, end);
    }
    cells.add(line.substring(begin));
    boolean tooMany = tabs && !isLast() && line.indexOf('\t', begin) >= 0;
    if (cells.size() < count || tooMany) {
      throw lines.error(
          (tooMany ? "more than " + count : String.valueOf(cells.size()))
              + (cells.size() == 1 && !tooMany ? " column" : " columns")
              + ", expected "
              + expected());
    }
    return cells;
  }

  private static int blank(String line, int from) {
    int at = from;
    while (at < line.length() && !isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static int afterBlanks(String line, int from) {
    int at = from;
    while (at < line.length() && isBlank(line.charAt(at))) {
      at++;
    }
    return at;
  }

  private static boolean isBlank(char c) {
    return c == ' ' || c == '\t';
  }

  private String expected() {
    return String.join(", ", layout.names())
        + (tabs || !isLast() ? " with tabs between them" : " with blanks between them");
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }
}
