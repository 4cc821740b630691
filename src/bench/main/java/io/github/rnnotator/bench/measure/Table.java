package io.github.rnnotator.bench.measure;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** A text table: the first column is left-aligned, the others right-aligned. */
public final class Table {
  private final List<List<String>> rows = new ArrayList<>();

  public Table(String... header) {
    rows.add(List.of(header));
  }

  public void row(String... cells) {
    rows.add(List.of(cells));
  }

  /**
   * The table's lines, aligned.
   *
   * @param markdown whether to use Markdown syntax
   */
  public String text(boolean markdown) {
    int[] widths = new int[rows.get(0).size()];
    for (List<String> row : rows) {
      for (int i = 0; i < widths.length; i++) {
        widths[i] = Math.max(widths[i], row.get(i).length());
      }
    }
    StringBuilder text = new StringBuilder();
    for (int r = 0; r < rows.size(); r++) {
      List<String> cells = new ArrayList<>();
      for (int i = 0; i < widths.length; i++) {
        cells.add(pad(rows.get(r).get(i), widths[i], i == 0));
      }
      text.append(markdown ? "| " + String.join(" | ", cells) + " |" : String.join("  ", cells));
      text.append('\n');
      if (markdown && r == 0) {
        text.append("|---|").append("--:|".repeat(widths.length - 1)).append('\n');
      }
    }
    return text.toString();
  }

  private static String pad(String cell, int width, boolean left) {
    char[] spaces = new char[width - cell.length()];
    Arrays.fill(spaces, ' ');
    return left ? cell + new String(spaces) : new String(spaces) + cell;
  }
}
