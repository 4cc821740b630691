package io.github.rnnotator.tagger.pass;

/**
 * How much of the heap a tagger takes for what makes it faster. A text of any length is tagged in
 * 64 MB with a small model; where there is more, batches and caches are as large as they are
 * useful. The tags do not depend on it.
 *
 * @param heap the greatest size of the heap in bytes
 */
public record HeapShare(long heap) {
  /** Larger batches are not faster. */
  private static final int MOST_TOKENS = 2048;

  private static final int LEAST_TOKENS = 128;

  /** A token has some kilobytes of buffers, in the two networks of each of several threads. */
  private static final int BYTES_PER_TOKEN = 1 << 18;

  /** Holds 7,168 words for an LSTM of 128. */
  private static final int MOST_CACHED = 28 << 20;

  private static final int CACHED_SHARE = 16;

  /** Returns the share of this JVM's heap. */
  public static HeapShare ofThisJvm() {
    return new HeapShare(Runtime.getRuntime().maxMemory());
  }

  /** The number of tokens of a batch. */
  public int batchTokens() {
    return (int) Math.max(LEAST_TOKENS, Math.min(MOST_TOKENS, heap / BYTES_PER_TOKEN));
  }

  /** The bytes of cached projections of words. */
  public int cachedBytes() {
    return (int) Math.min(MOST_CACHED, heap / CACHED_SHARE);
  }
}
