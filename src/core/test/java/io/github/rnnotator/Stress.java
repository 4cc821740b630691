package io.github.rnnotator;

/**
 * How much a test tries: a sample in the default run, everything in the profile {@code stress}.
 * Tests that only that profile runs have the tag {@code stress}.
 */
public final class Stress {
  /** Whether this is a run of the profile {@code stress}. */
  public static final boolean ON = Boolean.getBoolean("stress");

  private Stress() {}

  /** Returns the first number in the default run and the second one in the profile. */
  public static int choose(int sample, int whole) {
    return ON ? whole : sample;
  }
}
