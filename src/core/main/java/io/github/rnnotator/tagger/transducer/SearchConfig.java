package io.github.rnnotator.tagger.transducer;

import io.github.rnnotator.nn.seq2seq.BeamSearch;

/**
 * How outputs are found.
 *
 * @param beam how many beginnings are kept; 1 is the greedy search
 * @param power the exponent of the length in {@link BeamSearch}
 */
public record SearchConfig(int beam, float power) {
  private static final int MOST_BEAM = 1000;
  private static final SearchConfig DEFAULTS = new SearchConfig(4, 1);

  /** Checks the ranges. */
  public SearchConfig {
    if (beam < 1 || beam > MOST_BEAM) {
      throw new IllegalArgumentException("a beam of " + beam + ", expected 1 to " + MOST_BEAM);
    }
    new BeamSearch(beam, 1, power);
  }

  /** Returns the defaults: a beam of 4, ranked by the mean per symbol. */
  public static SearchConfig defaults() {
    return DEFAULTS;
  }

  /** Returns a copy with another beam. */
  public SearchConfig beam(int beam) {
    return new SearchConfig(beam, power);
  }
}
