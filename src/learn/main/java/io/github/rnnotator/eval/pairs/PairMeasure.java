package io.github.rnnotator.eval.pairs;

/** The measure by which the outputs of a transducer are judged. */
public enum PairMeasure {
  /** The share of outputs that are their target. */
  EXACT("exact match"),
  /** 100 less the edits per symbol of the targets. */
  SYMBOLS("symbol accuracy"),
  /** {@link ChrF}. */
  CHRF("chrF");

  private final String label;

  PairMeasure(String label) {
    this.label = label;
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }
}
