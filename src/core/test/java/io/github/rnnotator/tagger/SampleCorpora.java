package io.github.rnnotator.tagger;

import io.github.rnnotator.text.Label;
import io.github.rnnotator.text.Sentence;
import io.github.rnnotator.text.TagSequence;
import io.github.rnnotator.text.TaggedSentence;
import io.github.rnnotator.text.Token;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The sample corpora, whose files are simple; the core has no readers of formats. */
final class SampleCorpora {
  private static final Path FOLDER = Path.of("corpora/sample");

  private SampleCorpora() {}

  /**
   * Reads a file of rows with blank lines between sentences.
   *
   * @param separator between the columns
   * @param form the column of the forms, from 0
   * @param heads head name to column
   */
  static List<TaggedSentence> read(
      String file, String separator, int form, Map<String, Integer> heads) {
    List<TaggedSentence> sentences = new ArrayList<>();
    List<String[]> rows = new ArrayList<>();
    for (String line : lines(FOLDER.resolve(file))) {
      if (line.isEmpty() && !rows.isEmpty()) {
        sentences.add(sentence(rows, form, heads));
        rows.clear();
      } else if (!line.isEmpty() && !line.startsWith("# ")) {
        rows.add(line.split(separator, -1));
      }
    }
    if (!rows.isEmpty()) {
      sentences.add(sentence(rows, form, heads));
    }
    return sentences;
  }

  private static TaggedSentence sentence(
      List<String[]> rows, int form, Map<String, Integer> heads) {
    List<Token> tokens = new ArrayList<>();
    int begin = 0;
    for (String[] row : rows) {
      int end = begin + row[form].length();
      tokens.add(new Token(row[form], begin, end));
      begin = row[row.length - 1].contains("SpaceAfter=No") ? end : end + 1;
    }
    Map<String, TagSequence> tags = new LinkedHashMap<>();
    heads.forEach(
        (head, column) ->
            tags.put(head, TagSequence.of(rows.stream().map(row -> row[column]).toList())));
    return new TaggedSentence(new Sentence(tokens), tags);
  }

  /** Reads texts of tokens between spaces, each after its label and a tab. */
  static List<TaggedSentence> labelled(Path file, String head) {
    List<TaggedSentence> texts = new ArrayList<>();
    for (String line : lines(file)) {
      String[] cells = line.split("\t", 2);
      texts.add(
          TaggedSentence.labelled(
              Sentence.of(cells[1].split(" ")), Map.of(head, Label.of(cells[0]))));
    }
    return texts;
  }

  private static List<String> lines(Path file) {
    try {
      return Files.readAllLines(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
