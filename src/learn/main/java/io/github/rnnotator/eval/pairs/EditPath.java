package io.github.rnnotator.eval.pairs;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
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
    int[][] cost = new int[a.size() + 1][b.size() + 1];
    for (int i = 0; i <= a.size(); i++) {
      for (int j = 0; j <= b.size(); j++) {
        if (i == 0 || j == 0) {
          cost[i][j] = i + j;
          continue;
        }
        int replaced = cost[i - 1][j - 1] + (a.get(i - 1).equals(b.get(j - 1)) ? 0 : 1);
        cost[i][j] = Math.min(replaced, 1 + Math.min(cost[i - 1][j], cost[i][j - 1]));
      }
    }
    return cost;
  }
}
