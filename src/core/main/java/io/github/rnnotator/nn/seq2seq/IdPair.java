package io.github.rnnotator.nn.seq2seq;

/**
 * A source and its target as ids, for training. Not copied.
 *
 * @param source at least one id
 * @param target ids above {@link EncoderDecoder#BOUNDARY}; may be empty
 */
public record IdPair(int[] source, int[] target) {
  /** Checks that there is a source. */
  public IdPair {
    if (source.length == 0) {
      throw new IllegalArgumentException("a source without symbols, expected at least 1");
    }
  }

  /** The number of places in the source times those in the target, with that before the first. */
  int nodes() {
    return Math.multiplyExact(source.length, target.length + 1);
  }
}
