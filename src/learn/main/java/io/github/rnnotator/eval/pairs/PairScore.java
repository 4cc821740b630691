package io.github.rnnotator.eval.pairs;

import io.github.rnnotator.eval.Score;

/**
 * How well outputs agree with the targets of pairs. Immutable; all rates are percentages.
 *
 * @param measure which of them is the main figure
 * @param pairs the number of pairs
 * @param exact the outputs that are their target
 * @param symbols the symbols of all targets
 * @param edits the fewest symbols to insert, delete and replace that make the outputs the targets
 * @param chrF see {@link ChrF}
 */
public record PairScore(
    PairMeasure measure, long pairs, long exact, long symbols, long edits, double chrF)
    implements Score {
  @Override
  public String label() {
    return measure.label();
  }

  @Override
  public double value() {
    return switch (measure) {
      case EXACT -> exactMatch();
      case SYMBOLS -> 100 - symbolErrorRate();
      case CHRF -> chrF;
    };
  }

  /** The share of outputs that are their target. */
  public double exactMatch() {
    return percent(exact, pairs);
  }

  /** The share of outputs that are not: the word error rate, where a source is a word. */
  public double wordErrorRate() {
    return pairs == 0 ? 0 : 100 - exactMatch();
  }

  /** Edits per symbol of the targets: the phoneme error rate, where a symbol is a phoneme. */
  public double symbolErrorRate() {
    return percent(edits, symbols);
  }

  private static double percent(long part, long whole) {
    return whole == 0 ? 0 : 100.0 * part / whole;
  }
}
