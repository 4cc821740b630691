package io.github.rnnotator.train;

/** Derives a separate seed for every part of a run. */
public final class DerivedSeed {
  private DerivedSeed() {}

  /**
   * Returns a seed.
   *
   * @param seed of the run
   * @param a names the part, together with {@code b}
   */
  public static long of(long seed, long a, long b) {
    long z = seed * 0x9E3779B97F4A7C15L + a * 0xBF58476D1CE4E5B9L + b * 0x94D049BB133111EBL;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
