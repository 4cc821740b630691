package io.github.rnnotator.eval.pairs;

import java.util.List;

/** Compares outputs with the targets of pairs. Not thread-safe. */
public final class PairScorer {
  private final PairMeasure measure;
  private final ChrF chrF = new ChrF();
  private long pairs;
  private long exact;
  private long symbols;
  private long edits;

  /** Creates a scorer whose main figure is this. */
  public PairScorer(PairMeasure measure) {
    this.measure = measure;
  }

  /**
   * Adds an output.
   *
   * @param gold the symbols of the target
   * @param predicted the symbols of the output
   * @param goldText the target
   * @param predictedText the output
   */
  public void add(
      List<String> gold, List<String> predicted, String goldText, String predictedText) {
    pairs++;
    exact += gold.equals(predicted) ? 1 : 0;
    symbols += gold.size();
    edits += distance(gold, predicted);
    chrF.add(goldText, predictedText);
  }

  /** Returns the score of all that was added. */
  public PairScore score() {
    return new PairScore(measure, pairs, exact, symbols, edits, chrF.value());
  }

  /**
   * Returns the edit distance (Levenshtein 1966): the fewest insertions, deletions and
   * replacements.
   */
  public static int distance(List<String> a, List<String> b) {
    int[] row = EditPath.firstRow(b);
    for (String symbol : a) {
      row = EditPath.nextRow(row, symbol, b);
    }
    return row[b.size()];
  }
}
