package io.github.rnnotator.nn;

import java.util.Arrays;

/**
 * Lays out sequences of different lengths in one matrix without padding: sorted by length, longest
 * first, and time-major. The rows of timestep {@code t} are the first {@link #active active(t)}
 * sequences, starting at row {@link #offset offset(t)}. Immutable.
 *
 * <p>A sequence is identified by its index in the caller's order; its <em>rank</em> is its position
 * in the sorted order.
 */
public final class Packing {
  private final int[] lengths;
  private final int[] rankOf;
  private final int[] sequenceAt;
  private final int[] offsets;

  private Packing(int[] lengths, int[] rankOf, int[] sequenceAt, int[] offsets) {
    this.lengths = lengths;
    this.rankOf = rankOf;
    this.sequenceAt = sequenceAt;
    this.offsets = offsets;
  }

  /**
   * Packs sequences of these lengths.
   *
   * @param lengths the length of each sequence in the caller's order, at least 1
   */
  public static Packing of(int... lengths) {
    int n = lengths.length;
    long[] keys = new long[n];
    int longest = 0;
    for (int i = 0; i < n; i++) {
      if (lengths[i] < 1) {
        throw new IllegalArgumentException(
            "sequence " + i + " has length " + lengths[i] + ", expected at least 1");
      }
      longest = Math.max(longest, lengths[i]);
      keys[i] = ((long) (Integer.MAX_VALUE - lengths[i]) << 32) | i;
    }
    Arrays.sort(keys);
    int[] rankOf = new int[n];
    int[] sequenceAt = new int[n];
    int[] offsets = new int[longest + 1];
    for (int rank = 0; rank < n; rank++) {
      int sequence = (int) keys[rank];
      sequenceAt[rank] = sequence;
      rankOf[sequence] = rank;
      for (int t = 0; t < lengths[sequence]; t++) {
        offsets[t + 1]++;
      }
    }
    for (int t = 0; t < longest; t++) {
      offsets[t + 1] += offsets[t];
    }
    return new Packing(lengths.clone(), rankOf, sequenceAt, offsets);
  }

  /** Returns the packing of one state per sequence, at the row of its rank. */
  public Packing lastStates() {
    int[] ones = new int[lengths.length];
    Arrays.fill(ones, 1);
    return new Packing(ones, rankOf, sequenceAt, new int[] {0, lengths.length});
  }

  /** Returns the packing of {@code timesteps} rows for each sequence, in the same ranks. */
  Packing repeated(int timesteps) {
    int[] same = new int[lengths.length];
    Arrays.fill(same, timesteps);
    int[] starts = new int[timesteps + 1];
    Arrays.setAll(starts, t -> t * lengths.length);
    return new Packing(same, rankOf, sequenceAt, starts);
  }

  /** The number of sequences. */
  public int sequences() {
    return lengths.length;
  }

  /** The number of rows: the sum of all lengths. */
  public int tokens() {
    return offsets[offsets.length - 1];
  }

  /** The length of the longest sequence. */
  public int timesteps() {
    return offsets.length - 1;
  }

  /** The number of sequences longer than {@code t}; 0 past the end. */
  public int active(int t) {
    return t < timesteps() ? offsets[t + 1] - offsets[t] : 0;
  }

  /** The first row of timestep {@code t}. */
  public int offset(int t) {
    return offsets[t];
  }

  /** The length of a sequence, by its index in the caller's order. */
  public int length(int sequence) {
    return lengths[sequence];
  }

  /** The position of a sequence in the sorted order. */
  public int rank(int sequence) {
    return rankOf[sequence];
  }

  /** The sequence at a position of the sorted order. */
  public int sequenceAt(int rank) {
    return sequenceAt[rank];
  }

  /** The row of timestep {@code t} of a sequence. */
  public int row(int sequence, int t) {
    return offsets[t] + rankOf[sequence];
  }
}
