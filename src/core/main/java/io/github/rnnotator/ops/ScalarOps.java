package io.github.rnnotator.ops;

import static io.github.rnnotator.ops.Approximation.*;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The operations in plain Java, for every JVM: loops over contiguous arrays that the JIT compiler
 * can vectorize.
 */
final class ScalarOps implements Ops {
  /** The columns of a panel of B, whose rows stay in cache while rows of A pass. */
  private static final int PANEL = 512;

  /** The rows of C that are computed together. */
  private static final int ROW_BLOCK = 32;

  /** The rows of B that are added at once. */
  private static final int B_ROWS = 4;

  private final boolean fused;

  /** Buffers for the sums of a product, and for four rows of B. */
  private final ScratchPool<float[][]> productRows =
      new ScratchPool<>(rows -> new float[rows][PANEL], rows -> rows.length);

  private final ScratchPool<float[]> scratch = ScratchPool.ofFloats();

  /**
   * @param fused whether to use {@link Math#fma}; without hardware support it is about 500 times
   *     slower than {@code a * b + c}, which rounds twice and gives slightly different results
   */
  ScalarOps(boolean fused) {
    this.fused = fused;
  }

  @Override
  public String name() {
    return fused ? "scalar" : "scalar-without-fma";
  }

  private float fma(float a, float b, float c) {
    return fused ? Math.fma(a, b, c) : a * b + c;
  }

  // ---- Matrix products -------------------------------------------------------------------------

  @Override
  public void pack(FMatrixRMaj b, boolean transpose, PanelMatrix out) {
    packPanels(b, transpose, PANEL, 1, out);
  }

  /**
   * Splits {@code op(b)} into panels of {@code panel} columns; the last one is padded with zeros to
   * a multiple of {@code grain}.
   */
  static void packPanels(FMatrixRMaj b, boolean transpose, int panel, int grain, PanelMatrix out) {
    int rows = transpose ? b.numCols : b.numRows;
    int cols = transpose ? b.numRows : b.numCols;
    int padded = Math.multiplyExact((cols + grain - 1) / grain, grain);
    out.reshape(rows, cols, panel, Math.multiplyExact(rows, padded));
    for (int from = 0; from < cols; from += panel) {
      int width = Math.min(panel, cols - from);
      int step = Math.min(panel, padded - from);
      int at = from * rows;
      if (transpose) {
        transposeInto(b.data, from * rows, rows, width, out.data, at, step);
      }
      for (int k = 0; k < rows; k++) {
        if (!transpose) {
          System.arraycopy(b.data, k * cols + from, out.data, at, width);
        }
        Arrays.fill(out.data, at + width, at + step, 0f);
        at += step;
      }
    }
  }

  /** Writes rows of {@code length} elements as columns, a few cache lines at a time. */
  private static void transposeInto(
      float[] b, int bAt, int length, int rows, float[] out, int outAt, int outStep) {
    for (int from = 0; from < length; from += 32) {
      int end = Math.min(from + 32, length);
      for (int j = 0; j < rows; j++) {
        for (int k = from; k < end; k++) {
          out[outAt + k * outStep + j] = b[bAt + j * length + k];
        }
      }
    }
  }

  @Override
  public void multiply(
      FMatrixRMaj a,
      int aRow,
      int rows,
      PanelMatrix b,
      FMatrixRMaj c,
      int cRow,
      boolean accumulate) {
    Shapes.multiply(a, aRow, rows, b, PANEL, c, cRow);
    int k = b.rows;
    product(a.data, aRow * k, k, 1, rows, b, c.data, cRow * b.cols, accumulate);
  }

  @Override
  public void affine(
      FMatrixRMaj a, int aRow, int rows, PanelMatrix b, FMatrixRMaj bias, FMatrixRMaj c, int cRow) {
    fillRows(bias, c, cRow, rows);
    multiply(a, aRow, rows, b, c, cRow, true);
  }

  @Override
  public void multiplyTransposed(FMatrixRMaj a, PanelMatrix b, FMatrixRMaj c, boolean accumulate) {
    Shapes.multiplyTransposed(a, b, PANEL, c);
    product(a.data, 0, 1, a.numCols, a.numCols, b, c.data, 0, accumulate);
  }

  /**
   * The element of A in row i and column k is {@code a[aAt + i * rowStep + k * colStep]}.
   *
   * <p>The compiler vectorizes only loops that use the same index for all arrays, so the rows of B
   * and the sums are copied to separate arrays.
   */
  private void product(
      float[] a,
      int aAt,
      int rowStep,
      int colStep,
      int rows,
      PanelMatrix b,
      float[] c,
      int cAt,
      boolean accumulate) {
    float[][] sums = productRows.take(ROW_BLOCK + B_ROWS);
    for (int from = 0; from < b.cols; from += PANEL) {
      int width = Math.min(PANEL, b.cols - from);
      for (int i = 0; i < rows; i += ROW_BLOCK) {
        int height = Math.min(ROW_BLOCK, rows - i);
        int cFrom = cAt + i * b.cols + from;
        for (int r = 0; r < height; r++) {
          if (accumulate) {
            System.arraycopy(c, cFrom + r * b.cols, sums[r], 0, width);
          } else {
            Arrays.fill(sums[r], 0, width, 0f);
          }
        }
        addPanel(a, aAt + i * rowStep, rowStep, colStep, height, b, from, width, sums);
        for (int r = 0; r < height; r++) {
          System.arraycopy(sums[r], 0, c, cFrom + r * b.cols, width);
        }
      }
    }
    productRows.giveBack(sums);
  }

  private void addPanel(
      float[] a,
      int aAt,
      int rowStep,
      int colStep,
      int height,
      PanelMatrix b,
      int from,
      int width,
      float[][] sums) {
    float[] b0 = sums[ROW_BLOCK];
    float[] b1 = sums[ROW_BLOCK + 1];
    float[] b2 = sums[ROW_BLOCK + 2];
    float[] b3 = sums[ROW_BLOCK + 3];
    int bAt = from * b.rows;
    int k = 0;
    for (; k + B_ROWS <= b.rows; k += B_ROWS) {
      System.arraycopy(b.data, bAt, b0, 0, width);
      System.arraycopy(b.data, bAt + width, b1, 0, width);
      System.arraycopy(b.data, bAt + 2 * width, b2, 0, width);
      System.arraycopy(b.data, bAt + 3 * width, b3, 0, width);
      bAt += B_ROWS * width;
      for (int r = 0; r < height; r++) {
        int at = aAt + r * rowStep + k * colStep;
        float a0 = a[at];
        float a1 = a[at + colStep];
        float a2 = a[at + 2 * colStep];
        float a3 = a[at + 3 * colStep];
        addFour(a0, a1, a2, a3, b0, b1, b2, b3, sums[r], width);
      }
    }
    for (; k < b.rows; k++) {
      for (int r = 0; r < height; r++) {
        addScaled(a[aAt + r * rowStep + k * colStep], b.data, bAt, sums[r], 0, width);
      }
      bAt += width;
    }
  }

  /** Adds four rows of B per read and write of the sums. */
  private void addFour(
      float a0,
      float a1,
      float a2,
      float a3,
      float[] b0,
      float[] b1,
      float[] b2,
      float[] b3,
      float[] sums,
      int width) {
    for (int j = 0; j < width; j++) {
      float sum = fma(a0, b0[j], sums[j]);
      sum = fma(a1, b1[j], sum);
      sum = fma(a2, b2[j], sum);
      sums[j] = fma(a3, b3[j], sum);
    }
  }

  // ---- Rows ------------------------------------------------------------------------------------

  @Override
  public void fillRows(FMatrixRMaj bias, FMatrixRMaj c, int row, int rows) {
    Shapes.vectorAndRows("fillRows", bias, c, row, rows);
    int n = c.numCols;
    for (int i = row; i < row + rows; i++) {
      System.arraycopy(bias.data, 0, c.data, i * n, n);
    }
  }

  @Override
  public void addColumnSums(FMatrixRMaj a, int row, int rows, FMatrixRMaj sum) {
    Shapes.vectorAndRows("addColumnSums", sum, a, row, rows);
    int n = a.numCols;
    for (int i = row; i < row + rows; i++) {
      for (int j = 0; j < n; j++) {
        sum.data[j] += a.data[i * n + j];
      }
    }
  }

  // ---- Elements --------------------------------------------------------------------------------

  @Override
  public void addScaled(float a, float[] x, int xFrom, float[] y, int yFrom, int length) {
    Shapes.elements("addScaled", x, xFrom, length);
    Shapes.elements("addScaled", y, yFrom, length);
    for (int i = 0; i < length; i++) {
      y[yFrom + i] = fma(a, x[xFrom + i], y[yFrom + i]);
    }
  }

  @Override
  public void multiplyElements(
      float[] x, int xFrom, float[] y, int yFrom, float[] out, int outFrom, int length) {
    Shapes.elements("multiplyElements", x, xFrom, length);
    Shapes.elements("multiplyElements", y, yFrom, length);
    Shapes.elements("multiplyElements", out, outFrom, length);
    for (int i = 0; i < length; i++) {
      out[outFrom + i] = x[xFrom + i] * y[yFrom + i];
    }
  }

  @Override
  public void scale(float a, float[] x, int from, int length) {
    Shapes.elements("scale", x, from, length);
    for (int i = from; i < from + length; i++) {
      x[i] *= a;
    }
  }

  @Override
  public double sumOfSquares(float[] x, int from, int length) {
    Shapes.elements("sumOfSquares", x, from, length);
    return fourSums(x, from, length);
  }

  /** Keeps four independent sums, so that no addition waits for the previous one. */
  static double fourSums(float[] x, int from, int length) {
    double s0 = 0;
    double s1 = 0;
    double s2 = 0;
    double s3 = 0;
    int i = from;
    int end = from + length;
    for (; i + 4 <= end; i += 4) {
      s0 += (double) x[i] * x[i];
      s1 += (double) x[i + 1] * x[i + 1];
      s2 += (double) x[i + 2] * x[i + 2];
      s3 += (double) x[i + 3] * x[i + 3];
    }
    for (; i < end; i++) {
      s0 += (double) x[i] * x[i];
    }
    return (s0 + s1) + (s2 + s3);
  }

  // ---- Activations -----------------------------------------------------------------------------

  @Override
  public void tanh(float[] x, int from, int length) {
    Shapes.elements("tanh", x, from, length);
    for (int i = from; i < from + length; i++) {
      x[i] = tanh(x[i]);
    }
  }

  private float tanh(float value) {
    float x = Math.max(-TANH_CLAMP, Math.min(TANH_CLAMP, value));
    float u = x * x;
    float p = fma(u, P5, P4);
    p = fma(u, p, P3);
    p = fma(u, p, P2);
    p = fma(u, p, P1);
    p = fma(u, p, 1f);
    float q = fma(u, Q3, Q2);
    q = fma(u, q, Q1);
    q = fma(u, q, 1f);
    return x * p / q;
  }

  @Override
  public void sigmoid(float[] x, int from, int length) {
    Shapes.elements("sigmoid", x, from, length);
    for (int i = from; i < from + length; i++) {
      x[i] = sigmoid(x[i]);
    }
  }

  private float sigmoid(float x) {
    return fma(0.5f, tanh(0.5f * x), 0.5f);
  }

  @Override
  public void relu(float[] x, int from, int length) {
    Shapes.elements("relu", x, from, length);
    for (int i = from; i < from + length; i++) {
      x[i] = Math.max(x[i], 0f);
    }
  }

  @Override
  public void tanhBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("tanhBackward", y, yFrom, length);
    Shapes.elements("tanhBackward", dy, dyFrom, length);
    Shapes.elements("tanhBackward", dx, dxFrom, length);
    for (int i = 0; i < length; i++) {
      float value = y[yFrom + i];
      dx[dxFrom + i] = dy[dyFrom + i] * fma(-value, value, 1f);
    }
  }

  @Override
  public void reluBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("reluBackward", y, yFrom, length);
    Shapes.elements("reluBackward", dy, dyFrom, length);
    Shapes.elements("reluBackward", dx, dxFrom, length);
    for (int i = 0; i < length; i++) {
      dx[dxFrom + i] = y[yFrom + i] > 0f ? dy[dyFrom + i] : 0f;
    }
  }

  @Override
  public void sigmoidBackward(
      float[] y, int yFrom, float[] dy, int dyFrom, float[] dx, int dxFrom, int length) {
    Shapes.elements("sigmoidBackward", y, yFrom, length);
    Shapes.elements("sigmoidBackward", dy, dyFrom, length);
    Shapes.elements("sigmoidBackward", dx, dxFrom, length);
    for (int i = 0; i < length; i++) {
      float value = y[yFrom + i];
      dx[dxFrom + i] = dy[dyFrom + i] * value * (1f - value);
    }
  }

  @Override
  public void exp(float[] x, int from, int length) {
    Shapes.elements("exp", x, from, length);
    for (int i = from; i < from + length; i++) {
      x[i] = exp(x[i]);
    }
  }

  private float exp(float value) {
    float x = value > EXP_MAX ? EXP_MAX : value < EXP_MIN ? EXP_MIN : value;
    float rounded = fma(x, LOG2_E, ROUNDER);
    float n = rounded - ROUNDER;
    float r = fma(n, -LN2_HIGH, x);
    r = fma(n, -LN2_LOW, r);
    float e = fma(r, E6, E5);
    e = fma(r, e, E4);
    e = fma(r, e, E3);
    e = fma(r, e, E2);
    e = fma(r, e, 1f);
    e = fma(r, e, 1f);
    // The low bits of the rounded sum are n; moved to the exponent, with its bias, they are 2^n.
    return e * Float.intBitsToFloat((Float.floatToRawIntBits(rounded) + 127) << 23);
  }

  @Override
  public void softmaxRows(FMatrixRMaj z, int row, int rows) {
    Shapes.rows("softmaxRows", z, row, rows);
    int n = z.numCols;
    for (int at = row * n; at < (row + rows) * n; at += n) {
      float factor = softmaxMaximum(z.data, at, n);
      for (int j = at; j < at + n; j++) {
        z.data[j] *= factor;
      }
    }
  }

  @Override
  public float softmaxMaximum(float[] z, int from, int length) {
    Shapes.elements("softmaxMaximum", z, from, length);
    expOfDifferences(z, from, length, maximum(z, from, length));
    return 1f / sum(z, from, length);
  }

  /** {@code x = exp(x - y)}. */
  void expOfDifferences(float[] x, int from, int length, float y) {
    for (int i = from; i < from + length; i++) {
      x[i] = exp(x[i] - y);
    }
  }

  @Override
  public int argmax(float[] x, int from, int length) {
    int argmax = 0;
    float greatest = x[from];
    for (int i = 1; i < length; i++) {
      if (x[from + i] > greatest) {
        greatest = x[from + i];
        argmax = i;
      }
    }
    return argmax;
  }

  static float maximum(float[] x, int from, int length) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  /** Sums in eight strides: additions that wait for each other would take most of a softmax. */
  static float sum(float[] x, int from, int length) {
    float sum0 = 0f;
    float sum1 = 0f;
    float sum2 = 0f;
    float sum3 = 0f;
    float sum4 = 0f;
    float sum5 = 0f;
    float sum6 = 0f;
    float sum7 = 0f;
    int whole = from + length - length % 8;
    for (int i = from; i < whole; i += 8) {
      sum0 += x[i];
      sum1 += x[i + 1];
      sum2 += x[i + 2];
      sum3 += x[i + 3];
      sum4 += x[i + 4];
      sum5 += x[i + 5];
      sum6 += x[i + 6];
      sum7 += x[i + 7];
    }
    float rest = 0f;
    for (int i = whole; i < from + length; i++) {
      rest += x[i];
    }
    return ((sum0 + sum1) + (sum2 + sum3)) + ((sum4 + sum5) + (sum6 + sum7)) + rest;
  }

  // ---- Gates -----------------------------------------------------------------------------------

  @Override
  public void lstmForward(
      FMatrixRMaj a, FMatrixRMaj c, FMatrixRMaj tanhC, FMatrixRMaj h, Step step) {
    Shapes.timestep("lstmForward", 4, new FMatrixRMaj[] {a}, new FMatrixRMaj[] {c, tanhC, h}, step);
    int units = c.numCols;
    float[] buffer = scratch.take(9 * units);
    for (int t = 0; t < step.rows(); t++) {
      if (t >= step.previousRows()) {
        Arrays.fill(buffer, 8 * units, 9 * units, 0f);
      }
      int at = (step.row() + t) * units;
      lstmRow(
          a.data,
          t < step.previousRows() ? c.data : buffer,
          t < step.previousRows() ? (step.previousRow() + t) * units : 8 * units,
          c.data,
          tanhC.data,
          h.data,
          at,
          units,
          buffer);
    }
    scratch.giveBack(buffer);
  }

  /**
   * One row of {@link #lstmForward}. The four fractions of tanh share one division: with {@code r =
   * 1 / (a b c d)}, {@code 1 / a = r (c d) b}, and so on.
   */
  private void lstmRow(
      float[] a,
      float[] cPrevious,
      int previous,
      float[] c,
      float[] tanhC,
      float[] h,
      int at,
      int units,
      float[] buffer) {
    int i = 4 * at;
    int f = i + units;
    int g = f + units;
    int o = g + units;
    int below = 4 * units;
    fraction(a, i, 0.5f, buffer, 0, below, 2 * units);
    fraction(a, g, 1f, buffer, 2 * units, below + 2 * units, units);
    fraction(a, o, 0.5f, buffer, 3 * units, below + 3 * units, units);
    for (int j = 0; j < units; j++) {
      float iBelow = buffer[below + j];
      float fBelow = buffer[below + units + j];
      float gBelow = buffer[below + 2 * units + j];
      float oBelow = buffer[below + 3 * units + j];
      float ifBelow = iBelow * fBelow;
      float goBelow = gBelow * oBelow;
      float r = 1f / (ifBelow * goBelow);
      float rIf = r * goBelow;
      float rGo = r * ifBelow;
      float iGate = fma(buffer[j] * fBelow * rIf, 0.5f, 0.5f);
      float fGate = fma(buffer[units + j] * iBelow * rIf, 0.5f, 0.5f);
      float candidate = buffer[2 * units + j] * oBelow * rGo;
      a[i + j] = iGate;
      a[f + j] = fGate;
      a[g + j] = candidate;
      a[o + j] = fma(buffer[3 * units + j] * gBelow * rGo, 0.5f, 0.5f);
      c[at + j] = fma(fGate, cPrevious[previous + j], iGate * candidate);
    }
    System.arraycopy(c, at, tanhC, at, units);
    tanh(tanhC, at, units);
    multiplyElements(a, o, tanhC, at, h, at, units);
  }

  /**
   * Tanh of {@code slope * x} as a fraction: numerators to {@code out[above...]}, denominators to
   * {@code out[below...]}.
   */
  private void fraction(
      float[] x, int from, float slope, float[] out, int above, int below, int length) {
    for (int j = 0; j < length; j++) {
      float v = Math.max(-TANH_CLAMP, Math.min(TANH_CLAMP, slope * x[from + j]));
      float u = v * v;
      float p = fma(u, P5, P4);
      p = fma(u, p, P3);
      p = fma(u, p, P2);
      p = fma(u, p, P1);
      p = fma(u, p, 1f);
      float q = fma(u, Q3, Q2);
      q = fma(u, q, Q1);
      out[above + j] = v * p;
      out[below + j] = fma(u, q, 1f);
    }
  }

  @Override
  public void lstmBackward(
      FMatrixRMaj gates,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj dH,
      FMatrixRMaj dC,
      FMatrixRMaj dA,
      Step step) {
    Shapes.timestep(
        "lstmBackward",
        4,
        new FMatrixRMaj[] {gates, dA},
        new FMatrixRMaj[] {c, tanhC, dH, dC},
        step);
    int units = c.numCols;
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      int previous = (step.previousRow() + t) * units;
      for (int j = 0; j < units; j++) {
        int gate = 4 * at + j;
        float i = gates.data[gate];
        float f = gates.data[gate + units];
        float g = gates.data[gate + 2 * units];
        float o = gates.data[gate + 3 * units];
        float tanhState = tanhC.data[at + j];
        float dh = dH.data[at + j];
        float cPrevious = t < step.previousRows() ? c.data[previous + j] : 0f;
        float dc = fma(dh * o, fma(-tanhState, tanhState, 1f), dC.data[at + j]);
        dA.data[gate] = dc * g * i * (1f - i);
        dA.data[gate + units] = dc * cPrevious * f * (1f - f);
        dA.data[gate + 2 * units] = dc * i * fma(-g, g, 1f);
        dA.data[gate + 3 * units] = dh * tanhState * o * (1f - o);
        if (t < step.previousRows()) {
          dC.data[previous + j] = dc * f;
        }
      }
    }
  }

  @Override
  public void gruForward(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, Step step) {
    Shapes.timestep("gruForward", 3, new FMatrixRMaj[] {a, u}, new FMatrixRMaj[] {h}, step);
    int units = h.numCols;
    float[] buffer = scratch.take(5 * units);
    for (int t = 0; t < step.rows(); t++) {
      if (t >= step.previousRows()) {
        Arrays.fill(buffer, 4 * units, 5 * units, 0f);
      }
      gruRow(
          a.data,
          u.data,
          t < step.previousRows() ? h.data : buffer,
          t < step.previousRows() ? (step.previousRow() + t) * units : 4 * units,
          h.data,
          (step.row() + t) * units,
          units,
          buffer);
    }
    scratch.giveBack(buffer);
  }

  /** One row of {@link #gruForward}; both sigmoids share one division. */
  private void gruRow(
      float[] a,
      float[] u,
      float[] hPrevious,
      int previous,
      float[] h,
      int at,
      int units,
      float[] buffer) {
    int z = 3 * at;
    int r = z + units;
    int n = r + units;
    int below = 2 * units;
    addScaled(1f, u, z, a, z, 2 * units);
    fraction(a, z, 0.5f, buffer, 0, below, 2 * units);
    for (int j = 0; j < units; j++) {
      float zBelow = buffer[below + j];
      float rBelow = buffer[below + units + j];
      float both = 1f / (zBelow * rBelow);
      float reset = fma(buffer[units + j] * zBelow * both, 0.5f, 0.5f);
      a[z + j] = fma(buffer[j] * rBelow * both, 0.5f, 0.5f);
      a[r + j] = reset;
      a[n + j] = fma(reset, u[n + j], a[n + j]);
    }
    tanh(a, n, units);
    for (int j = 0; j < units; j++) {
      float update = a[z + j];
      h[at + j] = fma(update, hPrevious[previous + j], (1f - update) * a[n + j]);
    }
  }

  @Override
  public void gruBackward(
      FMatrixRMaj gates,
      FMatrixRMaj u,
      FMatrixRMaj h,
      FMatrixRMaj dH,
      FMatrixRMaj dA,
      FMatrixRMaj dU,
      Step step) {
    Shapes.timestep(
        "gruBackward", 3, new FMatrixRMaj[] {gates, u, dA, dU}, new FMatrixRMaj[] {h, dH}, step);
    int units = h.numCols;
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      int previous = (step.previousRow() + t) * units;
      for (int j = 0; j < units; j++) {
        int gate = 3 * at + j;
        float z = gates.data[gate];
        float r = gates.data[gate + units];
        float n = gates.data[gate + 2 * units];
        float dh = dH.data[at + j];
        float hPrevious = t < step.previousRows() ? h.data[previous + j] : 0f;
        float dan = dh * (1f - z) * fma(-n, n, 1f);
        float daz = dh * (hPrevious - n) * z * (1f - z);
        float dar = dan * u.data[gate + 2 * units] * r * (1f - r);
        dA.data[gate] = daz;
        dA.data[gate + units] = dar;
        dA.data[gate + 2 * units] = dan;
        dU.data[gate] = daz;
        dU.data[gate + units] = dar;
        dU.data[gate + 2 * units] = dan * r;
        if (t < step.previousRows()) {
          dH.data[previous + j] = fma(dh, z, dH.data[previous + j]);
        }
      }
    }
  }

  // ---- Chains ----------------------------------------------------------------------------------

  @Override
  public void maxPlus(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom) {
    Shapes.vectorByMatrix("maxPlus", x, xFrom, m, out, outFrom);
    int n = m.numCols;
    Arrays.fill(out, outFrom, outFrom + n, Float.NEGATIVE_INFINITY);
    for (int i = 0; i < m.numRows; i++) {
      float xi = x[xFrom + i];
      for (int j = 0; j < n; j++) {
        float value = xi + m.data[i * n + j];
        float max = out[outFrom + j];
        // The larger of both; NaN compares as largest.
        out[outFrom + j] = value <= max || Float.isNaN(max) ? max : value;
      }
    }
  }

  @Override
  public void logMultiply(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom) {
    Shapes.vectorByMatrix("logMultiply", x, xFrom, m, out, outFrom);
    maxPlus(x, xFrom, m, out, outFrom);
    int n = m.numCols;
    for (int j = 0; j < n; j++) {
      float max = out[outFrom + j];
      float sum = 0f;
      for (int i = 0; i < m.numRows; i++) {
        sum += exp(x[xFrom + i] + m.data[i * n + j] - max);
      }
      out[outFrom + j] = max + log(sum);
    }
  }

  /**
   * The logarithm of a positive normal number; an arbitrary finite number for anything else, even
   * NaN.
   */
  float log(float x) {
    int bits = Float.floatToRawIntBits(x);
    int exponent = (bits - SQRT_HALF_BITS) >> 23;
    float f = Float.intBitsToFloat(bits - (exponent << 23)) - 1f;
    float n = (float) exponent;
    float p = fma(f, L9, L8);
    p = fma(f, p, L7);
    p = fma(f, p, L6);
    p = fma(f, p, L5);
    p = fma(f, p, L4);
    p = fma(f, p, L3);
    p = fma(f, p, L2);
    float y = fma(f * f, p, f);
    return fma(n, LN2_HIGH, fma(n, LN2_LOW, y));
  }

  @Override
  public void logMultiplyBackward(
      float[] x,
      int xFrom,
      FMatrixRMaj m,
      float[] y,
      int yFrom,
      float[] dy,
      int dyFrom,
      FMatrixRMaj dM) {
    Shapes.vectorByMatrix("logMultiplyBackward", x, xFrom, m, y, yFrom);
    Shapes.vectorByMatrix("logMultiplyBackward", x, xFrom, dM, dy, dyFrom);
    Shapes.sameShape("logMultiplyBackward", m, dM);
    int n = m.numCols;
    for (int i = 0; i < m.numRows; i++) {
      float xi = x[xFrom + i];
      for (int j = 0; j < n; j++) {
        float share = exp(xi + m.data[i * n + j] - y[yFrom + j]);
        dM.data[i * n + j] = fma(dy[dyFrom + j], share, dM.data[i * n + j]);
      }
    }
  }

  // ---- Optimizer -------------------------------------------------------------------------------

  @Override
  public void average(float decay, float[] x, float[] a, int from, int length) {
    Shapes.elements("average", x, from, length);
    Shapes.elements("average", a, from, length);
    float rest = 1f - decay;
    for (int i = from; i < from + length; i++) {
      a[i] = fma(rest, x[i], decay * a[i]);
    }
  }

  @Override
  public void adam(
      AdamStep step, float[] w, float[] g, int gFrom, float[] m, float[] v, int from, int length) {
    Shapes.elements("adam w", w, from, length);
    Shapes.elements("adam g", g, gFrom, length);
    Shapes.elements("adam m", m, from, length);
    Shapes.elements("adam v", v, from, length);
    float scale = step.scale();
    float beta1 = step.beta1();
    float beta2 = step.beta2();
    float rate = step.rate();
    float epsilon = step.epsilon();
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    for (int i = from; i < from + length; i++) {
      float gradient = scale * g[gFrom + i - from];
      float mean = fma(beta1, m[i], rest1 * gradient);
      float square = fma(beta2, v[i], rest2 * gradient * gradient);
      float update = fma(step.mWeight(), mean, step.gWeight() * gradient);
      m[i] = mean;
      v[i] = square;
      w[i] -= rate * update / ((float) Math.sqrt(square) + epsilon);
    }
  }
}
