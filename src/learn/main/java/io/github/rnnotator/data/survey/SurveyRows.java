package io.github.rnnotator.data.survey;

import io.github.rnnotator.formats.FormatGuess;
import io.github.rnnotator.io.CorpusInput;
import io.github.rnnotator.io.LineReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * The rows of a corpus file by sentence, whatever their number of columns.
 *
 * @param sentences the cells of each row of each sentence, without comments and boundaries
 * @param lines the line of each sentence's first row
 * @param columns the most frequent number of columns
 * @param odd the line of the first row with another number; 0 for none
 * @param comments whether lines that begin with {@code #} before a sentence are comments
 * @param conllu whether it is CoNLL-U
 */
record SurveyRows(
    List<List<String[]>> sentences,
    List<Integer> lines,
    int columns,
    int odd,
    boolean comments,
    boolean conllu) {
  /** Enough to know a file. */
  private static final int MOST_SENTENCES = 100_000;

  static SurveyRows read(Path file) throws IOException {
    List<List<String>> blocks = new ArrayList<>();
    List<Integer> lines = new ArrayList<>();
    try (LineReader in = new LineReader(CorpusInput.open(file), file.toString())) {
      List<String> block = new ArrayList<>();
      for (String line = in.next(); line != null; line = in.next()) {
        boolean boundary = line.startsWith("-DOCSTART-");
        if (!boundary && !LineReader.isBlank(line)) {
          if (block.isEmpty()) {
            lines.add(in.line());
          }
          block.add(line);
        } else if (!block.isEmpty()) {
          blocks.add(block);
          block = new ArrayList<>();
          if (blocks.size() == MOST_SENTENCES) {
            break;
          }
        }
      }
      if (!block.isEmpty()) {
        blocks.add(block);
      }
    }
    return of(file, blocks, lines);
  }

  private static SurveyRows of(Path file, List<List<String>> blocks, List<Integer> lines) {
    Map<Integer, Integer> sizes = new TreeMap<>();
    blocks.forEach(
        block -> block.forEach(line -> sizes.merge(cells(line).length, 1, Integer::sum)));
    boolean comments = blocks.stream().anyMatch(block -> isComment(block, sizes));
    if (comments) {
      blocks.forEach(
          block -> {
            while (!block.isEmpty() && block.get(0).startsWith("#")) {
              sizes.merge(cells(block.remove(0)).length, -1, Integer::sum);
            }
          });
    }
    int columns =
        sizes.entrySet().stream()
            .max(Map.Entry.comparingByValue())
            .map(Map.Entry::getKey)
            .orElse(0);
    List<List<String[]>> sentences = new ArrayList<>();
    List<Integer> begins = new ArrayList<>();
    int odd = 0;
    for (int i = 0; i < blocks.size(); i++) {
      List<String[]> rows = new ArrayList<>();
      for (int row = 0; row < blocks.get(i).size(); row++) {
        String[] cells = cells(blocks.get(i).get(row));
        if (cells.length == columns) {
          rows.add(cells);
        } else if (odd == 0) {
          odd = lines.get(i) + row;
        }
      }
      if (!rows.isEmpty()) {
        sentences.add(rows);
        begins.add(lines.get(i));
      }
    }
    String first = blocks.isEmpty() || blocks.get(0).isEmpty() ? "" : blocks.get(0).get(0);
    boolean conllu =
        columns == 10 && FormatGuess.of(file.toString(), first, "text").format().equals("conllu");
    return new SurveyRows(sentences, begins, columns, odd, comments, conllu);
  }

  /** Whether a sentence begins with a comment: it has fewer columns than the file, or more. */
  private static boolean isComment(List<String> block, Map<Integer, Integer> sizes) {
    String first = block.get(0);
    int rows = sizes.values().stream().mapToInt(i -> i).sum();
    return first.startsWith("#")
        && block.size() > 1
        && sizes.getOrDefault(cells(first).length, 0) < rows / 2
        && cells(first).length != cells(block.get(block.size() - 1)).length;
  }

  /** Cells are separated by single tabs or, in a line without any, by runs of spaces. */
  private static String[] cells(String line) {
    return line.indexOf('\t') >= 0 ? line.split("\t", -1) : line.strip().split(" +");
  }
}
