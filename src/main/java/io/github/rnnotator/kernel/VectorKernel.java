package io.github.rnnotator.kernel;

import static io.github.rnnotator.kernel.Approximation.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.FMatrixRMaj;

/**
 * The kernel on {@code jdk.incubator.vector}, as wide as the processor's registers. It does in
 * every lane what {@link PlainKernel} does for an element, so the results are the same to the bit.
 *
 * <p>Vectors are passed to no method of our own: where the compiler does not inline such a call, it
 * allocates every vector, which costs a factor of 100.
 *
 * <p>A product keeps six rows by two vectors of C in registers and walks down a panel of B, which
 * is two vectors wide: for every k two loads, six broadcasts and twelve fused multiply-adds.
 */
final class VectorKernel implements Kernel {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = LANE.length();
  private static final int PANEL = 2 * LANES;

  /** The rows of A that stay in the second cache while all panels pass, a multiple of six. */
  private static final int ROW_BLOCK = 96;

  /** The rows of a panel that stay in a near cache while the rows of A pass. */
  private static final int K_BLOCK = 512;

  /** Does what is left where a vector does not fit. */
  private final PlainKernel plain = new PlainKernel(true);

  @Override
  public String name() {
    return "vector-" + LANE.vectorBitSize();
  }

  // ---- Matrix products -------------------------------------------------------------------------

  @Override
  public void pack(FMatrixRMaj b, boolean transpose, PackedMatrix out) {
    PlainKernel.packPanels(b, transpose, PANEL, PANEL, out);
  }

  @Override
  public void multiply(
      FMatrixRMaj a,
      int aRow,
      int rows,
      PackedMatrix b,
      FMatrixRMaj c,
      int cRow,
      boolean accumulate) {
    Shapes.multiply(a, aRow, rows, b, PANEL, c, cRow);
    int k = b.rows;
    float[] edge = newEdge(b);
    for (int i = 0; i < rows; i += ROW_BLOCK) {
      int height = Math.min(ROW_BLOCK, rows - i);
      int from = 0;
      do {
        int depth = Math.min(K_BLOCK, k - from);
        panels(
            a.data,
            (aRow + i) * k + from,
            k,
            height,
            from,
            depth,
            b,
            c.data,
            (cRow + i) * b.cols,
            accumulate || from > 0,
            edge);
        from += depth;
      } while (from < k);
    }
  }

  @Override
  public void multiplyTransposed(FMatrixRMaj a, PackedMatrix b, FMatrixRMaj c, boolean accumulate) {
    Shapes.multiplyTransposed(a, b, PANEL, c);
    int k = b.rows;
    int rows = a.numCols;
    float[] edge = newEdge(b);
    float[] block = new float[Math.min(ROW_BLOCK, rows) * Math.min(K_BLOCK, k)];
    for (int i = 0; i < rows; i += ROW_BLOCK) {
      int height = Math.min(ROW_BLOCK, rows - i);
      int from = 0;
      do {
        int depth = Math.min(K_BLOCK, k - from);
        transpose(a.data, from * rows + i, rows, height, depth, block);
        panels(
            block,
            0,
            depth,
            height,
            from,
            depth,
            b,
            c.data,
            i * b.cols,
            accumulate || from > 0,
            edge);
        from += depth;
      } while (from < k);
    }
  }

  /** Room for the tile at the right edge of C, where the last panel is wider than what is left. */
  private static float[] newEdge(PackedMatrix b) {
    return new float[b.cols % PANEL == 0 ? 0 : 6 * PANEL];
  }

  /** {@code out [height x depth]} from {@code depth} rows of A, sixteen of them at a time. */
  private static void transpose(float[] a, int aAt, int aStep, int height, int depth, float[] out) {
    for (int from = 0; from < depth; from += 16) {
      int end = Math.min(from + 16, depth);
      for (int i = 0; i < height; i++) {
        for (int k = from; k < end; k++) {
          out[i * depth + k] = a[aAt + k * aStep + i];
        }
      }
    }
  }

  /** Adds {@code height} rows of A by rows {@code from..from+depth-1} of all panels of B. */
  private static void panels(
      float[] a,
      int aAt,
      int aStep,
      int height,
      int from,
      int depth,
      PackedMatrix b,
      float[] c,
      int cAt,
      boolean accumulate,
      float[] edge) {
    int cols = b.cols;
    int j = 0;
    for (; j + PANEL <= cols; j += PANEL) {
      int bAt = j * b.rows + from * PANEL;
      panel(a, aAt, aStep, height, depth, b.data, bAt, c, cAt + j, cols, accumulate);
    }
    if (j < cols) {
      int bAt = j * b.rows + from * PANEL;
      for (int i = 0; i < height; i += 6) {
        int rows = Math.min(6, height - i);
        int at = cAt + i * cols + j;
        if (accumulate) {
          copy(c, at, cols, edge, 0, PANEL, rows, cols - j);
        }
        panel(a, aAt + i * aStep, aStep, rows, depth, b.data, bAt, edge, 0, PANEL, accumulate);
        copy(edge, 0, PANEL, c, at, cols, rows, cols - j);
      }
    }
  }

  private static void copy(
      float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int rows, int cols) {
    for (int i = 0; i < rows; i++) {
      System.arraycopy(x, xAt + i * xStep, y, yAt + i * yStep, cols);
    }
  }

  private static void panel(
      float[] a,
      int aAt,
      int aStep,
      int rows,
      int k,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStep,
      boolean accumulate) {
    int i = 0;
    for (; i + 6 <= rows; i += 6) {
      tile6(a, aAt + i * aStep, aStep, k, b, bAt, c, cAt + i * cStep, cStep, accumulate);
    }
    if (i + 4 <= rows) {
      tile4(a, aAt + i * aStep, aStep, k, b, bAt, c, cAt + i * cStep, cStep, accumulate);
      i += 4;
    }
    if (i + 2 <= rows) {
      tile2(a, aAt + i * aStep, aStep, k, b, bAt, c, cAt + i * cStep, cStep, accumulate);
      i += 2;
    }
    if (i < rows) {
      tile1(a, aAt + i * aStep, k, b, bAt, c, cAt + i * cStep, accumulate);
    }
  }

  /** Six rows of C in one panel. */
  private static void tile6(
      float[] a,
      int aAt,
      int aStep,
      int k,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStep,
      boolean accumulate) {
    FloatVector x0 = FloatVector.zero(LANE);
    FloatVector y0 = FloatVector.zero(LANE);
    FloatVector x1 = FloatVector.zero(LANE);
    FloatVector y1 = FloatVector.zero(LANE);
    FloatVector x2 = FloatVector.zero(LANE);
    FloatVector y2 = FloatVector.zero(LANE);
    FloatVector x3 = FloatVector.zero(LANE);
    FloatVector y3 = FloatVector.zero(LANE);
    FloatVector x4 = FloatVector.zero(LANE);
    FloatVector y4 = FloatVector.zero(LANE);
    FloatVector x5 = FloatVector.zero(LANE);
    FloatVector y5 = FloatVector.zero(LANE);
    if (accumulate) {
      x0 = FloatVector.fromArray(LANE, c, cAt);
      y0 = FloatVector.fromArray(LANE, c, cAt + LANES);
      x1 = FloatVector.fromArray(LANE, c, cAt + cStep);
      y1 = FloatVector.fromArray(LANE, c, cAt + cStep + LANES);
      x2 = FloatVector.fromArray(LANE, c, cAt + 2 * cStep);
      y2 = FloatVector.fromArray(LANE, c, cAt + 2 * cStep + LANES);
      x3 = FloatVector.fromArray(LANE, c, cAt + 3 * cStep);
      y3 = FloatVector.fromArray(LANE, c, cAt + 3 * cStep + LANES);
      x4 = FloatVector.fromArray(LANE, c, cAt + 4 * cStep);
      y4 = FloatVector.fromArray(LANE, c, cAt + 4 * cStep + LANES);
      x5 = FloatVector.fromArray(LANE, c, cAt + 5 * cStep);
      y5 = FloatVector.fromArray(LANE, c, cAt + 5 * cStep + LANES);
    }
    int a1 = aAt + aStep;
    int a2 = aAt + 2 * aStep;
    int a3 = aAt + 3 * aStep;
    int a4 = aAt + 4 * aStep;
    int a5 = aAt + 5 * aStep;
    for (int at = 0; at < k; at++) {
      FloatVector bx = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx, x0);
      y0 = e.fma(by, y0);
      e = FloatVector.broadcast(LANE, a[a1 + at]);
      x1 = e.fma(bx, x1);
      y1 = e.fma(by, y1);
      e = FloatVector.broadcast(LANE, a[a2 + at]);
      x2 = e.fma(bx, x2);
      y2 = e.fma(by, y2);
      e = FloatVector.broadcast(LANE, a[a3 + at]);
      x3 = e.fma(bx, x3);
      y3 = e.fma(by, y3);
      e = FloatVector.broadcast(LANE, a[a4 + at]);
      x4 = e.fma(bx, x4);
      y4 = e.fma(by, y4);
      e = FloatVector.broadcast(LANE, a[a5 + at]);
      x5 = e.fma(bx, x5);
      y5 = e.fma(by, y5);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + LANES);
    x1.intoArray(c, cAt + cStep);
    y1.intoArray(c, cAt + cStep + LANES);
    x2.intoArray(c, cAt + 2 * cStep);
    y2.intoArray(c, cAt + 2 * cStep + LANES);
    x3.intoArray(c, cAt + 3 * cStep);
    y3.intoArray(c, cAt + 3 * cStep + LANES);
    x4.intoArray(c, cAt + 4 * cStep);
    y4.intoArray(c, cAt + 4 * cStep + LANES);
    x5.intoArray(c, cAt + 5 * cStep);
    y5.intoArray(c, cAt + 5 * cStep + LANES);
  }

  /** Four rows of C in one panel. */
  private static void tile4(
      float[] a,
      int aAt,
      int aStep,
      int k,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStep,
      boolean accumulate) {
    FloatVector x0 = FloatVector.zero(LANE);
    FloatVector y0 = FloatVector.zero(LANE);
    FloatVector x1 = FloatVector.zero(LANE);
    FloatVector y1 = FloatVector.zero(LANE);
    FloatVector x2 = FloatVector.zero(LANE);
    FloatVector y2 = FloatVector.zero(LANE);
    FloatVector x3 = FloatVector.zero(LANE);
    FloatVector y3 = FloatVector.zero(LANE);
    if (accumulate) {
      x0 = FloatVector.fromArray(LANE, c, cAt);
      y0 = FloatVector.fromArray(LANE, c, cAt + LANES);
      x1 = FloatVector.fromArray(LANE, c, cAt + cStep);
      y1 = FloatVector.fromArray(LANE, c, cAt + cStep + LANES);
      x2 = FloatVector.fromArray(LANE, c, cAt + 2 * cStep);
      y2 = FloatVector.fromArray(LANE, c, cAt + 2 * cStep + LANES);
      x3 = FloatVector.fromArray(LANE, c, cAt + 3 * cStep);
      y3 = FloatVector.fromArray(LANE, c, cAt + 3 * cStep + LANES);
    }
    int a1 = aAt + aStep;
    int a2 = aAt + 2 * aStep;
    int a3 = aAt + 3 * aStep;
    for (int at = 0; at < k; at++) {
      FloatVector bx = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx, x0);
      y0 = e.fma(by, y0);
      e = FloatVector.broadcast(LANE, a[a1 + at]);
      x1 = e.fma(bx, x1);
      y1 = e.fma(by, y1);
      e = FloatVector.broadcast(LANE, a[a2 + at]);
      x2 = e.fma(bx, x2);
      y2 = e.fma(by, y2);
      e = FloatVector.broadcast(LANE, a[a3 + at]);
      x3 = e.fma(bx, x3);
      y3 = e.fma(by, y3);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + LANES);
    x1.intoArray(c, cAt + cStep);
    y1.intoArray(c, cAt + cStep + LANES);
    x2.intoArray(c, cAt + 2 * cStep);
    y2.intoArray(c, cAt + 2 * cStep + LANES);
    x3.intoArray(c, cAt + 3 * cStep);
    y3.intoArray(c, cAt + 3 * cStep + LANES);
  }

  /** Two rows of C in one panel. */
  private static void tile2(
      float[] a,
      int aAt,
      int aStep,
      int k,
      float[] b,
      int bAt,
      float[] c,
      int cAt,
      int cStep,
      boolean accumulate) {
    FloatVector x0 = FloatVector.zero(LANE);
    FloatVector y0 = FloatVector.zero(LANE);
    FloatVector x1 = FloatVector.zero(LANE);
    FloatVector y1 = FloatVector.zero(LANE);
    if (accumulate) {
      x0 = FloatVector.fromArray(LANE, c, cAt);
      y0 = FloatVector.fromArray(LANE, c, cAt + LANES);
      x1 = FloatVector.fromArray(LANE, c, cAt + cStep);
      y1 = FloatVector.fromArray(LANE, c, cAt + cStep + LANES);
    }
    int a1 = aAt + aStep;
    for (int at = 0; at < k; at++) {
      FloatVector bx = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx, x0);
      y0 = e.fma(by, y0);
      e = FloatVector.broadcast(LANE, a[a1 + at]);
      x1 = e.fma(bx, x1);
      y1 = e.fma(by, y1);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + LANES);
    x1.intoArray(c, cAt + cStep);
    y1.intoArray(c, cAt + cStep + LANES);
  }

  /** One row of C in one panel. */
  private static void tile1(
      float[] a, int aAt, int k, float[] b, int bAt, float[] c, int cAt, boolean accumulate) {
    FloatVector x0 = FloatVector.zero(LANE);
    FloatVector y0 = FloatVector.zero(LANE);
    if (accumulate) {
      x0 = FloatVector.fromArray(LANE, c, cAt);
      y0 = FloatVector.fromArray(LANE, c, cAt + LANES);
    }
    for (int at = 0; at < k; at++) {
      FloatVector bx = FloatVector.fromArray(LANE, b, bAt + at * PANEL);
      FloatVector by = FloatVector.fromArray(LANE, b, bAt + at * PANEL + LANES);
      FloatVector e = FloatVector.broadcast(LANE, a[aAt + at]);
      x0 = e.fma(bx, x0);
      y0 = e.fma(by, y0);
    }
    x0.intoArray(c, cAt);
    y0.intoArray(c, cAt + LANES);
  }

  // ---- Rows ------------------------------------------------------------------------------------

  @Override
  public void fillRows(FMatrixRMaj bias, FMatrixRMaj c, int row, int rows) {
    plain.fillRows(bias, c, row, rows);
  }

  @Override
  public void addColumnSums(FMatrixRMaj a, int row, int rows, FMatrixRMaj sum) {
    Shapes.vectorAndRows("addColumnSums", sum, a, row, rows);
    int n = a.numCols;
    for (int i = row; i < row + rows; i++) {
      addScaled(1f, a.data, i * n, sum.data, 0, n);
    }
  }

  // ---- Elements --------------------------------------------------------------------------------

  @Override
  public void addScaled(float a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    Shapes.elements("addScaled", x, xFrom, length);
    Shapes.elements("addScaled", y, yFrom, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(LANE, x, xFrom + i)
          .fma(FloatVector.broadcast(LANE, a), FloatVector.fromArray(LANE, y, yFrom + i))
          .intoArray(y, yFrom + i);
    }
    for (; i < length; i++) {
      y[yFrom + i] = Math.fma(a, x[xFrom + i], y[yFrom + i]);
    }
  }

  @Override
  public void multiplyElements(
      float[] x, int xFrom, float[] y, int yFrom, float[] out, int outFrom, int length) {
    Shapes.elements("multiplyElements", x, xFrom, length);
    Shapes.elements("multiplyElements", y, yFrom, length);
    Shapes.elements("multiplyElements", out, outFrom, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(LANE, x, xFrom + i)
          .mul(FloatVector.fromArray(LANE, y, yFrom + i))
          .intoArray(out, outFrom + i);
    }
    for (; i < length; i++) {
      out[outFrom + i] = x[xFrom + i] * y[yFrom + i];
    }
  }

  @Override
  public void scale(float a, float[] x, int from, int length) {
    Shapes.elements("scale", x, from, length);
    int end = from + length;
    int i = from;
    for (; i + LANES <= end; i += LANES) {
      FloatVector.fromArray(LANE, x, i).mul(a).intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] *= a;
    }
  }

  @Override
  public double sumOfSquares(float[] x, int from, int length) {
    return plain.sumOfSquares(x, from, length);
  }

  // ---- Activations -----------------------------------------------------------------------------
  @Override
  public void tanh(float[] x, int from, int length) {
    Shapes.elements("tanh", x, from, length);
    if (length < LANES) {
      plain.tanh(x, from, length);
    } else {
      scaledTanh(x, from, length, 1f, 1f, -0f);
    }
  }

  @Override
  public void sigmoid(float[] x, int from, int length) {
    Shapes.elements("sigmoid", x, from, length);
    if (length < LANES) {
      plain.sigmoid(x, from, length);
    } else {
      scaledTanh(x, from, length, 0.5f, 0.5f, 0.5f);
    }
  }

  /**
   * {@code x = offset + factor * tanh(slope * x)} for at least one vector; an offset of -0 changes
   * no bit.
   *
   * <p>Two vectors, u and v, at a time. The last one may overlap the one before it, and with an odd
   * number of them the first is taken twice: both are read before they are written.
   */
  private static void scaledTanh(
      float[] x, int from, int length, float slope, float factor, float offset) {
    FloatVector p5 = FloatVector.broadcast(LANE, P5);
    FloatVector p4 = FloatVector.broadcast(LANE, P4);
    FloatVector p3 = FloatVector.broadcast(LANE, P3);
    FloatVector p2 = FloatVector.broadcast(LANE, P2);
    FloatVector p1 = FloatVector.broadcast(LANE, P1);
    FloatVector q3 = FloatVector.broadcast(LANE, Q3);
    FloatVector q2 = FloatVector.broadcast(LANE, Q2);
    FloatVector q1 = FloatVector.broadcast(LANE, Q1);
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector factors = FloatVector.broadcast(LANE, factor);
    FloatVector offsets = FloatVector.broadcast(LANE, offset);
    int odd = (length + LANES - 1) / LANES % 2;
    for (int i = -odd * LANES; i < length; i += 2 * LANES) {
      int uAt = from + Math.max(i, 0);
      int vAt = from + Math.min(i + LANES, length - LANES);
      FloatVector u = FloatVector.fromArray(LANE, x, uAt).mul(slope);
      u = u.min(TANH_CLAMP).max(-TANH_CLAMP);
      FloatVector u2 = u.mul(u);
      FloatVector uP = u2.fma(p5, p4);
      uP = u2.fma(uP, p3);
      uP = u2.fma(uP, p2);
      uP = u2.fma(uP, p1);
      uP = u2.fma(uP, one);
      FloatVector uQ = u2.fma(q3, q2);
      uQ = u2.fma(uQ, q1);
      uQ = u2.fma(uQ, one);
      u = u.mul(uP).div(uQ).fma(factors, offsets);
      FloatVector v = FloatVector.fromArray(LANE, x, vAt).mul(slope);
      v = v.min(TANH_CLAMP).max(-TANH_CLAMP);
      FloatVector v2 = v.mul(v);
      FloatVector vP = v2.fma(p5, p4);
      vP = v2.fma(vP, p3);
      vP = v2.fma(vP, p2);
      vP = v2.fma(vP, p1);
      vP = v2.fma(vP, one);
      FloatVector vQ = v2.fma(q3, q2);
      vQ = v2.fma(vQ, q1);
      vQ = v2.fma(vQ, one);
      v = v.mul(vP).div(vQ).fma(factors, offsets);
      u.intoArray(x, uAt);
      v.intoArray(x, vAt);
    }
  }

  @Override
  public void relu(float[] x, int from, int length) {
    Shapes.elements("relu", x, from, length);
    int end = from + length;
    int i = from;
    for (; i + LANES <= end; i += LANES) {
      FloatVector.fromArray(LANE, x, i).max(0f).intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] = Math.max(x[i], 0f);
    }
  }

  @Override
  public void tanhBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("tanhBackward", y, yFrom, length);
    Shapes.elements("tanhBackward", dy, dyFrom, length);
    Shapes.elements("tanhBackward", dx, dxFrom, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector value = FloatVector.fromArray(LANE, y, yFrom + i);
      FloatVector.fromArray(LANE, dy, dyFrom + i)
          .mul(value.neg().fma(value, FloatVector.broadcast(LANE, 1f)))
          .intoArray(dx, dxFrom + i);
    }
    plain.tanhBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  @Override
  public void reluBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("reluBackward", y, yFrom, length);
    Shapes.elements("reluBackward", dy, dyFrom, length);
    Shapes.elements("reluBackward", dx, dxFrom, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector zero = FloatVector.zero(LANE);
      zero.blend(
              FloatVector.fromArray(LANE, dy, dyFrom + i),
              zero.lt(FloatVector.fromArray(LANE, y, yFrom + i)))
          .intoArray(dx, dxFrom + i);
    }
    plain.reluBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  @Override
  public void sigmoidBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("sigmoidBackward", y, yFrom, length);
    Shapes.elements("sigmoidBackward", dy, dyFrom, length);
    Shapes.elements("sigmoidBackward", dx, dxFrom, length);
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector value = FloatVector.fromArray(LANE, y, yFrom + i);
      FloatVector.fromArray(LANE, dy, dyFrom + i)
          .mul(value)
          .mul(FloatVector.broadcast(LANE, 1f).sub(value))
          .intoArray(dx, dxFrom + i);
    }
    plain.sigmoidBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  // The power of two in exp needs vectors of integers, which JDK 17 does not always keep in
  // registers:
  // then they are slower than plain Java by far.

  @Override
  public void exp(float[] x, int from, int length) {
    plain.exp(x, from, length);
  }

  @Override
  public void softmaxRows(FMatrixRMaj z, int row, int rows) {
    plain.softmaxRows(z, row, rows);
  }

  // ---- Gates -----------------------------------------------------------------------------------
  // Where a sequence starts, its previous state is read from an array of zeros, and the gradient of
  // that state is written to an array that nobody reads.

  @Override
  public void lstmForward(
      FMatrixRMaj z,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj h,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    Shapes.timestep(
        "lstmForward",
        4,
        new FMatrixRMaj[] {z},
        new FMatrixRMaj[] {c, tanhC, h},
        row,
        rows,
        previousRow,
        previousRows);
    int units = c.numCols;
    float[] zeros = new float[previousRows < rows ? units : 0];
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int i = 4 * at;
      int f = i + units;
      int g = f + units;
      int o = g + units;
      sigmoid(z.data, i, 2 * units);
      tanh(z.data, g, units);
      sigmoid(z.data, o, units);
      if (t < previousRows) {
        weighTwo(z.data, f, c.data, (previousRow + t) * units, i, g, c.data, at, units);
      } else {
        weighTwo(z.data, f, zeros, 0, i, g, c.data, at, units);
      }
      System.arraycopy(c.data, at, tanhC.data, at, units);
      tanh(tanhC.data, at, units);
      multiplyElements(z.data, o, tanhC.data, at, h.data, at, units);
    }
  }

  /** {@code c = f * previous + i * g}, with the gates f, i and g in {@code z}. */
  private static void weighTwo(
      float[] z, int f, float[] previous, int previousAt, int i, int g, float[] c, int cAt, int n) {
    int j = 0;
    for (; j + LANES <= n; j += LANES) {
      FloatVector product =
          FloatVector.fromArray(LANE, z, i + j).mul(FloatVector.fromArray(LANE, z, g + j));
      FloatVector.fromArray(LANE, z, f + j)
          .fma(FloatVector.fromArray(LANE, previous, previousAt + j), product)
          .intoArray(c, cAt + j);
    }
    for (; j < n; j++) {
      c[cAt + j] = Math.fma(z[f + j], previous[previousAt + j], z[i + j] * z[g + j]);
    }
  }

  @Override
  public void lstmBackward(
      FMatrixRMaj gates,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj dH,
      FMatrixRMaj dC,
      FMatrixRMaj dZ,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    int units = c.numCols;
    if (units < LANES) {
      plain.lstmBackward(gates, c, tanhC, dH, dC, dZ, row, rows, previousRow, previousRows);
      return;
    }
    Shapes.timestep(
        "lstmBackward",
        4,
        new FMatrixRMaj[] {gates, dZ},
        new FMatrixRMaj[] {c, tanhC, dH, dC},
        row,
        rows,
        previousRow,
        previousRows);
    float[] zeros = new float[previousRows < rows ? units : 0];
    float[] unread = new float[zeros.length];
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      boolean first = t >= previousRows;
      int previous = first ? 0 : (previousRow + t) * units;
      lstmBackwardRow(
          gates.data,
          first ? zeros : c.data,
          tanhC.data,
          dH.data,
          dC.data,
          first ? unread : dC.data,
          dZ.data,
          at,
          previous,
          units);
    }
  }

  private static void lstmBackwardRow(
      float[] gates,
      float[] cPrevious,
      float[] tanhC,
      float[] dH,
      float[] dC,
      float[] dCPrevious,
      float[] dZ,
      int at,
      int previous,
      int units) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    for (int next = 0; next < units; next += LANES) {
      int j = Math.min(next, units - LANES);
      int gate = 4 * at + j;
      FloatVector i = FloatVector.fromArray(LANE, gates, gate);
      FloatVector f = FloatVector.fromArray(LANE, gates, gate + units);
      FloatVector g = FloatVector.fromArray(LANE, gates, gate + 2 * units);
      FloatVector o = FloatVector.fromArray(LANE, gates, gate + 3 * units);
      FloatVector state = FloatVector.fromArray(LANE, tanhC, at + j);
      FloatVector dh = FloatVector.fromArray(LANE, dH, at + j);
      FloatVector dc =
          dh.mul(o).fma(state.neg().fma(state, one), FloatVector.fromArray(LANE, dC, at + j));
      dc.mul(g).mul(i).mul(one.sub(i)).intoArray(dZ, gate);
      dc.mul(FloatVector.fromArray(LANE, cPrevious, previous + j))
          .mul(f)
          .mul(one.sub(f))
          .intoArray(dZ, gate + units);
      dc.mul(i).mul(g.neg().fma(g, one)).intoArray(dZ, gate + 2 * units);
      dh.mul(state).mul(o).mul(one.sub(o)).intoArray(dZ, gate + 3 * units);
      dc.mul(f).intoArray(dCPrevious, previous + j);
    }
  }

  @Override
  public void gruForward(
      FMatrixRMaj x,
      FMatrixRMaj u,
      FMatrixRMaj h,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    Shapes.timestep(
        "gruForward",
        3,
        new FMatrixRMaj[] {x, u},
        new FMatrixRMaj[] {h},
        row,
        rows,
        previousRow,
        previousRows);
    int units = h.numCols;
    float[] zeros = new float[previousRows < rows ? units : 0];
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int z = 3 * at;
      int r = z + units;
      int n = r + units;
      addScaled(1f, u.data, z, x.data, z, 2 * units);
      sigmoid(x.data, z, 2 * units);
      addProducts(x.data, r, u.data, n, x.data, n, units);
      tanh(x.data, n, units);
      if (t < previousRows) {
        mix(x.data, z, h.data, (previousRow + t) * units, n, h.data, at, units);
      } else {
        mix(x.data, z, zeros, 0, n, h.data, at, units);
      }
    }
  }

  /** {@code out = x * y + out}. */
  private static void addProducts(
      float[] x, int xFrom, float[] y, int yFrom, float[] out, int outFrom, int length) {
    int i = 0;
    for (; i + LANES <= length; i += LANES) {
      FloatVector.fromArray(LANE, x, xFrom + i)
          .fma(
              FloatVector.fromArray(LANE, y, yFrom + i),
              FloatVector.fromArray(LANE, out, outFrom + i))
          .intoArray(out, outFrom + i);
    }
    for (; i < length; i++) {
      out[outFrom + i] = Math.fma(x[xFrom + i], y[yFrom + i], out[outFrom + i]);
    }
  }

  /** {@code h = z * previous + (1 - z) * n}, with z and n in {@code gates}. */
  private static void mix(
      float[] gates,
      int z,
      float[] previous,
      int previousAt,
      int n,
      float[] h,
      int hAt,
      int length) {
    int j = 0;
    for (; j + LANES <= length; j += LANES) {
      FloatVector update = FloatVector.fromArray(LANE, gates, z + j);
      FloatVector product =
          FloatVector.broadcast(LANE, 1f)
              .sub(update)
              .mul(FloatVector.fromArray(LANE, gates, n + j));
      update
          .fma(FloatVector.fromArray(LANE, previous, previousAt + j), product)
          .intoArray(h, hAt + j);
    }
    for (; j < length; j++) {
      float update = gates[z + j];
      h[hAt + j] = Math.fma(update, previous[previousAt + j], (1f - update) * gates[n + j]);
    }
  }

  @Override
  public void gruBackward(
      FMatrixRMaj gates,
      FMatrixRMaj u,
      FMatrixRMaj h,
      FMatrixRMaj dH,
      FMatrixRMaj dX,
      FMatrixRMaj dU,
      int row,
      int rows,
      int previousRow,
      int previousRows) {
    int units = h.numCols;
    if (units < LANES) {
      plain.gruBackward(gates, u, h, dH, dX, dU, row, rows, previousRow, previousRows);
      return;
    }
    Shapes.timestep(
        "gruBackward",
        3,
        new FMatrixRMaj[] {gates, u, dX, dU},
        new FMatrixRMaj[] {h, dH},
        row,
        rows,
        previousRow,
        previousRows);
    float[] zeros = new float[previousRows < rows ? units : 0];
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int previous = (previousRow + t) * units;
      if (t < previousRows) {
        gruBackwardRow(gates.data, u.data, h.data, previous, dH.data, dX.data, dU.data, at, units);
        addProducts(dH.data, at, gates.data, 3 * at, dH.data, previous, units);
      } else {
        gruBackwardRow(gates.data, u.data, zeros, 0, dH.data, dX.data, dU.data, at, units);
      }
    }
  }

  private static void gruBackwardRow(
      float[] gates,
      float[] u,
      float[] hPrevious,
      int previous,
      float[] dH,
      float[] dX,
      float[] dU,
      int at,
      int units) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    for (int next = 0; next < units; next += LANES) {
      int j = Math.min(next, units - LANES);
      int gate = 3 * at + j;
      FloatVector z = FloatVector.fromArray(LANE, gates, gate);
      FloatVector r = FloatVector.fromArray(LANE, gates, gate + units);
      FloatVector n = FloatVector.fromArray(LANE, gates, gate + 2 * units);
      FloatVector dh = FloatVector.fromArray(LANE, dH, at + j);
      FloatVector dn = dh.mul(one.sub(z)).mul(n.neg().fma(n, one));
      FloatVector dz =
          dh.mul(FloatVector.fromArray(LANE, hPrevious, previous + j).sub(n))
              .mul(z)
              .mul(one.sub(z));
      FloatVector dr =
          dn.mul(FloatVector.fromArray(LANE, u, gate + 2 * units)).mul(r).mul(one.sub(r));
      dz.intoArray(dX, gate);
      dr.intoArray(dX, gate + units);
      dn.intoArray(dX, gate + 2 * units);
      dz.intoArray(dU, gate);
      dr.intoArray(dU, gate + units);
      dn.mul(r).intoArray(dU, gate + 2 * units);
    }
  }

  // ---- Optimizer -------------------------------------------------------------------------------

  @Override
  public void adam(
      float[] w,
      float[] g,
      int gFrom,
      float[] m,
      float[] v,
      int from,
      int length,
      float scale,
      float beta1,
      float beta2,
      float rate,
      float epsilon,
      float mWeight,
      float gWeight) {
    Shapes.elements("adam w", w, from, length);
    Shapes.elements("adam g", g, gFrom, length);
    Shapes.elements("adam m", m, from, length);
    Shapes.elements("adam v", v, from, length);
    int end = from + length;
    int i = from;
    int gAt = gFrom;
    for (; i + LANES <= end; i += LANES, gAt += LANES) {
      FloatVector gradient = FloatVector.fromArray(LANE, g, gAt).mul(scale);
      FloatVector mean =
          FloatVector.fromArray(LANE, m, i)
              .fma(FloatVector.broadcast(LANE, beta1), gradient.mul(1f - beta1));
      FloatVector square =
          FloatVector.fromArray(LANE, v, i)
              .fma(FloatVector.broadcast(LANE, beta2), gradient.mul(1f - beta2).mul(gradient));
      FloatVector step = mean.fma(FloatVector.broadcast(LANE, mWeight), gradient.mul(gWeight));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector.fromArray(LANE, w, i)
          .sub(step.mul(rate).div(square.sqrt().add(epsilon)))
          .intoArray(w, i);
    }
    plain.adam(w, g, gAt, m, v, i, end - i, scale, beta1, beta2, rate, epsilon, mWeight, gWeight);
  }
}
