package io.github.rnnotator.eval.align;

import io.github.rnnotator.eval.significance.ResamplingUnits;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/**
 * Gold, predicted and correct things of each metric, counted in the gold sentence in which they
 * begin. Only sentences that may still change are kept. Not thread-safe.
 */
final class AlignedCounts {
  /** The columns of a metric. */
  static final int GOLD = 0;

  static final int PREDICTED = 1;
  static final int CORRECT = 2;
  private static final int COLUMNS = 3;

  private final List<ResamplingUnits> units = new ArrayList<>();
  private final long[] totals;

  /** The counts of each gold sentence that is not yet settled, by the end of its characters. */
  private final NavigableMap<Long, int[]> rows = new TreeMap<>();

  AlignedCounts(int metrics) {
    this.totals = new long[COLUMNS * metrics];
    for (int metric = 0; metric < metrics; metric++) {
      units.add(new ResamplingUnits(COLUMNS));
    }
  }

  /** Begins a gold sentence that ends before this character. */
  void addSentence(long end) {
    rows.put(end, new int[totals.length]);
  }

  /** Counts something in the gold sentence that holds this character. */
  void add(long character, int metric, int column) {
    add(character, metric, column, 1);
  }

  /** Takes back what was counted. */
  void remove(long character, int metric, int column) {
    add(character, metric, column, -1);
  }

  private void add(long character, int metric, int column, int times) {
    totals[COLUMNS * metric + column] += times;
    Map.Entry<Long, int[]> row = rows.higherEntry(character);
    if (row == null) {
      throw new IllegalStateException("no gold sentence at character " + character);
    }
    row.getValue()[COLUMNS * metric + column] += times;
  }

  /** Returns the sum of a column over all sentences. */
  long total(int metric, int column) {
    return totals[COLUMNS * metric + column];
  }

  /** Returns the sentences of a metric, each a row of gold, predicted and correct. */
  ResamplingUnits units(int metric) {
    return units.get(metric);
  }

  /** The sentences that end here or before will not change any more. */
  void settle(long end) {
    NavigableMap<Long, int[]> done = rows.headMap(end, true);
    done.values().forEach(this::addUnits);
    done.clear();
  }

  private void addUnits(int[] counts) {
    for (int i = 0; i < units.size(); i++) {
      int from = i * COLUMNS;
      units.get(i).add(counts[from + GOLD], counts[from + PREDICTED], counts[from + CORRECT]);
    }
  }
}
