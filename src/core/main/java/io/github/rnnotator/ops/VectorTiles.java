package io.github.rnnotator.ops;

import static io.github.rnnotator.ops.VectorProducts.A_STEP;
import static io.github.rnnotator.ops.VectorProducts.PANEL;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;

/**
 * The inner loops of {@link VectorProducts}, one method per number of rows. Written by {@code
 * TileWriter}, not by hand.
 */
final class VectorTiles {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = LANE.length();

  private VectorTiles() {}

  /** Computes 12 rows of C in one panel. */
  static void tile12(
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
    FloatVector x0 = FloatVector.fromArray(LANE, start, startAt);
    FloatVector y0 = FloatVector.fromArray(LANE, start, startAt + LANES);
    FloatVector x1 = FloatVector.fromArray(LANE, start, startAt + startStep);
    FloatVector y1 = FloatVector.fromArray(LANE, start, startAt + startStep + LANES);
    FloatVector x2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep);
    FloatVector y2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep + LANES);
    FloatVector x3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep);
    FloatVector y3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep + LANES);
    FloatVector x4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep);
    FloatVector y4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep + LANES);
    FloatVector x5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep);
    FloatVector y5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep + LANES);
    FloatVector x6 = FloatVector.fromArray(LANE, start, startAt + 6 * startStep);
    FloatVector y6 = FloatVector.fromArray(LANE, start, startAt + 6 * startStep + LANES);
    FloatVector x7 = FloatVector.fromArray(LANE, start, startAt + 7 * startStep);
    FloatVector y7 = FloatVector.fromArray(LANE, start, startAt + 7 * startStep + LANES);
    FloatVector x8 = FloatVector.fromArray(LANE, start, startAt + 8 * startStep);
    FloatVector y8 = FloatVector.fromArray(LANE, start, startAt + 8 * startStep + LANES);
    FloatVector x9 = FloatVector.fromArray(LANE, start, startAt + 9 * startStep);
    FloatVector y9 = FloatVector.fromArray(LANE, start, startAt + 9 * startStep + LANES);
    FloatVector x10 = FloatVector.fromArray(LANE, start, startAt + 10 * startStep);
    FloatVector y10 = FloatVector.fromArray(LANE, start, startAt + 10 * startStep + LANES);
    FloatVector x11 = FloatVector.fromArray(LANE, start, startAt + 11 * startStep);
    FloatVector y11 = FloatVector.fromArray(LANE, start, startAt + 11 * startStep + LANES);
    for (int at = 0; at + 2 <= k; at += 2) {
      FloatVector bx0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector bx1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL);
      FloatVector by1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL + LANES);
      FloatVector e;
      e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx0, x0);
      y0 = e.fma(by0, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP]);
      x1 = e.fma(bx0, x1);
      y1 = e.fma(by0, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP]);
      x2 = e.fma(bx0, x2);
      y2 = e.fma(by0, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP]);
      x3 = e.fma(bx0, x3);
      y3 = e.fma(by0, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP]);
      x4 = e.fma(bx0, x4);
      y4 = e.fma(by0, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP]);
      x5 = e.fma(bx0, x5);
      y5 = e.fma(by0, y5);
      e = FloatVector.broadcast(LANE, a[aAt + at + 6 * A_STEP]);
      x6 = e.fma(bx0, x6);
      y6 = e.fma(by0, y6);
      e = FloatVector.broadcast(LANE, a[aAt + at + 7 * A_STEP]);
      x7 = e.fma(bx0, x7);
      y7 = e.fma(by0, y7);
      e = FloatVector.broadcast(LANE, a[aAt + at + 8 * A_STEP]);
      x8 = e.fma(bx0, x8);
      y8 = e.fma(by0, y8);
      e = FloatVector.broadcast(LANE, a[aAt + at + 9 * A_STEP]);
      x9 = e.fma(bx0, x9);
      y9 = e.fma(by0, y9);
      e = FloatVector.broadcast(LANE, a[aAt + at + 10 * A_STEP]);
      x10 = e.fma(bx0, x10);
      y10 = e.fma(by0, y10);
      e = FloatVector.broadcast(LANE, a[aAt + at + 11 * A_STEP]);
      x11 = e.fma(bx0, x11);
      y11 = e.fma(by0, y11);
      e = FloatVector.broadcast(LANE, a[aAt + at + 1]);
      x0 = e.fma(bx1, x0);
      y0 = e.fma(by1, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP + 1]);
      x1 = e.fma(bx1, x1);
      y1 = e.fma(by1, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP + 1]);
      x2 = e.fma(bx1, x2);
      y2 = e.fma(by1, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP + 1]);
      x3 = e.fma(bx1, x3);
      y3 = e.fma(by1, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP + 1]);
      x4 = e.fma(bx1, x4);
      y4 = e.fma(by1, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP + 1]);
      x5 = e.fma(bx1, x5);
      y5 = e.fma(by1, y5);
      e = FloatVector.broadcast(LANE, a[aAt + at + 6 * A_STEP + 1]);
      x6 = e.fma(bx1, x6);
      y6 = e.fma(by1, y6);
      e = FloatVector.broadcast(LANE, a[aAt + at + 7 * A_STEP + 1]);
      x7 = e.fma(bx1, x7);
      y7 = e.fma(by1, y7);
      e = FloatVector.broadcast(LANE, a[aAt + at + 8 * A_STEP + 1]);
      x8 = e.fma(bx1, x8);
      y8 = e.fma(by1, y8);
      e = FloatVector.broadcast(LANE, a[aAt + at + 9 * A_STEP + 1]);
      x9 = e.fma(bx1, x9);
      y9 = e.fma(by1, y9);
      e = FloatVector.broadcast(LANE, a[aAt + at + 10 * A_STEP + 1]);
      x10 = e.fma(bx1, x10);
      y10 = e.fma(by1, y10);
      e = FloatVector.broadcast(LANE, a[aAt + at + 11 * A_STEP + 1]);
      x11 = e.fma(bx1, x11);
      y11 = e.fma(by1, y11);
    }
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    one.fma(x0, none).intoArray(c, cAt);
    one.fma(y0, none).intoArray(c, cAt + LANES);
    one.fma(x1, none).intoArray(c, cAt + cStep);
    one.fma(y1, none).intoArray(c, cAt + cStep + LANES);
    one.fma(x2, none).intoArray(c, cAt + 2 * cStep);
    one.fma(y2, none).intoArray(c, cAt + 2 * cStep + LANES);
    one.fma(x3, none).intoArray(c, cAt + 3 * cStep);
    one.fma(y3, none).intoArray(c, cAt + 3 * cStep + LANES);
    one.fma(x4, none).intoArray(c, cAt + 4 * cStep);
    one.fma(y4, none).intoArray(c, cAt + 4 * cStep + LANES);
    one.fma(x5, none).intoArray(c, cAt + 5 * cStep);
    one.fma(y5, none).intoArray(c, cAt + 5 * cStep + LANES);
    one.fma(x6, none).intoArray(c, cAt + 6 * cStep);
    one.fma(y6, none).intoArray(c, cAt + 6 * cStep + LANES);
    one.fma(x7, none).intoArray(c, cAt + 7 * cStep);
    one.fma(y7, none).intoArray(c, cAt + 7 * cStep + LANES);
    one.fma(x8, none).intoArray(c, cAt + 8 * cStep);
    one.fma(y8, none).intoArray(c, cAt + 8 * cStep + LANES);
    one.fma(x9, none).intoArray(c, cAt + 9 * cStep);
    one.fma(y9, none).intoArray(c, cAt + 9 * cStep + LANES);
    one.fma(x10, none).intoArray(c, cAt + 10 * cStep);
    one.fma(y10, none).intoArray(c, cAt + 10 * cStep + LANES);
    one.fma(x11, none).intoArray(c, cAt + 11 * cStep);
    one.fma(y11, none).intoArray(c, cAt + 11 * cStep + LANES);
  }

  /** Computes 8 rows of C in one panel. */
  static void tile8(
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
    FloatVector x0 = FloatVector.fromArray(LANE, start, startAt);
    FloatVector y0 = FloatVector.fromArray(LANE, start, startAt + LANES);
    FloatVector x1 = FloatVector.fromArray(LANE, start, startAt + startStep);
    FloatVector y1 = FloatVector.fromArray(LANE, start, startAt + startStep + LANES);
    FloatVector x2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep);
    FloatVector y2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep + LANES);
    FloatVector x3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep);
    FloatVector y3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep + LANES);
    FloatVector x4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep);
    FloatVector y4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep + LANES);
    FloatVector x5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep);
    FloatVector y5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep + LANES);
    FloatVector x6 = FloatVector.fromArray(LANE, start, startAt + 6 * startStep);
    FloatVector y6 = FloatVector.fromArray(LANE, start, startAt + 6 * startStep + LANES);
    FloatVector x7 = FloatVector.fromArray(LANE, start, startAt + 7 * startStep);
    FloatVector y7 = FloatVector.fromArray(LANE, start, startAt + 7 * startStep + LANES);
    for (int at = 0; at + 2 <= k; at += 2) {
      FloatVector bx0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector bx1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL);
      FloatVector by1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL + LANES);
      FloatVector e;
      e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx0, x0);
      y0 = e.fma(by0, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP]);
      x1 = e.fma(bx0, x1);
      y1 = e.fma(by0, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP]);
      x2 = e.fma(bx0, x2);
      y2 = e.fma(by0, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP]);
      x3 = e.fma(bx0, x3);
      y3 = e.fma(by0, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP]);
      x4 = e.fma(bx0, x4);
      y4 = e.fma(by0, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP]);
      x5 = e.fma(bx0, x5);
      y5 = e.fma(by0, y5);
      e = FloatVector.broadcast(LANE, a[aAt + at + 6 * A_STEP]);
      x6 = e.fma(bx0, x6);
      y6 = e.fma(by0, y6);
      e = FloatVector.broadcast(LANE, a[aAt + at + 7 * A_STEP]);
      x7 = e.fma(bx0, x7);
      y7 = e.fma(by0, y7);
      e = FloatVector.broadcast(LANE, a[aAt + at + 1]);
      x0 = e.fma(bx1, x0);
      y0 = e.fma(by1, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP + 1]);
      x1 = e.fma(bx1, x1);
      y1 = e.fma(by1, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP + 1]);
      x2 = e.fma(bx1, x2);
      y2 = e.fma(by1, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP + 1]);
      x3 = e.fma(bx1, x3);
      y3 = e.fma(by1, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP + 1]);
      x4 = e.fma(bx1, x4);
      y4 = e.fma(by1, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP + 1]);
      x5 = e.fma(bx1, x5);
      y5 = e.fma(by1, y5);
      e = FloatVector.broadcast(LANE, a[aAt + at + 6 * A_STEP + 1]);
      x6 = e.fma(bx1, x6);
      y6 = e.fma(by1, y6);
      e = FloatVector.broadcast(LANE, a[aAt + at + 7 * A_STEP + 1]);
      x7 = e.fma(bx1, x7);
      y7 = e.fma(by1, y7);
    }
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    one.fma(x0, none).intoArray(c, cAt);
    one.fma(y0, none).intoArray(c, cAt + LANES);
    one.fma(x1, none).intoArray(c, cAt + cStep);
    one.fma(y1, none).intoArray(c, cAt + cStep + LANES);
    one.fma(x2, none).intoArray(c, cAt + 2 * cStep);
    one.fma(y2, none).intoArray(c, cAt + 2 * cStep + LANES);
    one.fma(x3, none).intoArray(c, cAt + 3 * cStep);
    one.fma(y3, none).intoArray(c, cAt + 3 * cStep + LANES);
    one.fma(x4, none).intoArray(c, cAt + 4 * cStep);
    one.fma(y4, none).intoArray(c, cAt + 4 * cStep + LANES);
    one.fma(x5, none).intoArray(c, cAt + 5 * cStep);
    one.fma(y5, none).intoArray(c, cAt + 5 * cStep + LANES);
    one.fma(x6, none).intoArray(c, cAt + 6 * cStep);
    one.fma(y6, none).intoArray(c, cAt + 6 * cStep + LANES);
    one.fma(x7, none).intoArray(c, cAt + 7 * cStep);
    one.fma(y7, none).intoArray(c, cAt + 7 * cStep + LANES);
  }

  /** Computes 6 rows of C in one panel. */
  static void tile6(
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
    FloatVector x0 = FloatVector.fromArray(LANE, start, startAt);
    FloatVector y0 = FloatVector.fromArray(LANE, start, startAt + LANES);
    FloatVector x1 = FloatVector.fromArray(LANE, start, startAt + startStep);
    FloatVector y1 = FloatVector.fromArray(LANE, start, startAt + startStep + LANES);
    FloatVector x2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep);
    FloatVector y2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep + LANES);
    FloatVector x3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep);
    FloatVector y3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep + LANES);
    FloatVector x4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep);
    FloatVector y4 = FloatVector.fromArray(LANE, start, startAt + 4 * startStep + LANES);
    FloatVector x5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep);
    FloatVector y5 = FloatVector.fromArray(LANE, start, startAt + 5 * startStep + LANES);
    for (int at = 0; at + 2 <= k; at += 2) {
      FloatVector bx0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector bx1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL);
      FloatVector by1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL + LANES);
      FloatVector e;
      e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx0, x0);
      y0 = e.fma(by0, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP]);
      x1 = e.fma(bx0, x1);
      y1 = e.fma(by0, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP]);
      x2 = e.fma(bx0, x2);
      y2 = e.fma(by0, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP]);
      x3 = e.fma(bx0, x3);
      y3 = e.fma(by0, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP]);
      x4 = e.fma(bx0, x4);
      y4 = e.fma(by0, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP]);
      x5 = e.fma(bx0, x5);
      y5 = e.fma(by0, y5);
      e = FloatVector.broadcast(LANE, a[aAt + at + 1]);
      x0 = e.fma(bx1, x0);
      y0 = e.fma(by1, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP + 1]);
      x1 = e.fma(bx1, x1);
      y1 = e.fma(by1, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP + 1]);
      x2 = e.fma(bx1, x2);
      y2 = e.fma(by1, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP + 1]);
      x3 = e.fma(bx1, x3);
      y3 = e.fma(by1, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 4 * A_STEP + 1]);
      x4 = e.fma(bx1, x4);
      y4 = e.fma(by1, y4);
      e = FloatVector.broadcast(LANE, a[aAt + at + 5 * A_STEP + 1]);
      x5 = e.fma(bx1, x5);
      y5 = e.fma(by1, y5);
    }
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    one.fma(x0, none).intoArray(c, cAt);
    one.fma(y0, none).intoArray(c, cAt + LANES);
    one.fma(x1, none).intoArray(c, cAt + cStep);
    one.fma(y1, none).intoArray(c, cAt + cStep + LANES);
    one.fma(x2, none).intoArray(c, cAt + 2 * cStep);
    one.fma(y2, none).intoArray(c, cAt + 2 * cStep + LANES);
    one.fma(x3, none).intoArray(c, cAt + 3 * cStep);
    one.fma(y3, none).intoArray(c, cAt + 3 * cStep + LANES);
    one.fma(x4, none).intoArray(c, cAt + 4 * cStep);
    one.fma(y4, none).intoArray(c, cAt + 4 * cStep + LANES);
    one.fma(x5, none).intoArray(c, cAt + 5 * cStep);
    one.fma(y5, none).intoArray(c, cAt + 5 * cStep + LANES);
  }

  /** Computes 4 rows of C in one panel. */
  static void tile4(
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
    FloatVector x0 = FloatVector.fromArray(LANE, start, startAt);
    FloatVector y0 = FloatVector.fromArray(LANE, start, startAt + LANES);
    FloatVector x1 = FloatVector.fromArray(LANE, start, startAt + startStep);
    FloatVector y1 = FloatVector.fromArray(LANE, start, startAt + startStep + LANES);
    FloatVector x2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep);
    FloatVector y2 = FloatVector.fromArray(LANE, start, startAt + 2 * startStep + LANES);
    FloatVector x3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep);
    FloatVector y3 = FloatVector.fromArray(LANE, start, startAt + 3 * startStep + LANES);
    for (int at = 0; at + 2 <= k; at += 2) {
      FloatVector bx0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by0 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector bx1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL);
      FloatVector by1 = FloatVector.fromArray(LANE, b, bAt + at * PANEL + PANEL + LANES);
      FloatVector e;
      e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx0, x0);
      y0 = e.fma(by0, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP]);
      x1 = e.fma(bx0, x1);
      y1 = e.fma(by0, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP]);
      x2 = e.fma(bx0, x2);
      y2 = e.fma(by0, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP]);
      x3 = e.fma(bx0, x3);
      y3 = e.fma(by0, y3);
      e = FloatVector.broadcast(LANE, a[aAt + at + 1]);
      x0 = e.fma(bx1, x0);
      y0 = e.fma(by1, y0);
      e = FloatVector.broadcast(LANE, a[aAt + at + A_STEP + 1]);
      x1 = e.fma(bx1, x1);
      y1 = e.fma(by1, y1);
      e = FloatVector.broadcast(LANE, a[aAt + at + 2 * A_STEP + 1]);
      x2 = e.fma(bx1, x2);
      y2 = e.fma(by1, y2);
      e = FloatVector.broadcast(LANE, a[aAt + at + 3 * A_STEP + 1]);
      x3 = e.fma(bx1, x3);
      y3 = e.fma(by1, y3);
    }
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    one.fma(x0, none).intoArray(c, cAt);
    one.fma(y0, none).intoArray(c, cAt + LANES);
    one.fma(x1, none).intoArray(c, cAt + cStep);
    one.fma(y1, none).intoArray(c, cAt + cStep + LANES);
    one.fma(x2, none).intoArray(c, cAt + 2 * cStep);
    one.fma(y2, none).intoArray(c, cAt + 2 * cStep + LANES);
    one.fma(x3, none).intoArray(c, cAt + 3 * cStep);
    one.fma(y3, none).intoArray(c, cAt + 3 * cStep + LANES);
  }
}
