package io.github.rnnotator.tagger.transducer;

/**
 * The lengths of the vectors of symbols.
 *
 * @param source of those of the source
 * @param target of those of the target
 */
public record SymbolVectors(int source, int target) {
  private static final int MOST = 1 << 14;
  private static final SymbolVectors DEFAULTS = new SymbolVectors(64, 64);

  /** Checks the ranges. */
  public SymbolVectors {
    if (source < 1 || source > MOST || target < 1 || target > MOST) {
      throw new IllegalArgumentException(
          "embed is {source: " + source + ", target: " + target + "}, expected 1 to " + MOST);
    }
  }

  /** Returns the defaults: 64 and 64. */
  public static SymbolVectors defaults() {
    return DEFAULTS;
  }
}
