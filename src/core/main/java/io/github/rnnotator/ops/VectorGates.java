package io.github.rnnotator.ops;

import static io.github.rnnotator.ops.Approximation.*;

import java.util.Arrays;
import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;
import org.ejml.data.FMatrixRMaj;

/**
 * The gates of the recurrent cells on the Vector API, for at least one vector of units. {@link Ops}
 * has the equations.
 *
 * <p>All gates of a vector of units are computed together, from the pre-activations to the state.
 * Compare and blend clamp faster than {@code min} and {@code max}, which distinguish 0 from -0.
 *
 * <p>Products, sums and differences are all written as {@code fma}: {@code x * y} as {@code
 * x.fma(y, none)} with -0 in {@code none}, {@code 1 - x} as {@code x.fma(minusOne, one)}. The bits
 * and the speed are the same. The compiler of JDK 17 speculates on the class of each vector from
 * shared profiles, and stops in a method with too many callees that were deoptimized: {@code mul},
 * {@code add} and {@code sub} share one method, which is deoptimized early; {@code fma} never is.
 * Without speculation every store allocates its vector, and a step takes five times as long.
 */
final class VectorGates {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;
  private static final int LANES = LANE.length();

  private final ScratchPool<float[]> scratch = ScratchPool.ofFloats();

  // At the start of a sequence the previous state is read from an array of zeros, and its gradient
  // is written to an array that is never read. Remaining units that do not fill a vector are
  // computed in a separate array, together with their neighbours.

  void lstmForward(FMatrixRMaj a, FMatrixRMaj c, FMatrixRMaj tanhC, FMatrixRMaj h, Step step) {
    Shapes.timestep("lstmForward", 4, new FMatrixRMaj[] {a}, new FMatrixRMaj[] {c, tanhC, h}, step);
    int units = c.numCols;
    int rest = units % LANES;
    int whole = units - rest;
    int last = units - LANES;
    // zeros [units], then for the last vector: gates [4 x LANES], previous, c, tanhC, h
    float[] buffer = scratch.take(units + 8 * LANES);
    Arrays.fill(buffer, 0, units, 0f);
    int own = units + 4 * LANES;
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      int i = 4 * at;
      float[] cPrevious = t < step.previousRows() ? c.data : buffer;
      int previous = t < step.previousRows() ? (step.previousRow() + t) * units : 0;
      if (rest > 0) {
        copyGates(a.data, i + last, units, buffer, units, LANES, 4, LANES);
        System.arraycopy(cPrevious, previous + last, buffer, own, LANES);
        lstmRow(
            buffer,
            units,
            LANES,
            buffer,
            own,
            buffer,
            own + LANES,
            buffer,
            own + 2 * LANES,
            buffer,
            own + 3 * LANES,
            LANES);
      }
      lstmRow(a.data, i, units, cPrevious, previous, c.data, at, tanhC.data, at, h.data, at, whole);
      if (rest > 0) {
        int from = LANES - rest;
        copyGates(buffer, units + from, LANES, a.data, i + whole, units, 4, rest);
        System.arraycopy(buffer, own + LANES + from, c.data, at + whole, rest);
        System.arraycopy(buffer, own + 2 * LANES + from, tanhC.data, at + whole, rest);
        System.arraycopy(buffer, own + 3 * LANES + from, h.data, at + whole, rest);
      }
    }
    scratch.giveBack(buffer);
  }

  /** Copies the same units of several gates. */
  private static void copyGates(
      float[] x, int xAt, int xStep, float[] y, int yAt, int yStep, int gates, int length) {
    for (int gate = 0; gate < gates; gate++) {
      System.arraycopy(x, xAt + gate * xStep, y, yAt + gate * yStep, length);
    }
  }

  /**
   * Units {@code 0..length-1} of one row, a multiple of a vector: gates at {@code a[i + j]}, {@code
   * a[i + step + j]} and so on. The four fractions of tanh share one division: with {@code r = 1 /
   * (a b c d)}, {@code 1 / a = r (c d) b}, and so on.
   */
  private static void lstmRow(
      float[] a,
      int i,
      int step,
      float[] cPrevious,
      int previous,
      float[] c,
      int cAt,
      float[] tanhC,
      int tanhAt,
      float[] h,
      int hAt,
      int length) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    FloatVector half = FloatVector.broadcast(LANE, 0.5f);
    FloatVector top = FloatVector.broadcast(LANE, TANH_CLAMP);
    FloatVector bottom = FloatVector.broadcast(LANE, -TANH_CLAMP);
    FloatVector p5 = FloatVector.broadcast(LANE, P5);
    FloatVector p4 = FloatVector.broadcast(LANE, P4);
    FloatVector p3 = FloatVector.broadcast(LANE, P3);
    FloatVector p2 = FloatVector.broadcast(LANE, P2);
    FloatVector p1 = FloatVector.broadcast(LANE, P1);
    FloatVector q3 = FloatVector.broadcast(LANE, Q3);
    FloatVector q2 = FloatVector.broadcast(LANE, Q2);
    FloatVector q1 = FloatVector.broadcast(LANE, Q1);

    for (int j = 0; j < length; j += LANES) {
      int iAt = i + j;
      int fAt = iAt + step;
      int gAt = fAt + step;
      int oAt = gAt + step;
      FloatVector xi = FloatVector.fromArray(LANE, a, iAt).fma(half, none);
      xi = xi.blend(top, xi.compare(VectorOperators.GT, top));
      xi = xi.blend(bottom, xi.compare(VectorOperators.LT, bottom));
      FloatVector u = xi.fma(xi, none);
      FloatVector p = u.fma(p5, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, one);
      FloatVector iBelow = u.fma(q3, q2).fma(u, q1).fma(u, one);
      FloatVector iAbove = xi.fma(p, none);
      FloatVector xf = FloatVector.fromArray(LANE, a, fAt).fma(half, none);
      xf = xf.blend(top, xf.compare(VectorOperators.GT, top));
      xf = xf.blend(bottom, xf.compare(VectorOperators.LT, bottom));
      u = xf.fma(xf, none);
      p = u.fma(p5, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, one);
      FloatVector fBelow = u.fma(q3, q2).fma(u, q1).fma(u, one);
      FloatVector fAbove = xf.fma(p, none);
      FloatVector xg = FloatVector.fromArray(LANE, a, gAt);
      xg = xg.blend(top, xg.compare(VectorOperators.GT, top));
      xg = xg.blend(bottom, xg.compare(VectorOperators.LT, bottom));
      u = xg.fma(xg, none);
      p = u.fma(p5, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, one);
      FloatVector gBelow = u.fma(q3, q2).fma(u, q1).fma(u, one);
      FloatVector gAbove = xg.fma(p, none);
      FloatVector xo = FloatVector.fromArray(LANE, a, oAt).fma(half, none);
      xo = xo.blend(top, xo.compare(VectorOperators.GT, top));
      xo = xo.blend(bottom, xo.compare(VectorOperators.LT, bottom));
      u = xo.fma(xo, none);
      p = u.fma(p5, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, one);
      FloatVector oBelow = u.fma(q3, q2).fma(u, q1).fma(u, one);
      FloatVector oAbove = xo.fma(p, none);
      FloatVector ifBelow = iBelow.fma(fBelow, none);
      FloatVector goBelow = gBelow.fma(oBelow, none);
      FloatVector r = one.div(ifBelow.fma(goBelow, none));
      FloatVector rIf = r.fma(goBelow, none);
      FloatVector rGo = r.fma(ifBelow, none);
      FloatVector iGate = iAbove.fma(fBelow, none).fma(rIf, none).fma(half, half);
      FloatVector fGate = fAbove.fma(iBelow, none).fma(rIf, none).fma(half, half);
      FloatVector candidate = gAbove.fma(oBelow, none).fma(rGo, none);
      FloatVector oGate = oAbove.fma(gBelow, none).fma(rGo, none).fma(half, half);
      FloatVector state =
          fGate.fma(
              FloatVector.fromArray(LANE, cPrevious, previous + j), iGate.fma(candidate, none));
      one.fma(iGate, none).intoArray(a, iAt);
      one.fma(fGate, none).intoArray(a, fAt);
      one.fma(candidate, none).intoArray(a, gAt);
      one.fma(oGate, none).intoArray(a, oAt);
      one.fma(state, none).intoArray(c, cAt + j);
      FloatVector xc = state;
      xc = xc.blend(top, xc.compare(VectorOperators.GT, top));
      xc = xc.blend(bottom, xc.compare(VectorOperators.LT, bottom));
      u = xc.fma(xc, none);
      p = u.fma(p5, p4).fma(u, p3).fma(u, p2).fma(u, p1).fma(u, one);
      FloatVector cBelow = u.fma(q3, q2).fma(u, q1).fma(u, one);
      FloatVector cAbove = xc.fma(p, none);
      xc = cAbove.div(cBelow);
      one.fma(xc, none).intoArray(tanhC, tanhAt + j);
      oGate.fma(xc, none).intoArray(h, hAt + j);
    }
  }

  void lstmBackward(
      FMatrixRMaj gates,
      FMatrixRMaj c,
      FMatrixRMaj tanhC,
      FMatrixRMaj dH,
      FMatrixRMaj dC,
      FMatrixRMaj dA,
      Step step) {
    int units = c.numCols;
    Shapes.timestep(
        "lstmBackward",
        4,
        new FMatrixRMaj[] {gates, dA},
        new FMatrixRMaj[] {c, tanhC, dH, dC},
        step);
    float[] buffer = scratch.take(2 * units);
    Arrays.fill(buffer, 0, units, 0f);
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      boolean first = t >= step.previousRows();
      int previous = first ? 0 : (step.previousRow() + t) * units;
      int previousGradient = first ? units : previous;
      lstmBackwardRow(
          gates.data,
          first ? buffer : c.data,
          previous,
          tanhC.data,
          dH.data,
          dC.data,
          first ? buffer : dC.data,
          previousGradient,
          dA.data,
          at,
          units);
    }
    scratch.giveBack(buffer);
  }

  private static void lstmBackwardRow(
      float[] gates,
      float[] cPrevious,
      int previous,
      float[] tanhC,
      float[] dH,
      float[] dC,
      float[] dCPrevious,
      int dPrevious,
      float[] dA,
      int at,
      int units) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector minusOne = FloatVector.broadcast(LANE, -1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
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
          dh.fma(o, none).fma(state.neg().fma(state, one), FloatVector.fromArray(LANE, dC, at + j));
      dc.fma(g, none).fma(i, none).fma(i.fma(minusOne, one), none).intoArray(dA, gate);
      dc.fma(FloatVector.fromArray(LANE, cPrevious, previous + j), none)
          .fma(f, none)
          .fma(f.fma(minusOne, one), none)
          .intoArray(dA, gate + units);
      dc.fma(i, none).fma(g.neg().fma(g, one), none).intoArray(dA, gate + 2 * units);
      dh.fma(state, none)
          .fma(o, none)
          .fma(o.fma(minusOne, one), none)
          .intoArray(dA, gate + 3 * units);
      dc.fma(f, none).intoArray(dCPrevious, dPrevious + j);
    }
  }

  void gruForward(FMatrixRMaj a, FMatrixRMaj u, FMatrixRMaj h, Step step) {
    Shapes.timestep("gruForward", 3, new FMatrixRMaj[] {a, u}, new FMatrixRMaj[] {h}, step);
    int units = h.numCols;
    int rest = units % LANES;
    int whole = units - rest;
    int last = units - LANES;
    // zeros [units], then for the last vector: gates [3 a LANES], u [3 a LANES], previous, h
    float[] buffer = scratch.take(units + 8 * LANES);
    Arrays.fill(buffer, 0, units, 0f);
    int own = units + 3 * LANES;
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      int z = 3 * at;
      float[] hPrevious = t < step.previousRows() ? h.data : buffer;
      int previous = t < step.previousRows() ? (step.previousRow() + t) * units : 0;
      if (rest > 0) {
        copyGates(a.data, z + last, units, buffer, units, LANES, 3, LANES);
        copyGates(u.data, z + last, units, buffer, own, LANES, 3, LANES);
        System.arraycopy(hPrevious, previous + last, buffer, own + 3 * LANES, LANES);
        gruRow(
            buffer,
            units,
            LANES,
            buffer,
            own,
            buffer,
            own + 3 * LANES,
            buffer,
            own + 4 * LANES,
            LANES);
      }
      gruRow(a.data, z, units, u.data, z, hPrevious, previous, h.data, at, whole);
      if (rest > 0) {
        int from = LANES - rest;
        copyGates(buffer, units + from, LANES, a.data, z + whole, units, 3, rest);
        System.arraycopy(buffer, own + 4 * LANES + from, h.data, at + whole, rest);
      }
    }
    scratch.giveBack(buffer);
  }

  /**
   * Units {@code 0..length-1} of one row, a multiple of a vector: gates at {@code a[z + j]}, {@code
   * a[z + step + j]} and so on, and the recurrent term likewise in {@code u}. Both sigmoids share
   * one division.
   */
  private static void gruRow(
      float[] a,
      int z,
      int step,
      float[] u,
      int uAt,
      float[] hPrevious,
      int previous,
      float[] h,
      int at,
      int length) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector minusOne = FloatVector.broadcast(LANE, -1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    FloatVector half = FloatVector.broadcast(LANE, 0.5f);
    FloatVector top = FloatVector.broadcast(LANE, TANH_CLAMP);
    FloatVector bottom = FloatVector.broadcast(LANE, -TANH_CLAMP);
    FloatVector p5 = FloatVector.broadcast(LANE, P5);
    FloatVector p4 = FloatVector.broadcast(LANE, P4);
    FloatVector p3 = FloatVector.broadcast(LANE, P3);
    FloatVector p2 = FloatVector.broadcast(LANE, P2);
    FloatVector p1 = FloatVector.broadcast(LANE, P1);
    FloatVector q3 = FloatVector.broadcast(LANE, Q3);
    FloatVector q2 = FloatVector.broadcast(LANE, Q2);
    FloatVector q1 = FloatVector.broadcast(LANE, Q1);

    for (int j = 0; j < length; j += LANES) {
      int zAt = z + j;
      int rAt = zAt + step;
      int nAt = rAt + step;
      FloatVector xz =
          FloatVector.fromArray(LANE, u, uAt + j)
              .fma(one, FloatVector.fromArray(LANE, a, zAt))
              .fma(half, none);
      xz = xz.blend(top, xz.compare(VectorOperators.GT, top));
      xz = xz.blend(bottom, xz.compare(VectorOperators.LT, bottom));
      FloatVector v = xz.fma(xz, none);
      FloatVector p = v.fma(p5, p4).fma(v, p3).fma(v, p2).fma(v, p1).fma(v, one);
      FloatVector zBelow = v.fma(q3, q2).fma(v, q1).fma(v, one);
      FloatVector zAbove = xz.fma(p, none);
      FloatVector xr =
          FloatVector.fromArray(LANE, u, uAt + step + j)
              .fma(one, FloatVector.fromArray(LANE, a, rAt))
              .fma(half, none);
      xr = xr.blend(top, xr.compare(VectorOperators.GT, top));
      xr = xr.blend(bottom, xr.compare(VectorOperators.LT, bottom));
      v = xr.fma(xr, none);
      p = v.fma(p5, p4).fma(v, p3).fma(v, p2).fma(v, p1).fma(v, one);
      FloatVector rBelow = v.fma(q3, q2).fma(v, q1).fma(v, one);
      FloatVector rAbove = xr.fma(p, none);
      FloatVector both = one.div(zBelow.fma(rBelow, none));
      FloatVector update = zAbove.fma(rBelow, none).fma(both, none).fma(half, half);
      FloatVector reset = rAbove.fma(zBelow, none).fma(both, none).fma(half, half);
      FloatVector xn =
          reset.fma(
              FloatVector.fromArray(LANE, u, uAt + 2 * step + j),
              FloatVector.fromArray(LANE, a, nAt));
      xn = xn.blend(top, xn.compare(VectorOperators.GT, top));
      xn = xn.blend(bottom, xn.compare(VectorOperators.LT, bottom));
      v = xn.fma(xn, none);
      p = v.fma(p5, p4).fma(v, p3).fma(v, p2).fma(v, p1).fma(v, one);
      FloatVector nBelow = v.fma(q3, q2).fma(v, q1).fma(v, one);
      FloatVector nAbove = xn.fma(p, none);

      FloatVector candidate = nAbove.div(nBelow);
      one.fma(update, none).intoArray(a, zAt);
      one.fma(reset, none).intoArray(a, rAt);
      one.fma(candidate, none).intoArray(a, nAt);
      FloatVector state =
          update.fma(
              FloatVector.fromArray(LANE, hPrevious, previous + j),
              update.fma(minusOne, one).fma(candidate, none));
      one.fma(state, none).intoArray(h, at + j);
    }
  }

  void gruBackward(
      FMatrixRMaj gates,
      FMatrixRMaj u,
      FMatrixRMaj h,
      FMatrixRMaj dH,
      FMatrixRMaj dA,
      FMatrixRMaj dU,
      Step step) {
    int units = h.numCols;
    Shapes.timestep(
        "gruBackward", 3, new FMatrixRMaj[] {gates, u, dA, dU}, new FMatrixRMaj[] {h, dH}, step);
    float[] zeros = scratch.take(units);
    Arrays.fill(zeros, 0, units, 0f);
    for (int t = 0; t < step.rows(); t++) {
      int at = (step.row() + t) * units;
      int previous = (step.previousRow() + t) * units;
      if (t < step.previousRows()) {
        gruBackwardRow(gates.data, u.data, h.data, previous, dH.data, dA.data, dU.data, at, units);
        addProducts(dH.data, at, gates.data, 3 * at, dH.data, previous, units);
      } else {
        gruBackwardRow(gates.data, u.data, zeros, 0, dH.data, dA.data, dU.data, at, units);
      }
    }
    scratch.giveBack(zeros);
  }

  private static void gruBackwardRow(
      float[] gates,
      float[] u,
      float[] hPrevious,
      int previous,
      float[] dH,
      float[] dA,
      float[] dU,
      int at,
      int units) {
    FloatVector one = FloatVector.broadcast(LANE, 1f);
    FloatVector minusOne = FloatVector.broadcast(LANE, -1f);
    FloatVector none = FloatVector.broadcast(LANE, -0f);
    for (int next = 0; next < units; next += LANES) {
      int j = Math.min(next, units - LANES);
      int gate = 3 * at + j;
      FloatVector z = FloatVector.fromArray(LANE, gates, gate);
      FloatVector r = FloatVector.fromArray(LANE, gates, gate + units);
      FloatVector n = FloatVector.fromArray(LANE, gates, gate + 2 * units);
      FloatVector dh = FloatVector.fromArray(LANE, dH, at + j);
      FloatVector dan = dh.fma(z.fma(minusOne, one), none).fma(n.neg().fma(n, one), none);
      FloatVector change = n.fma(minusOne, FloatVector.fromArray(LANE, hPrevious, previous + j));
      FloatVector daz = dh.fma(change, none).fma(z, none).fma(z.fma(minusOne, one), none);
      FloatVector dar =
          dan.fma(FloatVector.fromArray(LANE, u, gate + 2 * units), none)
              .fma(r, none)
              .fma(r.fma(minusOne, one), none);
      daz.intoArray(dA, gate);
      dar.intoArray(dA, gate + units);
      dan.intoArray(dA, gate + 2 * units);
      daz.intoArray(dU, gate);
      dar.intoArray(dU, gate + units);
      dan.fma(r, none).intoArray(dU, gate + 2 * units);
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
}
