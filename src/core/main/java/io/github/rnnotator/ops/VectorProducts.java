package io.github.rnnotator.ops;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * Matrix products on the Vector API: {@code C = start + op(A) B} with B in panels of two vectors.
 *
 * <p>A block of A is first copied to rows with a constant stride. A tile then keeps {@code height}
 * rows by two vectors of C in registers and walks down one panel of B: for every k two loads,
 * {@code height} broadcasts from one running address, and twice as many fused multiply-adds. Each
 * element of C is one fma chain over ascending k in every tile, so the bits do not depend on the
 * shape.
 *
 * <p>Remaining rows become a tile of the next larger height whose last rows are ignored, and a
 * single row is multiplied by two panels at a time: no shape has a slow tail.
 *
 * <p>Each sum goes through {@code one.fma(sum, none)}, which adds -0, before it is stored: the
 * compiler knows the class of {@code one}, but that of a loop variable only from a profile, which
 * may be missing; JDK 17 then allocates every sum, which is ten times slower. {@link VectorGates}
 * explains why {@code fma} and not {@code add}.
 */
final class VectorProducts {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = LANE.length();

  /** The columns of a panel of B. */
  static final int PANEL = 2 * LANES;

  /**
   * The rows of the tallest tile: 24 of 32 registers hold sums, or 12 of the 16 of processors with
   * narrower vectors.
   */
  private static final int TALL = LANES == 16 ? 12 : 6;

  /** The rows of A that stay in the L2 cache while all panels pass; a multiple of TALL. */
  private static final int ROW_BLOCK = 96;

  /** The rows of a panel that stay in cache while the tiles pass. */
  private static final int K_BLOCK = 512;

  /**
   * The stride of the copied rows of A: constant, so that one running address serves all rows of a
   * tile, and not a power of two, so that they map to different cache sets.
   */
  static final int A_STEP = K_BLOCK + 16;

  /** Initial sums of zero, for any row and column. */
  static final float[] ZEROS = new float[2 * PANEL];

  private final ScratchPool<float[]> scratch = ScratchPool.ofFloats();

  /**
   * {@code C = start + op(A) B}.
   *
   * @param a A begins at {@code aAt} and has the row stride {@code aStep}
   * @param transposed whether {@code op(A)} is the transpose of A
   * @param rows the rows of {@code op(A)} and of C
   * @param start the initial sums, in rows that begin at {@code startAt} with the stride {@code
   *     startStep} (0 repeats one row); may be {@code c}, or {@link #ZEROS}
   */
  void multiply(
      float[] a,
      int aAt,
      int aStep,
      boolean transposed,
      int rows,
      PanelMatrix b,
      float[] start,
      int startAt,
      int startStep,
      float[] c,
      int cAt) {
    int k = b.rows;
    int cols = b.cols;
    if (rows == 1 && !transposed) {
      row(a, aAt, b, start, startAt, c, cAt);
      return;
    }
    int edge = roundUp(Math.min(rows, ROW_BLOCK)) * A_STEP;
    float[] buffer = scratch.take(edge + TALL * PANEL);
    for (int i = 0; i < rows; i += ROW_BLOCK) {
      int height = Math.min(ROW_BLOCK, rows - i);
      int cRow = cAt + i * cols;
      int from = 0;
      do {
        int depth = Math.min(K_BLOCK, k - from);
        if (transposed) {
          copyColumns(a, aAt + from * aStep + i, aStep, height, depth, buffer);
        } else {
          for (int r = 0; r < height; r++) {
            System.arraycopy(a, aAt + (i + r) * aStep + from, buffer, r * A_STEP, depth);
          }
        }
        if (from == 0) {
          int startRow = startAt + i * startStep;
          panels(buffer, edge, height, from, depth, b, start, startRow, startStep, c, cRow);
        } else {
          panels(buffer, edge, height, from, depth, b, c, cRow, cols, c, cRow);
        }
        from += depth;
      } while (from < k);
    }
    scratch.giveBack(buffer);
  }

  /** The height of the next tile for this many remaining rows. */
  private static int tileHeight(int left) {
    if (TALL == 12 && left <= 8) {
      return left <= 4 ? 4 : 8;
    }
    return left <= 4 ? 4 : TALL;
  }

  /** The total rows of the tiles that cover this many rows. */
  private static int roundUp(int rows) {
    int rest = rows % TALL;
    return rest == 0 ? rows : rows - rest + tileHeight(rest);
  }

  /** Copies columns of A as rows, sixteen elements at a time. */
  private static void copyColumns(
      float[] a, int aAt, int aStep, int height, int depth, float[] buffer) {
    for (int from = 0; from < depth; from += 16) {
      int length = Math.min(16, depth - from);
      for (int r = 0; r < height; r++) {
        int to = r * A_STEP + from;
        int column = aAt + from * aStep + r;
        for (int k = 0; k < length; k++) {
          buffer[to + k] = a[column + k * aStep];
        }
      }
    }
  }

  /**
   * Adds the product of copied rows of A and rows {@code from..from+depth-1} of all panels of B.
   */
  private static void panels(
      float[] buffer,
      int edge,
      int height,
      int from,
      int depth,
      PanelMatrix b,
      float[] start,
      int startAt,
      int startStep,
      float[] c,
      int cAt) {
    int cols = b.cols;
    for (int j = 0; j < cols; j += PANEL) {
      int width = Math.min(PANEL, cols - j);
      int bAt = j * b.rows + from * PANEL;
      for (int i = 0; i < height; ) {
        int tile = tileHeight(height - i);
        int rows = Math.min(tile, height - i);
        int s = start == ZEROS ? 0 : startAt + i * startStep + j;
        int sStep = start == ZEROS ? 0 : startStep;
        int to = cAt + i * cols + j;
        if (rows == tile && width == PANEL) {
          tile(tile, buffer, i * A_STEP, depth, b.data, bAt, start, s, sStep, c, to, cols);
        } else {
          copy(start, s, sStep, buffer, edge, PANEL, rows, width);
          tile(
              tile,
              buffer,
              i * A_STEP,
              depth,
              b.data,
              bAt,
              buffer,
              edge,
              PANEL,
              buffer,
              edge,
              PANEL);
          copy(buffer, edge, PANEL, c, to, cols, rows, width);
        }
        i += tile;
      }
    }
  }

  private static void copy(
      float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int cols) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xAt + i * xStep, y, yAt + i * yStep, cols);
    }
  }

  private static void tile(
      int height,
      float[] a,
      int aAt,
      int k,
      float[] b,
      int bAt,
      float[] start,
      int startAt,
      int startStep,
      float[] c,
      int cAt,
      int cStep) {
    switch (height) {
      case 12 -> VectorTiles.tile12(a, aAt, k, b, bAt, start, startAt, startStep, c, cAt, cStep);
      case 8 -> VectorTiles.tile8(a, aAt, k, b, bAt, start, startAt, startStep, c, cAt, cStep);
      case 6 -> VectorTiles.tile6(a, aAt, k, b, bAt, start, startAt, startStep, c, cAt, cStep);
      default -> VectorTiles.tile4(a, aAt, k, b, bAt, start, startAt, startStep, c, cAt, cStep);
    }
    if (k % 2 == 1) {
      lastOfOdd(height, a, aAt + k - 1, b, bAt + (k - 1) * PANEL, c, cAt, cStep);
    }
  }

  /**
   * Adds the last row of an odd number, since the tiles walk down a panel two rows at a time. With
   * a branch inside the tile JDK 17 would not keep the sums in registers.
   */
  private static void lastOfOdd(
      int height, float[] a, int aAt, float[] b, int bAt, float[] c, int cAt, int cStep) {
    for (int r = 0; r < height; r++) {
      int at = cAt + r * cStep;
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + r * A_STEP]);
      e.fma(FloatVector.fromArray(LANE, b, bAt), FloatVector.fromArray(LANE, c, at))
          .intoArray(c, at);
      e.fma(FloatVector.fromArray(LANE, b, bAt + LANES), FloatVector.fromArray(LANE, c, at + LANES))
          .intoArray(c, at + LANES);
    }
  }

  /** Computes one row of C. */
  private void row(
      float[] a, int aAt, PanelMatrix b, float[] start, int startAt, float[] c, int cAt) {
    int k = b.rows;
    int cols = b.cols;
    int j = 0;
    for (; j + 2 * PANEL <= cols; j += 2 * PANEL) {
      int bAt = j * k;
      int s = start == ZEROS ? 0 : startAt + j;
      rowByTwo(a, aAt, k, b.data, bAt, bAt + k * PANEL, start, s, c, cAt + j);
    }
    if (j < cols) {
      float[] edge = scratch.take(2 * PANEL);
      System.arraycopy(start, start == ZEROS ? 0 : startAt + j, edge, 0, cols - j);
      int bAt = j * k;
      int last = cols - j <= PANEL ? bAt : bAt + k * PANEL;
      rowByTwo(a, aAt, k, b.data, bAt, last, edge, 0, edge, 0);
      System.arraycopy(edge, 0, c, cAt + j, cols - j);
      scratch.giveBack(edge);
    }
  }

  /** Computes one row of C in two panels. */
  private static void rowByTwo(
      float[] a,
      int aAt,
      int k,
      float[] b,
      int b0,
      int b1,
      float[] start,
      int startAt,
      float[] c,
      int cAt) {
    FloatVector x0 = FloatVector.fromArray(LANE, start, startAt);
    FloatVector y0 = FloatVector.fromArray(LANE, start, startAt + LANES);
    FloatVector x1 = FloatVector.fromArray(LANE, start, startAt + PANEL);
    FloatVector y1 = FloatVector.fromArray(LANE, start, startAt + PANEL + LANES);
    for (int at = 0; at < k; at++) {
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(FloatVector.fromArray(LANE, b, b0 + at * PANEL), x0);
      y0 = e.fma(FloatVector.fromArray(LANE, b, b0 + at * PANEL + LANES), y0);
      x1 = e.fma(FloatVector.fromArray(LANE, b, b1 + at * PANEL), x1);
      y1 = e.fma(FloatVector.fromArray(LANE, b, b1 + at * PANEL + LANES), y1);
    }
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    one.fma(x0, none).intoArray(c, cAt);
    one.fma(y0, none).intoArray(c, cAt + LANES);
    one.fma(x1, none).intoArray(c, cAt + PANEL);
    one.fma(y1, none).intoArray(c, cAt + PANEL + LANES);
  }
}
