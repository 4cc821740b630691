package io.github.rnnotator.eval;

import java.util.List;

/** Counts one head, sentence by sentence. Not thread-safe. */
interface Scorer {
  /** Counts one sentence: three lists of one size. */
  void add(List<String> forms, List<String> gold, List<String> predicted);

  /** Returns the score of everything added so far; more may be added after it. */
  HeadScore score();
}
