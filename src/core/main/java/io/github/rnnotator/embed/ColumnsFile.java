package io.github.rnnotator.embed;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * {@code columns.tsv}, the values of the columns that a model reads ({@code embed.columns}), one
 * entry per line with tabs between the cells. A line {@code column} begins a column; then come its
 * values, with their counts in the training data, the most frequent first:
 *
 * <pre>
 *   column  pos
 *   value   NN      24122
 *   value   IN      17000
 * </pre>
 */
public final class ColumnsFile {
  private static final String COLUMN = "column";
  private static final String VALUE = "value";

  private ColumnsFile() {}

  /** Returns the bytes of the columns; empty without any. */
  public static byte[] bytes(Map<String, Vocabulary> columns) {
    StringBuilder lines = new StringBuilder();
    columns.forEach(
        (name, values) -> {
          lines.append(COLUMN).append('\t').append(name).append('\n');
          values
              .entries()
              .forEach(
                  entry ->
                      lines
                          .append(VALUE)
                          .append('\t')
                          .append(entry.text())
                          .append('\t')
                          .append(entry.count())
                          .append('\n'));
        });
    return lines.toString().getBytes(StandardCharsets.UTF_8);
  }

  /**
   * Returns the values of each column.
   *
   * @throws IllegalArgumentException if a line is not as above, or a column or value occurs twice
   */
  public static Map<String, Vocabulary> parse(String text) {
    Map<String, List<Vocabulary.Entry>> columns = new LinkedHashMap<>();
    List<Vocabulary.Entry> values = null;
    int number = 0;
    for (String line : text.split("\n")) {
      number++;
      String[] cells = line.split("\t", -1);
      if (cells.length == 2 && cells[0].equals(COLUMN)) {
        values = new ArrayList<>();
        if (columns.put(cells[1], values) != null) {
          throw new IllegalArgumentException("column '" + cells[1] + "' occurs twice");
        }
      } else if (cells.length == 3
          && cells[0].equals(VALUE)
          && values != null
          && cells[2].matches("\\d{1,9}")) {
        values.add(new Vocabulary.Entry(cells[1], Integer.parseInt(cells[2])));
      } else {
        throw new IllegalArgumentException(
            "line " + number + " is not a column or a value with its count");
      }
    }
    Map<String, Vocabulary> vocabularies = new LinkedHashMap<>();
    columns.forEach((name, entries) -> vocabularies.put(name, new Vocabulary(entries)));
    return vocabularies;
  }
}
