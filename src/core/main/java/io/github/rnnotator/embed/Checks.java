package io.github.rnnotator.embed;

/** Range checks of settings, with errors that name the setting. */
final class Checks {
  private Checks() {}

  /** Longer vectors are a slip: no network has them, and sizes multiply. */
  static final int LONGEST_VECTOR = 1 << 14;

  /** Wider windows are a slip: no word is as long. */
  static final int WIDEST_WINDOW = 1023;

  static void atLeastOne(String key, int value) {
    range(key, value, 1, Integer.MAX_VALUE);
  }

  static void notNegative(String key, int value) {
    range(key, value, 0, Integer.MAX_VALUE);
  }

  static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          key
              + " is "
              + value
              + ", expected "
              + (most < Integer.MAX_VALUE
                  ? least + " to " + most
                  : least == 0 ? "0 or more" : "at least " + least));
    }
  }

  static void fraction(String key, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(key + " is " + value + ", expected 0 to 1");
    }
  }
}
