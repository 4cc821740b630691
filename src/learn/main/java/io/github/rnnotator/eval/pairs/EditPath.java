package io.github.rnnotator.eval.pairs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The fewest edits that make one list of symbols another (Wagner and Fischer 1974). */
final class EditPath {
  private EditPath() {}

  /**
   * One edit.
   *
   * @param gold the symbol that is missing or replaced; null if one is added
   * @param predicted the symbol that is added or replaces; null if one is missing
   */
  record Edit(@Nullable String gold, @Nullable String predicted) {}

  /** Returns the edits from left to right; replacing is preferred to adding and removing. */
  static List<Edit> of(List<String> gold, List<String> predicted) {
    int[][] cost = costs(gold, predicted);
    List<Edit> edits = new ArrayList<>();
    int i = gold.size();
    int j = predicted.size();
    while (i > 0 || j > 0) {
      boolean both = i > 0 && j > 0;
      boolean same = both && gold.get(i - 1).equals(predicted.get(j - 1));
      if (both && cost[i][j] == cost[i - 1][j - 1] + (same ? 0 : 1)) {
        i--;
        j--;
        if (!same) {
          edits.add(new Edit(gold.get(i), predicted.get(j)));
        }
      } else if (i > 0 && cost[i][j] == cost[i - 1][j] + 1) {
        edits.add(new Edit(gold.get(--i), null));
      } else {
        edits.add(new Edit(null, predicted.get(--j)));
      }
    }
    Collections.reverse(edits);
    return edits;
  }

  private static int[][] costs(List<String> a, List<String> b) {
    int[][] cost = new int[a.size() + 1][];
    cost[0] = firstRow(b);
    for (int i = 1; i <= a.size(); i++) {
      cost[i] = nextRow(cost[i - 1], a.get(i - 1), b);
    }
    return cost;
  }

  /** The fewest edits from nothing to each beginning of {@code b}. */
  static int[] firstRow(List<String> b) {
    return IntStream.rangeClosed(0, b.size()).toArray();
  }

  /** The fewest edits to each beginning of {@code b}, with one more symbol of the other list. */
  static int[] nextRow(int[] row, String symbol, List<String> b) {
    int[] next = new int[row.length];
    next[0] = row[0] + 1;
    for (int j = 1; j < row.length; j++) {
      int replaced = row[j - 1] + (symbol.equals(b.get(j - 1)) ? 0 : 1);
      next[j] = Math.min(replaced, 1 + Math.min(row[j], next[j - 1]));
    }
    return next;
  }
}
