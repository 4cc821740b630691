package io.github.rnnotator.text;

/**
 * A range of consecutive tokens in a sentence.
 *
 * @param begin index of its first token, from 0
 * @param end index after its last token; greater than {@code begin}
 */
public record Span(int begin, int end) implements Comparable<Span> {
  /** Checks that the span holds at least one token. */
  public Span {
    if (begin < 0 || end <= begin) {
      throw new IllegalArgumentException("span " + begin + " to " + end + " holds no token");
    }
  }

  /** The number of tokens. */
  public int size() {
    return end - begin;
  }

  @Override
  public int compareTo(Span other) {
    return begin != other.begin
        ? Integer.compare(begin, other.begin)
        : Integer.compare(end, other.end);
  }
}
