package io.github.rnnotator.report;

/**
 * The place of a value in the report's JSON, as a JSON pointer (RFC 6901). Every figure of the HTML
 * carries its own, so that it can be looked up, and so that a test can compare them all.
 */
record Pointer(String text) {
  static final Pointer ROOT = new Pointer("");

  /** Returns the value under this key. */
  Pointer at(String key) {
    return new Pointer(text + "/" + key);
  }

  /** Returns the value with this index. */
  Pointer at(int index) {
    return new Pointer(text + "/" + index);
  }
}
