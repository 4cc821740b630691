package io.github.rnnotator.segment;

/**
 * A range of a text.
 *
 * @param begin offset of its first character, in UTF-16 units, from 0
 * @param end offset after its last character; greater than {@code begin}
 */
public record Segment(int begin, int end) {
  /** Checks that the range is not empty. */
  public Segment {
    if (begin < 0 || end <= begin) {
      throw new IllegalArgumentException("segment " + begin + " to " + end + " is empty");
    }
  }
}
