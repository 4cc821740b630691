package io.github.rnnotator.embed;

/** Range checks of settings, with errors that name the setting. */
final class Checks {
  private Checks() {}

  static void atLeastOne(String key, int value) {
    if (value < 1) {
      throw new IllegalArgumentException(key + " is " + value + ", expected at least 1");
    }
  }

  static void notNegative(String key, int value) {
    if (value < 0) {
      throw new IllegalArgumentException(key + " is " + value + ", expected 0 or more");
    }
  }

  static void share(String key, float value) {
    if (!(value >= 0 && value <= 1)) {
      throw new IllegalArgumentException(key + " is " + value + ", expected 0 to 1");
    }
  }
}
