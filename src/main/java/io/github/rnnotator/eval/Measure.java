package io.github.rnnotator.eval;

import java.util.function.Predicate;

/** By what a head is judged. */
public enum Measure {
  /** The share of tokens with the right tag: part of speech and the like. */
  ACCURACY("accuracy") {
    @Override
    Scorer scorer(Predicate<String> known) {
      return new AccuracyScorer(known);
    }
  },
  /** F1 of whole chunks as {@code conlleval} counts them: named entities, chunks. */
  F1("f1") {
    @Override
    Scorer scorer(Predicate<String> known) {
      return new ChunkScorer();
    }
  };

  private final String label;

  Measure(String label) {
    this.label = label;
  }

  /** Its name in a report. */
  public String label() {
    return label;
  }

  abstract Scorer scorer(Predicate<String> known);
}
