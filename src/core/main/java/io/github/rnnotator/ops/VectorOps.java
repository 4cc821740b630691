package io.github.rnnotator.ops;

import static io.github.rnnotator.ops.Approximation.*;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorMask;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.FMatrixRMaj;

/**
 * The operations on {@code jdk.incubator.vector}, as wide as the processor's registers. Each lane
 * computes what {@link ScalarOps} computes for an element, so results are bit-identical.
 *
 * <p>Vectors are never passed to methods of this class: if the compiler did not inline such a call,
 * it would allocate every vector, which is 100 times slower.
 *
 * <p>Products are in {@link VectorProducts}, gates in {@link VectorGates}.
 */
final class VectorOps implements Ops {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = LANE.length();
  private static final int PANEL = VectorProducts.PANEL;

  private final VectorProducts products = new VectorProducts();
  private final VectorGates gates = new VectorGates();

  /** Computes the remainder that does not fill a vector. */
  private final ScalarOps scalar = new ScalarOps(true);

  VectorOps() {
    VectorWarmUp.run();
  }

  @Override
  public String name() {
    return "vector-" + LANE.vectorBitSize();
  }

  // ---- Matrix products -------------------------------------------------------------------------

  @Override
  public void pack(FMatrixRMaj b, boolean transpose, PanelMatrix out) {
    ScalarOps.packPanels(b, transpose, PANEL, PANEL, out);
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
    int cAt = cRow * b.cols;
    float[] start = accumulate ? c.data : VectorProducts.ZEROS;
    products.multiply(a.data, aRow * k, k, false, rows, b, start, cAt, b.cols, c.data, cAt);
  }

  @Override
  public void affine(
      FMatrixRMaj a, int aRow, int rows, PanelMatrix b, FMatrixRMaj bias, FMatrixRMaj c, int cRow) {
    Shapes.multiply(a, aRow, rows, b, PANEL, c, cRow);
    Shapes.vectorAndRows("affine", bias, c, cRow, rows);
    int k = b.rows;
    products.multiply(a.data, aRow * k, k, false, rows, b, bias.data, 0, 0, c.data, cRow * b.cols);
  }

  @Override
  public void multiplyTransposed(FMatrixRMaj a, PanelMatrix b, FMatrixRMaj c, boolean accumulate) {
    Shapes.multiplyTransposed(a, b, PANEL, c);
    float[] start = accumulate ? c.data : VectorProducts.ZEROS;
    products.multiply(a.data, 0, a.numCols, true, a.numCols, b, start, 0, b.cols, c.data, 0);
  }

  // ---- Rows ------------------------------------------------------------------------------------

  @Override
  public void fillRows(FMatrixRMaj bias, FMatrixRMaj c, int row, int rows) {
    scalar.fillRows(bias, c, row, rows);
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
    return scalar.sumOfSquares(x, from, length);
  }

  // ---- Activations -----------------------------------------------------------------------------
  @Override
  public void tanh(float[] x, int from, int length) {
    Shapes.elements("tanh", x, from, length);
    if (length < LANES) {
      scalar.tanh(x, from, length);
    } else {
      scaledTanh(x, from, length, 1f, 1f, -0f);
    }
  }

  @Override
  public void sigmoid(float[] x, int from, int length) {
    Shapes.elements("sigmoid", x, from, length);
    if (length < LANES) {
      scalar.sigmoid(x, from, length);
    } else {
      scaledTanh(x, from, length, 0.5f, 0.5f, 0.5f);
    }
  }

  /**
   * {@code x = offset + factor * tanh(slope * x)} for at least one vector; an offset of -0 changes
   * no bit.
   *
   * <p>Two vectors, u and v, at a time. The last one may overlap the one before it, and with an odd
   * number of vectors the first is computed twice: both are read before they are written.
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
    FloatVector top = FloatVector.broadcast(LANE, TANH_CLAMP);
    FloatVector bottom = FloatVector.broadcast(LANE, -TANH_CLAMP);
    FloatVector factors = FloatVector.broadcast(LANE, factor);
    FloatVector offsets = FloatVector.broadcast(LANE, offset);
    int odd = (length + LANES - 1) / LANES % 2;
    for (int i = -odd * LANES; i < length; i += 2 * LANES) {
      int uAt = from + Math.max(i, 0);
      int vAt = from + Math.min(i + LANES, length - LANES);
      FloatVector u = FloatVector.fromArray(LANE, x, uAt).mul(slope);
      u = u.blend(top, u.compare(VectorOperators.GT, top));
      u = u.blend(bottom, u.compare(VectorOperators.LT, bottom));
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
      v = v.blend(top, v.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
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
    scalar.tanhBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
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
    scalar.reluBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
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
    scalar.sigmoidBackward(y, yFrom + i, dy, dyFrom + i, dx, dxFrom + i, length - i);
  }

  @Override
  public void exp(float[] x, int from, int length) {
    Shapes.elements("exp", x, from, length);
    int whole = length - length % LANES;
    expOfDifferences(x, from, whole, 0f);
    scalar.exp(x, from + whole, length - whole);
  }

  /** {@code x = exp(x - y)} for a multiple of a vector. */
  private static void expOfDifferences(float[] x, int from, int length, float y) {
    FloatVector top = FloatVector.broadcast(LANE, EXP_MAX);
    FloatVector bottom = FloatVector.broadcast(LANE, EXP_MIN);
    FloatVector log2 = FloatVector.broadcast(LANE, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(LANE, ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(LANE, -LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(LANE, -LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(LANE, E6);
    FloatVector e5 = FloatVector.broadcast(LANE, E5);
    FloatVector e4 = FloatVector.broadcast(LANE, E4);
    FloatVector e3 = FloatVector.broadcast(LANE, E3);
    FloatVector e2 = FloatVector.broadcast(LANE, E2);
    FloatVector one = FloatVector.broadcast(LANE, 1f);

    for (int at = from; at < from + length; at += LANES) {
      FloatVector v = FloatVector.fromArray(LANE, x, at).sub(y);
      v = v.blend(top, v.compare(VectorOperators.GT, top));
      v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
      FloatVector rounded = v.fma(log2, rounder);
      FloatVector n = rounded.sub(rounder);
      FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, v));
      FloatVector e =
          r.fma(e6, e5)
              .fma(r, e4)
              .fma(r, e3)
              .fma(r, e2)
              .fma(r, one)
              .fma(r, one)
              .mul(
                  rounded
                      .reinterpretAsInts()
                      .add(127)
                      .lanewise(VectorOperators.LSHL, 23)
                      .reinterpretAsFloats());
      e.intoArray(x, at);
    }
  }

  @Override
  public void softmaxRows(FMatrixRMaj z, int row, int rows) {
    Shapes.rows("softmaxRows", z, row, rows);
    int n = z.numCols;
    for (int at = row * n; at < (row + rows) * n; at += n) {
      scale(softmaxMaximum(z.data, at, n), z.data, at, n);
    }
  }

  @Override
  public float softmaxMaximum(float[] z, int from, int length) {
    Shapes.elements("softmaxMaximum", z, from, length);
    int whole = length - length % LANES;
    float max = maximum(z, from, length);
    expOfDifferences(z, from, whole, max);
    scalar.expOfDifferences(z, from + whole, length - whole, max);
    return 1f / ScalarOps.sum(z, from, length);
  }

  @Override
  public int argmax(float[] x, int from, int length) {
    float max = maximum(x, from, length);
    int whole = length - length % LANES;
    for (int i = 0; i < whole; i += LANES) {
      VectorMask<Float> greatest =
          FloatVector.fromArray(LANE, x, from + i).compare(VectorOperators.EQ, max);
      if (greatest.anyTrue()) {
        return i + greatest.firstTrue();
      }
    }
    // It is among the last ones, or NaN hides it.
    return scalar.argmax(x, from, length);
  }

  private static float maximum(float[] x, int from, int length) {
    int whole = length - length % LANES;
    if (whole == 0) {
      return ScalarOps.maximum(x, from, length);
    }
    FloatVector max = FloatVector.fromArray(LANE, x, from);
    for (int at = from + LANES; at < from + whole; at += LANES) {
      max = max.max(FloatVector.fromArray(LANE, x, at));
    }
    float rest = ScalarOps.maximum(x, from + whole, length - whole);
    return Math.max(max.reduceLanes(VectorOperators.MAX), rest);
  }

  // ---- Gates -----------------------------------------------------------------------------------

  @Override
  public void lstmForward(
      FMatrixRMaj a, FMatrixRMaj c, FMatrixRMaj tanhC, FMatrixRMaj h, Step step) {
    if (c.numCols < LANES) {
      scalar.lstmForward(a, c, tanhC, h, step);
    } else {
      gates.lstmForward(a, c, tanhC, h, step);
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
    if (c.numCols < LANES) {
      scalar.lstmBackward(gates, c, tanhC, dH, dC, dA, step);
    } else {
      this.gates.lstmBackward(gates, c, tanhC, dH, dC, dA, step);
    }
  }

  @Override
  public void gruForward(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, Step step) {
    if (h.numCols < LANES) {
      scalar.gruForward(a, u, h, step);
    } else {
      gates.gruForward(a, u, h, step);
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
    if (h.numCols < LANES) {
      scalar.gruBackward(gates, u, h, dH, dA, dU, step);
    } else {
      this.gates.gruBackward(gates, u, h, dH, dA, dU, step);
    }
  }

  // ---- Chains ----------------------------------------------------------------------------------
  // The last vector of columns may overlap the one before it, with equal results. A vector that a
  // loop changes is an argument, never a receiver: see VectorProducts.

  @Override
  public void maxPlus(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom) {
    int cols = m.numCols;
    if (cols < LANES) {
      scalar.maxPlus(x, xFrom, m, out, outFrom);
      return;
    }
    Shapes.vectorByMatrix("maxPlus", x, xFrom, m, out, outFrom);
    FloatVector same = FloatVector.broadcast(LANE, -0f);
    for (int next = 0; next < cols; next += LANES) {
      int j = Math.min(next, cols - LANES);
      FloatVector max = FloatVector.broadcast(LANE, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < m.numRows; i++) {
        FloatVector v = FloatVector.fromArray(LANE, m.data, i * cols + j).add(x[xFrom + i]);
        // The larger of both; NaN compares as largest.
        max =
            v.blend(max, v.compare(VectorOperators.LE, max))
                .blend(max, max.compare(VectorOperators.NE, max));
      }
      same.add(max).intoArray(out, outFrom + j);
    }
  }

  @Override
  public void logMultiply(float[] x, int xFrom, FMatrixRMaj m, float[] out, int outFrom) {
    int cols = m.numCols;
    if (cols < LANES) {
      scalar.logMultiply(x, xFrom, m, out, outFrom);
      return;
    }
    Shapes.vectorByMatrix("logMultiply", x, xFrom, m, out, outFrom);
    FloatVector same = FloatVector.broadcast(LANE, -0f);
    FloatVector top = FloatVector.broadcast(LANE, EXP_MAX);
    FloatVector bottom = FloatVector.broadcast(LANE, EXP_MIN);
    FloatVector log2 = FloatVector.broadcast(LANE, LOG2_E);
    FloatVector rounder = FloatVector.broadcast(LANE, ROUNDER);
    FloatVector minusLn2High = FloatVector.broadcast(LANE, -LN2_HIGH);
    FloatVector minusLn2Low = FloatVector.broadcast(LANE, -LN2_LOW);
    FloatVector e6 = FloatVector.broadcast(LANE, E6);
    FloatVector e5 = FloatVector.broadcast(LANE, E5);
    FloatVector e4 = FloatVector.broadcast(LANE, E4);
    FloatVector e3 = FloatVector.broadcast(LANE, E3);
    FloatVector e2 = FloatVector.broadcast(LANE, E2);
    FloatVector one = FloatVector.broadcast(LANE, 1f);

    for (int next = 0; next < cols; next += LANES) {
      int j = Math.min(next, cols - LANES);
      FloatVector max = FloatVector.broadcast(LANE, Float.NEGATIVE_INFINITY);
      for (int i = 0; i < m.numRows; i++) {
        FloatVector v = FloatVector.fromArray(LANE, m.data, i * cols + j).add(x[xFrom + i]);
        // The larger of both; NaN compares as largest.
        max =
            v.blend(max, v.compare(VectorOperators.LE, max))
                .blend(max, max.compare(VectorOperators.NE, max));
      }
      FloatVector sum = FloatVector.zero(LANE);
      for (int i = 0; i < m.numRows; i++) {
        FloatVector v =
            FloatVector.fromArray(LANE, m.data, i * cols + j).add(x[xFrom + i]).sub(max);
        v = v.blend(top, v.compare(VectorOperators.GT, top));
        v = v.blend(bottom, v.compare(VectorOperators.LT, bottom));
        FloatVector rounded = v.fma(log2, rounder);
        FloatVector n = rounded.sub(rounder);
        FloatVector r = n.fma(minusLn2Low, n.fma(minusLn2High, v));
        FloatVector e =
            r.fma(e6, e5)
                .fma(r, e4)
                .fma(r, e3)
                .fma(r, e2)
                .fma(r, one)
                .fma(r, one)
                .mul(
                    rounded
                        .reinterpretAsInts()
                        .add(127)
                        .lanewise(VectorOperators.LSHL, 23)
                        .reinterpretAsFloats());
        sum = e.add(sum);
      }
      // log(sum), as in ScalarOps
      IntVector bits = same.add(sum).reinterpretAsInts();
      IntVector exponent = bits.sub(SQRT_HALF_BITS).lanewise(VectorOperators.ASHR, 23);
      FloatVector f =
          bits.sub(exponent.lanewise(VectorOperators.LSHL, 23)).reinterpretAsFloats().sub(1f);
      // Added to the bits of the rounder, a small integer becomes a float.
      FloatVector power = exponent.add(ROUNDER_BITS).reinterpretAsFloats().sub(rounder);
      FloatVector p = f.fma(FloatVector.broadcast(LANE, L9), FloatVector.broadcast(LANE, L8));
      p = f.fma(p, FloatVector.broadcast(LANE, L7));
      p = f.fma(p, FloatVector.broadcast(LANE, L6));
      p = f.fma(p, FloatVector.broadcast(LANE, L5));
      p = f.fma(p, FloatVector.broadcast(LANE, L4));
      p = f.fma(p, FloatVector.broadcast(LANE, L3));
      p = f.fma(p, FloatVector.broadcast(LANE, L2));
      FloatVector y = f.mul(f).fma(p, f);
      y = power.fma(FloatVector.broadcast(LANE, LN2_LOW), y);
      y = power.fma(FloatVector.broadcast(LANE, LN2_HIGH), y);
      y.add(max).intoArray(out, outFrom + j);
    }
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
    scalar.logMultiplyBackward(x, xFrom, m, y, yFrom, dy, dyFrom, dM);
  }

  // ---- Optimizer -------------------------------------------------------------------------------

  @Override
  public void average(float decay, float[] x, float[] a, int from, int length) {
    Shapes.elements("average", x, from, length);
    Shapes.elements("average", a, from, length);
    FloatVector rest = FloatVector.broadcast(LANE, 1f - decay);
    int end = from + length;
    int i = from;
    for (; i + LANES <= end; i += LANES) {
      rest.fma(FloatVector.fromArray(LANE, x, i), FloatVector.fromArray(LANE, a, i).mul(decay))
          .intoArray(a, i);
    }
    scalar.average(decay, x, a, i, end - i);
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
    float mWeight = step.mWeight();
    float gWeight = step.gWeight();
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
      FloatVector update = mean.fma(FloatVector.broadcast(LANE, mWeight), gradient.mul(gWeight));
      mean.intoArray(m, i);
      square.intoArray(v, i);
      FloatVector.fromArray(LANE, w, i)
          .sub(update.mul(rate).div(square.sqrt().add(epsilon)))
          .intoArray(w, i);
    }
    scalar.adam(step, w, g, gAt, m, v, i, end - i);
  }
}
