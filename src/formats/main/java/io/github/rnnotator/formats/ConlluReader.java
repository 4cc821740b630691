package io.github.rnnotator.formats;

import io.github.rnnotator.io.CorpusException;
import io.github.rnnotator.io.LineReader;
import io.github.rnnotator.text.MultiwordToken;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.Span;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads {@link CorpusFormat.Conllu}. */
final class ConlluReader implements RecoveringReader {
  /** A word {@code 3}, a multiword token {@code 3-4}, or an empty node {@code 8.1}. */
  private static final Pattern ID = Pattern.compile("(\\d{1,9})(?:([-.])(\\d{1,9}))?");

  private static final ConlluField SPACE_AFTER = new ConlluField(ConlluField.MISC, "SpaceAfter");

  private final Map<String, ConlluField> fields = new LinkedHashMap<>();
  private final List<ConlluField> inputs;
  private final LineReader lines;
  private boolean anyRow;

  ConlluReader(CorpusFormat.Conllu format, LineReader lines) {
    this(format, lines, false);
  }

  /** Resumes in a file. */
  ConlluReader(CorpusFormat.Conllu format, LineReader lines, boolean anyRow) {
    this.anyRow = anyRow;
    this.inputs = format.inputs().stream().map(ConlluField::ofInput).toList();
    format.heads().forEach((head, name) -> fields.put(head, ConlluField.of(head, name)));
    this.lines = lines;
  }

  @Override
  public Optional<TaggedSentence> read() throws IOException {
    List<String> comments = new ArrayList<>();
    String line = lines.next();
    while (line != null && (LineReader.isBlank(line) || line.startsWith("#"))) {
      if (line.startsWith("#")) {
        comments.add(line);
      } else if (!comments.isEmpty()) {
        throw lines.error("a blank line after comments, expected the words of their sentence");
      }
      line = lines.next();
    }
    if (line == null) {
      if (!comments.isEmpty()) {
        throw lines.error("the file ends after comments, expected the words of their sentence");
      }
      return Optional.empty();
    }
    int first = lines.line();
    Words words = new Words();
    while (line != null && !LineReader.isBlank(line)) {
      words.add(line);
      line = lines.next();
    }
    return Optional.of(words.sentence(comments, first));
  }

  @Override
  public void close() throws IOException {
    lines.close();
  }

  @Override
  public boolean anyRow() {
    return anyRow;
  }

  private List<String> cells(String line) throws CorpusException {
    List<String> cells = Arrays.asList(line.split("\t", -1));
    if (cells.size() != ConlluField.COLUMNS) {
      if (line.startsWith("#")) {
        throw lines.error("a comment after a word; is the blank line before it missing?");
      }
      throw lines.error(
          cells.size()
              + (cells.size() == 1 ? " column" : " columns")
              + " between tabs, expected the 10 of CoNLL-U"
              + (anyRow ? "" : "; is this a file of columns?"),
          anyRow ? CorpusException.Suspicion.NONE : CorpusException.Suspicion.COLUMNS);
    }
    anyRow = true;
    return cells;
  }

  private String required(List<String> cells, int column) throws CorpusException {
    String value = cells.get(column);
    if (value.isEmpty()) {
      throw lines.error("column " + (column + 1) + " is empty, expected a value or _");
    }
    return value;
  }

  /** The words of the current sentence. */
  private final class Words {
    private final List<String> rows = new ArrayList<>();
    private final List<String> forms = new ArrayList<>();
    private final Map<String, List<String>> tags = new LinkedHashMap<>();
    private final List<List<String>> values = new ArrayList<>();
    private final List<ConlluOffsets.Unit> units = new ArrayList<>();

    /** The last word of the last multiword token. */
    private int multiwordEnd;

    private int emptyNodes;

    Words() {
      fields.keySet().forEach(head -> tags.put(head, new ArrayList<>()));
    }

    void add(String line) throws CorpusException {
      List<String> cells = cells(line);
      String id = cells.get(ConlluField.ID);
      Matcher match = ID.matcher(id);
      if (!match.matches()) {
        throw lines.error(
            "id '" + id + "', expected a word (3), a multiword token (3-4) or an empty node (8.1)");
      }
      int number = Integer.parseInt(match.group(1));
      if (match.group(2) == null) {
        addWord(id, cells);
      } else if (match.group(2).equals("-")) {
        addMultiword(id, number, Integer.parseInt(match.group(3)), cells);
      } else {
        emptyNodes++;
        String expected = forms.size() + "." + emptyNodes;
        if (!id.equals(expected)) {
          throw lines.error("empty node '" + id + "', expected " + expected);
        }
      }
      rows.add(line);
      RecoveringReader.check(rows.size(), lines);
    }

    private void addWord(String id, List<String> cells) throws CorpusException {
      String expected = String.valueOf(forms.size() + 1);
      if (!id.equals(expected)) {
        throw lines.error("id '" + id + "', expected " + expected + "; ids count words from 1");
      }
      forms.add(required(cells, ConlluField.FORM));
      emptyNodes = 0;
      if (forms.size() > multiwordEnd) {
        addUnit(new Span(forms.size() - 1, forms.size()), cells);
      }
      for (Map.Entry<String, ConlluField> field : fields.entrySet()) {
        required(cells, field.getValue().column());
        tags.getOrDefault(field.getKey(), List.of()).add(field.getValue().get(cells));
      }
      if (!inputs.isEmpty()) {
        for (ConlluField field : inputs) {
          required(cells, field.column());
        }
        values.add(inputs.stream().map(field -> field.get(cells)).toList());
      }
    }

    private void addMultiword(String id, int begin, int end, List<String> cells)
        throws CorpusException {
      if (begin != forms.size() + 1 || end <= begin || begin <= multiwordEnd) {
        throw lines.error(
            "multiword token '"
                + id
                + "', expected one that begins with word "
                + (Math.max(forms.size(), multiwordEnd) + 1)
                + " and ends after it");
      }
      multiwordEnd = end;
      required(cells, ConlluField.FORM);
      addUnit(new Span(begin - 1, end), cells);
    }

    private void addUnit(Span span, List<String> cells) {
      units.add(
          new ConlluOffsets.Unit(
              cells.get(ConlluField.FORM), span, !SPACE_AFTER.get(cells).equals("No")));
    }

    TaggedSentence sentence(List<String> comments, int first) throws CorpusException {
      if (forms.isEmpty()) {
        throw new CorpusException(lines.source(), first, "a sentence without words");
      }
      if (multiwordEnd > forms.size()) {
        throw new CorpusException(
            lines.source(),
            first,
            "a multiword token ends with word "
                + multiwordEnd
                + ", but the sentence has only "
                + forms.size());
      }
      List<Integer> begins = ConlluOffsets.begins(units, Comments.values(comments, "text"));
      List<Token> tokens = new ArrayList<>();
      List<MultiwordToken> multiwordTokens = new ArrayList<>();
      for (int i = 0; i < units.size(); i++) {
        String form = units.get(i).form();
        Span span = units.get(i).words();
        int begin = begins.get(i);
        tokens.addAll(MultiwordToken.words(form, begin, forms.subList(span.begin(), span.end())));
        if (span.size() > 1) {
          multiwordTokens.add(new MultiwordToken(form, span, begin, begin + form.length()));
        }
      }
      SourceLines read = new SourceLines.Conllu(lines.source(), first, comments, rows);
      Map<String, TagSequence> present = MissingTags.leftOut(tags, this::marksMissing);
      Sentence words = new Sentence(tokens, multiwordTokens);
      return new TaggedSentence(inputs.isEmpty() ? words : words.withInputs(values), present)
          .with(read);
    }

    private boolean marksMissing(String head) {
      ConlluField field = fields.get(head);
      return field != null && field.marksMissing();
    }
  }
}
