package io.github.rnnotator.eval.significance;

import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.function.ObjLongConsumer;

/**
 * Units that a {@link Bootstrap} resamples or a {@link Randomization} relabels, usually sentences,
 * each a row of counts. Equal rows are kept once with their number, so that memory grows with the
 * kinds of sentences and not with the sentences. Not thread-safe.
 */
public final class ResamplingUnits {
  private record Row(long[] counts) {
    @Override
    public boolean equals(Object other) {
      return other instanceof Row row && Arrays.equals(counts, row.counts);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(counts);
    }
  }

  private static final class Times {
    private int times;
  }

  private final int width;
  private final long[] sums;
  private final Map<Row, Times> rows = new LinkedHashMap<>();
  private int size;

  /**
   * Creates an object without units.
   *
   * @param width the counts of each row
   */
  public ResamplingUnits(int width) {
    this.width = width;
    this.sums = new long[width];
  }

  /**
   * Creates an object with these units.
   *
   * @param counts {@code [units x counts]}: at least one row, all of one length; copied
   * @throws IllegalArgumentException if rows are missing or differ in length
   */
  public static ResamplingUnits of(long[][] counts) {
    if (counts.length == 0) {
      throw new IllegalArgumentException("no units to draw from");
    }
    ResamplingUnits units = new ResamplingUnits(counts[0].length);
    for (long[] row : counts) {
      units.add(row);
    }
    return units;
  }

  /**
   * Adds a unit.
   *
   * @param counts copied
   * @throws IllegalArgumentException if its length differs from the others
   */
  public void add(long... counts) {
    if (counts.length != width) {
      throw new IllegalArgumentException(
          "row " + size + " has " + counts.length + " counts, expected " + width);
    }
    size = Math.incrementExact(size);
    for (int i = 0; i < width; i++) {
      sums[i] += counts[i];
    }
    rows.computeIfAbsent(new Row(counts.clone()), row -> new Times()).times++;
  }

  /** Returns the number of units. */
  public int size() {
    return size;
  }

  /** Returns the counts of each row. */
  public int width() {
    return width;
  }

  /** Returns the sum of all rows; a copy. */
  public long[] sums() {
    return sums.clone();
  }

  /** Iterates over the distinct rows and how often each occurs. */
  void forEach(ObjLongConsumer<long[]> action) {
    rows.forEach((row, times) -> action.accept(row.counts, times.times));
  }

  /** Returns a sampler of the units as they are now. */
  Sampler sampler() {
    if (size == 0) {
      throw new IllegalArgumentException("no units to draw from");
    }
    return new Sampler();
  }

  /**
   * Draws units with replacement, each with the same probability, by Walker's alias method in whole
   * numbers (Vose, A linear algorithm for generating random numbers with a given distribution,
   * 1991): each of the rows has a slot of {@code size} parts, some its own and the rest of one
   * other row.
   */
  final class Sampler {
    private final long[] counts = new long[Math.multiplyExact(rows.size(), width)];

    /** How many parts of a slot are its own row's, and the row that has the rest. */
    private final int[] own = new int[rows.size()];

    private final int[] other = new int[rows.size()];

    Sampler() {
      int slots = own.length;
      long[] parts = new long[slots];
      Deque<Integer> poor = new ArrayDeque<>();
      Deque<Integer> rich = new ArrayDeque<>();
      int slot = 0;
      for (Map.Entry<Row, Times> row : rows.entrySet()) {
        System.arraycopy(row.getKey().counts, 0, counts, slot * width, width);
        parts[slot] = (long) row.getValue().times * slots;
        (parts[slot] < size ? poor : rich).add(slot);
        slot++;
      }
      while (!poor.isEmpty()) {
        int filled = poor.removeFirst();
        int giver = rich.getFirst();
        own[filled] = (int) parts[filled];
        other[filled] = giver;
        parts[giver] -= size - parts[filled];
        if (parts[giver] < size) {
          poor.add(rich.removeFirst());
        }
      }
      for (int full : rich) {
        own[full] = size;
        other[full] = full;
      }
    }

    int slots() {
      return own.length;
    }

    /** The row that has this part of this slot. */
    int row(int slot, int part) {
      return part < own[slot] ? slot : other[slot];
    }

    long count(int row, int column) {
      return counts[row * width + column];
    }

    /** Draws as many units as there are and adds up their rows. */
    void draw(SplittableRandom random, long[] into) {
      Arrays.fill(into, 0);
      for (int i = 0; i < size; i++) {
        long bits = random.nextLong();
        int row = row(below(own.length, bits >>> 32), below(size, bits & 0xFFFF_FFFFL)) * width;
        for (int column = 0; column < width; column++) {
          into[column] += counts[row + column];
        }
      }
    }

    /** Returns a number from 0 to {@code bound - 1} for 32 random bits. */
    private static int below(int bound, long bits) {
      return (int) ((bits * bound) >>> 32);
    }
  }
}
