package io.github.rnnotator.nn.seq2seq;

/**
 * A source as ids. Not copied.
 *
 * @param ids at least one
 * @param copies what copying each position writes, for a decoder that copies: a target id, {@link
 *     EncoderDecoder#BOUNDARY} for the end, or an id from the number of target ids on for a symbol
 *     that the target vocabulary lacks; empty without copying
 */
public record IdSource(int[] ids, int[] copies) {
  /** Checks that there is an id, and that each has its copy if any has. */
  public IdSource {
    if (ids.length == 0) {
      throw new IllegalArgumentException("a source without symbols, expected at least 1");
    }
    if (copies.length != 0 && copies.length != ids.length) {
      throw new IllegalArgumentException(
          copies.length + " copies of " + ids.length + " ids, expected one each or none");
    }
  }

  /** A source of which nothing is copied. */
  public IdSource(int[] ids) {
    this(ids, new int[0]);
  }

  /** The number of ids. */
  public int length() {
    return ids.length;
  }
}
