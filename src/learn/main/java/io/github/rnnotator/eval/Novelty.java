package io.github.rnnotator.eval;

/** Whether a mention occurs in the training data, where a tagger may have memorized it. */
public enum Novelty {
  /** The same words, as written, were a mention of the same type. */
  SEEN("seen"),
  /** The same words were a mention, but only of other types. */
  OTHER_TYPE("seen with another type"),
  /** The same words were not a mention. */
  UNSEEN("unseen");

  private final String label;

  Novelty(String label) {
    this.label = label;
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }
}
