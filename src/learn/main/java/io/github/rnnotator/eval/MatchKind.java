package io.github.rnnotator.eval;

/** What a gold and a predicted mention have in common, from best to worst. */
public enum MatchKind {
  /** The same tokens and type. */
  CORRECT("correct"),
  /** The same tokens, another type. */
  WRONG_TYPE("wrong type"),
  /** Some tokens in common and the same type. */
  WRONG_BOUNDARY("wrong boundary"),
  /** Some tokens in common, another type. */
  WRONG_TYPE_AND_BOUNDARY("wrong type and boundary"),
  /** A gold mention that no predicted one is paired with. */
  MISSED("missed"),
  /** A predicted mention that no gold one is paired with. */
  INVENTED("invented");

  private final String label;

  MatchKind(String label) {
    this.label = label;
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }
}
