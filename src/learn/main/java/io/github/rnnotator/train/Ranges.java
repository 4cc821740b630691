package io.github.rnnotator.train;

/** Checks the settings of {@code train}, with messages that name the key. */
final class Ranges {
  private Ranges() {}

  static void range(String key, int value, int least, int most) {
    if (value < least || value > most) {
      throw new IllegalArgumentException(
          "train."
              + key
              + " is "
              + value
              + ", expected "
              + least
              + (most < Integer.MAX_VALUE ? " to " + most : " or more"));
    }
  }

  static void fraction(String key, double value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException("train." + key + " is " + value + ", expected 0 to 1");
    }
  }

  static void belowOne(String key, double value) {
    if (!(value >= 0 && value < 1)) {
      throw new IllegalArgumentException(
          "train." + key + " is " + value + ", expected 0 or more and less than 1");
    }
  }

  static void check(String key, float value, boolean valid, String expected) {
    if (!valid) {
      throw new IllegalArgumentException(
          "train." + key + " is " + value + ", expected " + expected);
    }
  }
}
