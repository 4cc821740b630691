package io.github.rnnotator.nn.head;

import io.github.rnnotator.nn.Packing;

/**
 * The gold labels of the rows of a batch.
 *
 * @param rows each is a label, {@link Head#NO_LABEL}, or {@code labels + k} for any label of set
 *     {@code k}
 * @param labels the number of labels
 * @param sets the sets
 */
record GoldLabels(int[] rows, int labels, LabelSets sets) {
  /** Checks the values. */
  GoldLabels {
    if (sets.size() > 0 && sets.sets()[0].length != labels) {
      throw new IllegalArgumentException(
          "sets of " + sets.sets()[0].length + " labels, expected " + labels);
    }
    check(rows, labels + sets.size());
  }

  /**
   * Checks that each value is a label or {@link Head#NO_LABEL}.
   *
   * @param labels the number of labels
   */
  static void check(int[] gold, int labels) {
    for (int row = 0; row < gold.length; row++) {
      if (gold[row] != Head.NO_LABEL && (gold[row] < 0 || gold[row] >= labels)) {
        throw new IllegalArgumentException(
            "row "
                + row
                + " has the gold label "
                + gold[row]
                + ", expected 0 to "
                + (labels - 1)
                + " or NO_LABEL");
      }
    }
  }

  /** The label of a row whose label {@link #isExact is exact}. */
  int label(int row) {
    return rows[row];
  }

  /** Whether a row has one label. */
  boolean isExact(int row) {
    return rows[row] != Head.NO_LABEL && rows[row] < labels;
  }

  /** Whether a row may have a label: its own, one of its set, or any without a label. */
  boolean allows(int row, int label) {
    int gold = rows[row];
    return gold == Head.NO_LABEL
        || (gold < labels ? gold == label : sets.sets()[gold - labels][label]);
  }

  /** Whether all rows of a sequence have one label each. */
  boolean isExact(Packing packing, int sequence) {
    for (int t = 0; t < packing.length(sequence); t++) {
      if (!isExact(packing.row(sequence, t))) {
        return false;
      }
    }
    return true;
  }

  /** Whether a row of a sequence has a label or a set of labels. */
  boolean isKnown(Packing packing, int sequence) {
    for (int t = 0; t < packing.length(sequence); t++) {
      if (rows[packing.row(sequence, t)] != Head.NO_LABEL) {
        return true;
      }
    }
    return false;
  }

  /** Excludes the sequences that disagree with the labels of a sentence. */
  void restrict(LabelChain chain, Packing packing, int sentence) {
    for (int t = 0; t < packing.length(sentence); t++) {
      int row = packing.row(sentence, t);
      for (int label = 0; label < chain.labels(); label++) {
        if (!allows(row, label)) {
          chain.forbid(t, label);
        }
      }
    }
  }

  /** Returns the score of the labels of a sentence, which are exact. */
  double score(LabelChain chain, Packing packing, int sentence) {
    int label = label(packing.row(sentence, 0));
    double sum = chain.startScore(label);
    for (int t = 1; t < packing.length(sentence); t++) {
      int next = label(packing.row(sentence, t));
      sum += chain.stepScore(label, t, next);
      label = next;
    }
    return sum + chain.endScore(label);
  }

  /** Subtracts one for each score that the exact labels of a sentence have. */
  void count(Packing packing, int sentence, ChainGradients d) {
    int last = Head.NO_LABEL;
    for (int t = 0; t < packing.length(sentence); t++) {
      int row = packing.row(sentence, t);
      int label = label(row);
      d.dScores().data[row * labels + label] -= 1;
      if (t == 0) {
        d.dStart().data[label] -= 1;
      } else {
        d.dTransitions().data[last * labels + label] -= 1;
      }
      last = label;
    }
    d.dEnd().data[last] -= 1;
  }
}
