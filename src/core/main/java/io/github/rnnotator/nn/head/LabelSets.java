package io.github.rnnotator.nn.head;

import java.util.Arrays;

/**
 * Sets of labels, for rows whose gold label is known only in part: "this token is outside every
 * mention, or in one of a type that the corpus does not annotate".
 *
 * <p>Where a head has {@code n} labels, the gold value {@code n + k} means: any label of set {@code
 * k}. Immutable by convention: the arrays are not copied.
 *
 * @param sets {@code [sets x labels]}: whether a label is in a set; each set has at least one label
 */
public record LabelSets(boolean[][] sets) {
  /** No sets: each row has one label, or none. */
  public static final LabelSets NONE = new LabelSets(new boolean[0][]);

  /** Checks that the sets are of the same labels, and not empty. */
  public LabelSets {
    for (boolean[] set : sets) {
      if (set.length != sets[0].length) {
        throw new IllegalArgumentException(
            "sets of " + sets[0].length + " and of " + set.length + " labels, expected the same");
      }
      boolean any = false;
      for (boolean member : set) {
        any |= member;
      }
      if (!any) {
        throw new IllegalArgumentException("a set without labels; expected at least one");
      }
    }
  }

  /** The number of sets. */
  public int size() {
    return sets.length;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof LabelSets labelSets && Arrays.deepEquals(sets, labelSets.sets);
  }

  @Override
  public int hashCode() {
    return Arrays.deepHashCode(sets);
  }

  @Override
  public String toString() {
    return Arrays.deepToString(sets);
  }
}
