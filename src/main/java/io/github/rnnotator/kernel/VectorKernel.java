package io.github.rnnotator.kernel;

import static io.github.rnnotator.kernel.Approximation.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.FMatrixRMaj;

/**
 * The kernel on {@code jdk.incubator.vector}, as wide as the processor's registers. It does in
 * every lane what {@link PlainKernel} does for an element, so the results are the same to the bit.
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

  /** The rows of a panel that stay in the first cache while the rows of A pass. */
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
    PlainKernel.packPanels(b, transpose, PANEL, out);
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

  /** {@code out [height x depth]} from {@code depth} rows of A. */
  private static void transpose(float[] a, int aAt, int aStep, int height, int depth, float[] out) {
    for (int i = 0; i < height; i++) {
      for (int k = 0; k < depth; k++) {
        out[i * depth + k] = a[aAt + k * aStep + i];
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
      load(x, xFrom + i)
          .fma(FloatVector.broadcast(LANE, a), load(y, yFrom + i))
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
      load(x, xFrom + i).mul(load(y, yFrom + i)).intoArray(out, outFrom + i);
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
      load(x, i).mul(a).intoArray(x, i);
    }
    for (; i < end; i++) {
      x[i] *= a;
    }
  }

  @Override
  public double sumOfSquares(float[] x, int from, int length) {
    return plain.sumOfSquares(x, from, length);
  }

  private static FloatVector load(float[] x, int at) {
    return FloatVector.fromArray(LANE, x, at);
  }

  // ---- Activations -----------------------------------------------------------------------------
  // The last vector may overlap the one before it. It is read before anything is written, so that
  // no element is taken twice, and written last.

  @Override
  public void tanh(float[] x, int from, int length) {
    Shapes.elements("tanh", x, from, length);
    if (length < LANES) {
      plain.tanh(x, from, length);
      return;
    }
    int last = from + length - LANES;
    FloatVector end = tanh(load(x, last));
    for (int i = from; i < last; i += LANES) {
      tanh(load(x, i)).intoArray(x, i);
    }
    end.intoArray(x, last);
  }

  private static FloatVector tanh(FloatVector value) {
    FloatVector x = value.min(TANH_CLAMP).max(-TANH_CLAMP);
    FloatVector u = x.mul(x);
    FloatVector p = u.fma(broadcast(P5), broadcast(P4));
    p = u.fma(p, broadcast(P3));
    p = u.fma(p, broadcast(P2));
    p = u.fma(p, broadcast(P1));
    p = u.fma(p, broadcast(1f));
    FloatVector q = u.fma(broadcast(Q3), broadcast(Q2));
    q = u.fma(q, broadcast(Q1));
    q = u.fma(q, broadcast(1f));
    return x.mul(p).div(q);
  }

  private static FloatVector broadcast(float value) {
    return FloatVector.broadcast(LANE, value);
  }

  @Override
  public void sigmoid(float[] x, int from, int length) {
    Shapes.elements("sigmoid", x, from, length);
    if (length < LANES) {
      plain.sigmoid(x, from, length);
      return;
    }
    int last = from + length - LANES;
    FloatVector end = sigmoid(load(x, last));
    for (int i = from; i < last; i += LANES) {
      sigmoid(load(x, i)).intoArray(x, i);
    }
    end.intoArray(x, last);
  }

  private static FloatVector sigmoid(FloatVector x) {
    return tanh(x.mul(0.5f)).fma(broadcast(0.5f), broadcast(0.5f));
  }

  @Override
  public void relu(float[] x, int from, int length) {
    Shapes.elements("relu", x, from, length);
    int end = from + length;
    int i = from;
    for (; i + LANES <= end; i += LANES) {
      load(x, i).max(0f).intoArray(x, i);
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
      FloatVector value = load(y, yFrom + i);
      load(dy, dyFrom + i).mul(oneMinusSquare(value)).intoArray(dx, dxFrom + i);
    }
    plain.tanhBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  private static FloatVector oneMinusSquare(FloatVector y) {
    return y.neg().fma(y, broadcast(1f));
  }

  private static FloatVector oneMinus(FloatVector y) {
    return broadcast(1f).sub(y);
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
      zero.blend(load(dy, dyFrom + i), zero.lt(load(y, yFrom + i))).intoArray(dx, dxFrom + i);
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
      FloatVector value = load(y, yFrom + i);
      load(dy, dyFrom + i).mul(value).mul(oneMinus(value)).intoArray(dx, dxFrom + i);
    }
    plain.sigmoidBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  @Override
  public void exp(float[] x, int from, int length) {
    Shapes.elements("exp", x, from, length);
    if (length < LANES) {
      plain.exp(x, from, length);
      return;
    }
    int last = from + length - LANES;
    FloatVector end = exp(load(x, last));
    for (int i = from; i < last; i += LANES) {
      exp(load(x, i)).intoArray(x, i);
    }
    end.intoArray(x, last);
  }

  private static FloatVector exp(FloatVector value) {
    FloatVector x = value.min(EXP_MAX).max(EXP_MIN);
    FloatVector rounded = x.fma(broadcast(LOG2_E), broadcast(ROUNDER));
    FloatVector n = rounded.sub(ROUNDER);
    FloatVector r = n.fma(broadcast(-LN2_HIGH), x);
    r = n.fma(broadcast(-LN2_LOW), r);
    FloatVector e = r.fma(broadcast(E6), broadcast(E5));
    e = r.fma(e, broadcast(E4));
    e = r.fma(e, broadcast(E3));
    e = r.fma(e, broadcast(E2));
    e = r.fma(e, broadcast(1f));
    e = r.fma(e, broadcast(1f));
    IntVector power = rounded.reinterpretAsInts().add(127).lanewise(VectorOperators.LSHL, 23);
    return e.mul(power.reinterpretAsFloats());
  }

  @Override
  public void softmaxRows(FMatrixRMaj z, int row, int rows) {
    Shapes.rows("softmaxRows", z, row, rows);
    int n = z.numCols;
    for (int at = row * n; at < (row + rows) * n; at += n) {
      float max = PlainKernel.maximum(z.data, at, n);
      for (int j = at; j < at + n; j++) {
        z.data[j] -= max;
      }
      exp(z.data, at, n);
      scale(1f / PlainKernel.sum(z.data, at, n), z.data, at, n);
    }
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
      FloatVector product = load(z, i + j).mul(load(z, g + j));
      load(z, f + j).fma(load(previous, previousAt + j), product).intoArray(c, cAt + j);
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
    for (int next = 0; next < units; next += LANES) {
      int j = Math.min(next, units - LANES);
      int gate = 4 * at + j;
      FloatVector i = load(gates, gate);
      FloatVector f = load(gates, gate + units);
      FloatVector g = load(gates, gate + 2 * units);
      FloatVector o = load(gates, gate + 3 * units);
      FloatVector state = load(tanhC, at + j);
      FloatVector dh = load(dH, at + j);
      FloatVector dc = dh.mul(o).fma(oneMinusSquare(state), load(dC, at + j));
      dc.mul(g).mul(i).mul(oneMinus(i)).intoArray(dZ, gate);
      dc.mul(load(cPrevious, previous + j)).mul(f).mul(oneMinus(f)).intoArray(dZ, gate + units);
      dc.mul(i).mul(oneMinusSquare(g)).intoArray(dZ, gate + 2 * units);
      dh.mul(state).mul(o).mul(oneMinus(o)).intoArray(dZ, gate + 3 * units);
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
      load(x, xFrom + i)
          .fma(load(y, yFrom + i), load(out, outFrom + i))
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
      FloatVector update = load(gates, z + j);
      FloatVector product = oneMinus(update).mul(load(gates, n + j));
      update.fma(load(previous, previousAt + j), product).intoArray(h, hAt + j);
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
    for (int next = 0; next < units; next += LANES) {
      int j = Math.min(next, units - LANES);
      int gate = 3 * at + j;
      FloatVector z = load(gates, gate);
      FloatVector r = load(gates, gate + units);
      FloatVector n = load(gates, gate + 2 * units);
      FloatVector dh = load(dH, at + j);
      FloatVector dn = dh.mul(oneMinus(z)).mul(oneMinusSquare(n));
      FloatVector dz = dh.mul(load(hPrevious, previous + j).sub(n)).mul(z).mul(oneMinus(z));
      FloatVector dr = dn.mul(load(u, gate + 2 * units)).mul(r).mul(oneMinus(r));
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
      FloatVector gradient = load(g, gAt).mul(scale);
      FloatVector mean = load(m, i).fma(broadcast(beta1), gradient.mul(1f - beta1));
      FloatVector square = load(v, i).fma(broadcast(beta2), gradient.mul(1f - beta2).mul(gradient));
      FloatVector step = mean.fma(broadcast(mWeight), gradient.mul(gWeight));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      load(w, i).sub(step.mul(rate).div(square.sqrt().add(epsilon))).intoArray(w, i);
    }
    plain.adam(w, g, gAt, m, v, i, end - i, scale, beta1, beta2, rate, epsilon, mWeight, gWeight);
  }
}
