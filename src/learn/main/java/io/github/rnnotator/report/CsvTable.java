package io.github.rnnotator.report;

import java.util.ArrayList;
import java.util.List;

/**
 * Comma-separated values: a line of names, then lines of cells. White space around cells is
 * ignored; a cell in double quotes may contain commas, and quotes that are doubled.
 *
 * @param names the cells of the first line; empty if the text is blank
 * @param rows the other lines that are not blank
 */
record CsvTable(List<String> names, List<Row> rows) {
  /**
   * The cells of a line.
   *
   * @param line its number, from 1
   */
  record Row(int line, List<String> cells) {}

  /**
   * Parses a table.
   *
   * @throws IllegalArgumentException if a quotation does not end on its line
   */
  static CsvTable parse(String csv) {
    List<Row> rows = new ArrayList<>();
    List<String> lines = csv.lines().toList();
    for (int i = 0; i < lines.size(); i++) {
      if (!lines.get(i).isBlank()) {
        rows.add(new Row(i + 1, cells(lines.get(i))));
      }
    }
    return rows.isEmpty()
        ? new CsvTable(List.of(), List.of())
        : new CsvTable(rows.get(0).cells(), List.copyOf(rows.subList(1, rows.size())));
  }

  private static List<String> cells(String line) {
    List<String> cells = new ArrayList<>();
    StringBuilder cell = new StringBuilder();
    boolean quoted = false;
    for (int i = 0; i < line.length(); i++) {
      char c = line.charAt(i);
      if (c == '"' && quoted && line.startsWith("\"\"", i)) {
        cell.append(c);
        i++;
      } else if (c == '"' && (quoted || cell.toString().isBlank())) {
        quoted = !quoted;
      } else if (c == ',' && !quoted) {
        cells.add(cell.toString().strip());
        cell.setLength(0);
      } else {
        cell.append(c);
      }
    }
    if (quoted) {
      throw new IllegalArgumentException("a quotation without an end: " + line);
    }
    cells.add(cell.toString().strip());
    return cells;
  }
}
