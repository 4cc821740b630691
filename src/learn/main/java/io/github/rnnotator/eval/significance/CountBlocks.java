package io.github.rnnotator.eval.significance;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Counts of each sentence, for several scores of a {@link Bootstrap}. Memory and the time to draw
 * are bounded: with more sentences than rows, two, four, eight ... neighbours share a row, a block
 * of text that is drawn as a whole. ({@link ResamplingUnits} alone draws once per sentence, too
 * slow for many scores of a long text.) Not thread-safe.
 */
public final class CountBlocks {
  /** Enough that drawing blocks instead of sentences makes no difference. */
  static final int MOST_ROWS = 1 << 14;

  private final int width;
  private final int mostRows;
  private final List<int[]> rows = new ArrayList<>();
  private final long[] totals;
  private int sentencesARow = 1;
  private int inLastRow;

  /** Creates counts of this many columns. */
  public CountBlocks(int width) {
    this(width, MOST_ROWS);
  }

  CountBlocks(int width, int mostRows) {
    this.width = width;
    this.mostRows = mostRows;
    this.totals = new long[width];
    if (mostRows < 2 || mostRows % 2 != 0) {
      throw new IllegalArgumentException(mostRows + " rows, expected an even number");
    }
  }

  /** Adds a sentence with one count per column. */
  public void add(int... counts) {
    if (counts.length != width) {
      throw new IllegalArgumentException(counts.length + " counts, expected " + width);
    }
    for (int i = 0; i < width; i++) {
      totals[i] += counts[i];
    }
    addRow(counts);
  }

  /** Returns the sum of a column over all sentences. */
  public long total(int column) {
    return totals[column];
  }

  private void addRow(int[] counts) {
    if (!rows.isEmpty() && inLastRow < sentencesARow) {
      plus(rows.get(rows.size() - 1), counts);
      inLastRow++;
      return;
    }
    if (rows.size() == mostRows) {
      halve();
    }
    rows.add(counts.clone());
    inLastRow = 1;
  }

  /** Returns these columns of each row: {@code [rows x columns.length]}. */
  public long[][] columns(int... columns) {
    return rows.stream()
        .map(row -> Arrays.stream(columns).mapToLong(column -> row[column]).toArray())
        .toArray(long[][]::new);
  }

  private void halve() {
    int half = rows.size() / 2;
    for (int i = 0; i < half; i++) {
      int[] row = rows.get(2 * i);
      plus(row, rows.get(2 * i + 1));
      rows.set(i, row);
    }
    rows.subList(half, rows.size()).clear();
    sentencesARow *= 2;
    inLastRow = sentencesARow;
  }

  private static void plus(int[] sums, int[] counts) {
    for (int i = 0; i < sums.length; i++) {
      sums[i] += counts[i];
    }
  }
}
