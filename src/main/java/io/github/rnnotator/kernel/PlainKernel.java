package io.github.rnnotator.kernel;

import static io.github.rnnotator.kernel.Approximation.*;

import java.util.Arrays;
import org.ejml.data.FMatrixRMaj;

/**
 * The kernel in plain Java, for every JVM: loops over contiguous arrays that the just-in-time
 * compiler turns into vector instructions by itself where it can.
 */
final class PlainKernel implements Kernel {
  /** The columns of a panel of B: its rows stay in a near cache while rows of A pass. */
  private static final int PANEL = 512;

  /** The rows of C that are summed up side by side. */
  private static final int ROW_BLOCK = 32;

  private final boolean fused;

  /**
   * @param fused whether to use {@link Math#fma}; without hardware for it that is some 500 times
   *     slower than {@code a * b + c}, which rounds twice and so gives slightly other results
   */
  PlainKernel(boolean fused) {
    this.fused = fused;
  }

  @Override
  public String name() {
    return fused ? "plain" : "plain-without-fma";
  }

  private float fma(float a, float b, float c) {
    return fused ? Math.fma(a, b, c) : a * b + c;
  }

  // ---- Matrix products -------------------------------------------------------------------------

  @Override
  public void pack(FMatrixRMaj b, boolean transpose, PackedMatrix out) {
    packPanels(b, transpose, PANEL, 1, out);
  }

  /**
   * Cuts {@code op(b)} into panels of {@code panel} columns; the last one is as wide as is needed,
   * padded with zeros to a multiple of {@code grain}.
   */
  static void packPanels(FMatrixRMaj b, boolean transpose, int panel, int grain, PackedMatrix out) {
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

  /** Writes rows of {@code length} elements as columns, a block of few cache lines at a time. */
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
      PackedMatrix b,
      FMatrixRMaj c,
      int cRow,
      boolean accumulate) {
    Shapes.multiply(a, aRow, rows, b, PANEL, c, cRow);
    int k = b.rows;
    product(a.data, aRow * k, k, 1, rows, b, c.data, cRow * b.cols, accumulate);
  }

  @Override
  public void multiplyTransposed(FMatrixRMaj a, PackedMatrix b, FMatrixRMaj c, boolean accumulate) {
    Shapes.multiplyTransposed(a, b, PANEL, c);
    product(a.data, 0, 1, a.numCols, a.numCols, b, c.data, 0, accumulate);
  }

  /**
   * The element of A in row i and column k is {@code a[aAt + i * rowStep + k * colStep]}.
   *
   * <p>The compiler makes vector instructions only of loops whose arrays all have the same index,
   * and so the rows of B and the sums are copied to arrays of their own, where each begins at 0.
   */
  private void product(
      float[] a,
      int aAt,
      int rowStep,
      int colStep,
      int rows,
      PackedMatrix b,
      float[] c,
      int cAt,
      boolean accumulate) {
    float[][] sums = new float[Math.min(ROW_BLOCK, rows)][Math.min(PANEL, b.cols)];
    float[][] bRows = new float[4][Math.min(PANEL, b.cols)];
    for (int from = 0; from < b.cols; from += PANEL) {
      int width = Math.min(PANEL, b.cols - from);
      for (int i = 0; i < rows; i += ROW_BLOCK) {
        int height = Math.min(ROW_BLOCK, rows - i);
        int cFrom = cAt + i * b.cols + from;
        for (int r = 0; r < height; r++) {
          if (accumulate) {
            System.arraycopy(c, cFrom + r * b.cols, sums[r], 0, width);
          } else {
            Arrays.fill(sums[r], 0f);
          }
        }
        addPanel(a, aAt + i * rowStep, rowStep, colStep, height, b, from, width, bRows, sums);
        for (int r = 0; r < height; r++) {
          System.arraycopy(sums[r], 0, c, cFrom + r * b.cols, width);
        }
      }
    }
  }

  private void addPanel(
      float[] a,
      int aAt,
      int rowStep,
      int colStep,
      int height,
      PackedMatrix b,
      int from,
      int width,
      float[][] bRows,
      float[][] sums) {
    int bAt = from * b.rows;
    int k = 0;
    for (; k + 4 <= b.rows; k += 4) {
      for (float[] bRow : bRows) {
        System.arraycopy(b.data, bAt, bRow, 0, width);
        bAt += width;
      }
      for (int r = 0; r < height; r++) {
        int at = aAt + r * rowStep + k * colStep;
        float a0 = a[at];
        float a1 = a[at + colStep];
        float a2 = a[at + 2 * colStep];
        float a3 = a[at + 3 * colStep];
        addFour(a0, a1, a2, a3, bRows[0], bRows[1], bRows[2], bRows[3], sums[r], width);
      }
    }
    for (; k < b.rows; k++) {
      for (int r = 0; r < height; r++) {
        addScaled(a[aAt + r * rowStep + k * colStep], b.data, bAt, sums[r], 0, width);
      }
      bAt += width;
    }
  }

  /** Four rows of B for each reading and writing of the sums. */
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

  /** Four sums side by side, so that an addition need not wait for the last one. */
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
      float max = maximum(z.data, at, n);
      for (int j = at; j < at + n; j++) {
        z.data[j] = exp(z.data[j] - max);
      }
      float factor = 1f / sum(z.data, at, n);
      for (int j = at; j < at + n; j++) {
        z.data[j] *= factor;
      }
    }
  }

  static float maximum(float[] x, int from, int length) {
    float max = Float.NEGATIVE_INFINITY;
    for (int i = from; i < from + length; i++) {
      max = Math.max(max, x[i]);
    }
    return max;
  }

  static float sum(float[] x, int from, int length) {
    float sum = 0f;
    for (int i = from; i < from + length; i++) {
      sum += x[i];
    }
    return sum;
  }

  // ---- Gates -----------------------------------------------------------------------------------

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
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int previous = (previousRow + t) * units;
      int i = 4 * at;
      int f = i + units;
      int g = f + units;
      int o = g + units;
      sigmoid(z.data, i, 2 * units);
      tanh(z.data, g, units);
      sigmoid(z.data, o, units);
      for (int j = 0; j < units; j++) {
        float cPrevious = t < previousRows ? c.data[previous + j] : 0f;
        c.data[at + j] = fma(z.data[f + j], cPrevious, z.data[i + j] * z.data[g + j]);
      }
      System.arraycopy(c.data, at, tanhC.data, at, units);
      tanh(tanhC.data, at, units);
      multiplyElements(z.data, o, tanhC.data, at, h.data, at, units);
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
    Shapes.timestep(
        "lstmBackward",
        4,
        new FMatrixRMaj[] {gates, dZ},
        new FMatrixRMaj[] {c, tanhC, dH, dC},
        row,
        rows,
        previousRow,
        previousRows);
    int units = c.numCols;
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int previous = (previousRow + t) * units;
      for (int j = 0; j < units; j++) {
        int gate = 4 * at + j;
        float i = gates.data[gate];
        float f = gates.data[gate + units];
        float g = gates.data[gate + 2 * units];
        float o = gates.data[gate + 3 * units];
        float tanhState = tanhC.data[at + j];
        float dh = dH.data[at + j];
        float cPrevious = t < previousRows ? c.data[previous + j] : 0f;
        float dc = fma(dh * o, fma(-tanhState, tanhState, 1f), dC.data[at + j]);
        dZ.data[gate] = dc * g * i * (1f - i);
        dZ.data[gate + units] = dc * cPrevious * f * (1f - f);
        dZ.data[gate + 2 * units] = dc * i * fma(-g, g, 1f);
        dZ.data[gate + 3 * units] = dh * tanhState * o * (1f - o);
        if (t < previousRows) {
          dC.data[previous + j] = dc * f;
        }
      }
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
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int previous = (previousRow + t) * units;
      int z = 3 * at;
      int r = z + units;
      int n = r + units;
      addScaled(1f, u.data, z, x.data, z, 2 * units);
      sigmoid(x.data, z, 2 * units);
      for (int j = 0; j < units; j++) {
        x.data[n + j] = fma(x.data[r + j], u.data[n + j], x.data[n + j]);
      }
      tanh(x.data, n, units);
      for (int j = 0; j < units; j++) {
        float hPrevious = t < previousRows ? h.data[previous + j] : 0f;
        float update = x.data[z + j];
        h.data[at + j] = fma(update, hPrevious, (1f - update) * x.data[n + j]);
      }
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
    Shapes.timestep(
        "gruBackward",
        3,
        new FMatrixRMaj[] {gates, u, dX, dU},
        new FMatrixRMaj[] {h, dH},
        row,
        rows,
        previousRow,
        previousRows);
    int units = h.numCols;
    for (int t = 0; t < rows; t++) {
      int at = (row + t) * units;
      int previous = (previousRow + t) * units;
      for (int j = 0; j < units; j++) {
        int gate = 3 * at + j;
        float z = gates.data[gate];
        float r = gates.data[gate + units];
        float n = gates.data[gate + 2 * units];
        float dh = dH.data[at + j];
        float hPrevious = t < previousRows ? h.data[previous + j] : 0f;
        float dn = dh * (1f - z) * fma(-n, n, 1f);
        float dz = dh * (hPrevious - n) * z * (1f - z);
        float dr = dn * u.data[gate + 2 * units] * r * (1f - r);
        dX.data[gate] = dz;
        dX.data[gate + units] = dr;
        dX.data[gate + 2 * units] = dn;
        dU.data[gate] = dz;
        dU.data[gate + units] = dr;
        dU.data[gate + 2 * units] = dn * r;
        if (t < previousRows) {
          dH.data[previous + j] = fma(dh, z, dH.data[previous + j]);
        }
      }
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
    float rest1 = 1f - beta1;
    float rest2 = 1f - beta2;
    for (int i = from; i < from + length; i++) {
      float gradient = scale * g[gFrom + i - from];
      float mean = fma(beta1, m[i], rest1 * gradient);
      float square = fma(beta2, v[i], rest2 * gradient * gradient);
      float step = fma(mWeight, mean, gWeight * gradient);
      m[i] = mean;
      v[i] = square;
      w[i] -= rate * step / ((float) Math.sqrt(square) + epsilon);
    }
  }
}
