package io.github.rnnotator.nn.seq2seq;

/**
 * A source and its target as ids, for training. Not copied.
 *
 * @param target ids above {@link EncoderDecoder#BOUNDARY}; may be empty
 */
public record IdPair(IdSource source, int[] target) {
  /** A pair whose target is not copied from its source. */
  public IdPair(int[] source, int[] target) {
    this(new IdSource(source), target);
  }

  /** The number of places in the source times those in the target, with that before the first. */
  int nodes() {
    return Math.multiplyExact(source.length(), target.length + 1);
  }
}
