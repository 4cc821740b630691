package io.github.rnnotator.tagger.transducer;

/**
 * The format of the training files: a source, a tab and a target per line.
 *
 * @param format {@code pairs}
 * @param source what a source is cut into
 * @param target what a target is cut into
 * @param language ISO 639 code of the sources
 */
public record PairFormat(String format, Unit source, Unit target, String language) {
  /** The name of the format. */
  public static final String PAIRS = "pairs";

  private static final PairFormat DEFAULTS =
      new PairFormat(PAIRS, Unit.CHARACTERS, Unit.CHARACTERS, "en");

  /** Checks the name of the format. */
  public PairFormat {
    if (!format.equals(PAIRS)) {
      throw new IllegalArgumentException("input.format is " + format + ", expected " + PAIRS);
    }
  }

  /** Returns the defaults: characters to characters, English. */
  public static PairFormat defaults() {
    return DEFAULTS;
  }

  /** Returns a copy that cuts sources and targets into other symbols. */
  public PairFormat units(Unit source, Unit target) {
    return new PairFormat(format, source, target, language);
  }
}
