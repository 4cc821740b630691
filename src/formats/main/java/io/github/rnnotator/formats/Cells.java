package io.github.rnnotator.formats;

import java.util.ArrayList;
import java.util.List;

/**
 * The cells of one line of columns: split at each tab, or at runs of spaces in a line without tabs.
 * Keeps their offsets, so that one cell can be replaced without changing the rest of the line.
 */
final class Cells {
  private final StringBuilder line;
  private final boolean tabs;

  /** Begin and end of each cell, alternating. */
  private final List<Integer> bounds = new ArrayList<>();

  Cells(String line) {
    this.line = new StringBuilder(line);
    this.tabs = line.indexOf('\t') >= 0;
    int begin = 0;
    for (int i = 0; i <= line.length(); i++) {
      if (i == line.length() || line.charAt(i) == (tabs ? '\t' : ' ')) {
        if (tabs || i > begin) {
          bounds.add(begin);
          bounds.add(i);
        }
        begin = i + 1;
      }
    }
  }

  int size() {
    return bounds.size() / 2;
  }

  String get(int cell) {
    return line.substring(begin(cell), bounds.get(2 * cell + 1));
  }

  /** The offset of a cell in the line, from 0. */
  int begin(int cell) {
    return bounds.get(2 * cell);
  }

  List<String> all() {
    List<String> cells = new ArrayList<>();
    for (int i = 0; i < size(); i++) {
      cells.add(get(i));
    }
    return cells;
  }

  void set(int cell, String value) {
    int longer = value.length() - (bounds.get(2 * cell + 1) - begin(cell));
    line.replace(begin(cell), bounds.get(2 * cell + 1), value);
    for (int i = 2 * cell + 1; i < bounds.size(); i++) {
      bounds.set(i, bounds.get(i) + longer);
    }
  }

  /** Appends a cell, after a tab if the line has tabs and a space if not. */
  void add(String value) {
    if (!tabs) {
      line.setLength(bounds.isEmpty() ? 0 : bounds.get(bounds.size() - 1));
    }
    line.append(tabs ? '\t' : ' ');
    bounds.add(line.length());
    line.append(value);
    bounds.add(line.length());
  }

  @Override
  public String toString() {
    return line.toString();
  }
}
