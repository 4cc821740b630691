package io.github.rnnotator.ops;

/**
 * The coefficients of tanh, exp and log. {@link ScalarOps} and {@link VectorOps} evaluate them in
 * the same order, hence with the same bits.
 *
 * <pre>
 *   tanh(x) = x P(x^2) / Q(x^2)     for |x| up to TANH_CLAMP, where it reaches 1
 *   exp(x)  = 2^n E(x - n ln 2)     with n the integer nearest to x / ln 2
 *   sigmoid(x) = 1/2 + tanh(x / 2) / 2
 *   log(x)  = n ln 2 + f + f^2 L(f) with x = 2^n (1 + f) and 1 + f in [sqrt(1/2), sqrt(2))
 * </pre>
 *
 * <p>P (degree 5) over Q (degree 3), E (degree 6) and L (degree 7) are minimax fits of the relative
 * error by reweighted least squares in 50 digits: 1.8e-8 for tanh on [0, 7.95], 3.1e-9 for E on
 * [-ln(2)/2, ln(2)/2], 3.0e-8 for log where n is 0; rounding to float adds more.
 */
final class Approximation {
  /** The smallest argument whose computed tanh is 1, with and without fma. */
  static final float TANH_CLAMP = 7.9590297f;

  static final float P1 = 0.12982093f;
  static final float P2 = 2.9890058e-3f;
  static final float P3 = 9.909117e-6f;
  static final float P4 = -1.4805523e-8f;
  static final float P5 = 2.3806406e-11f;

  static final float Q1 = 0.4631541f;
  static final float Q2 = 2.404062e-2f;
  static final float Q3 = 2.376484e-4f;

  /** Here n is 127, the largest exponent of a float. */
  static final float EXP_MAX = 88.3f;

  /** Here n is -127, whose power of two is built as 0. */
  static final float EXP_MIN = -88f;

  static final float LOG2_E = 1.442695f;

  /** ln 2 in two parts; the first has few enough bits that its product with n is exact. */
  static final float LN2_HIGH = 0.693359375f;

  static final float LN2_LOW = -2.1219444e-4f;

  /** Added to a small float, leaves the nearest integer in the low bits of the sum. */
  static final float ROUNDER = 0x1.8p23f;

  /** {@link #ROUNDER} as an integer. */
  static final int ROUNDER_BITS = 0x4b400000;

  static final float E2 = 0.49999994f;
  static final float E3 = 0.16666521f;
  static final float E4 = 4.166839e-2f;
  static final float E5 = 8.3687175e-3f;
  static final float E6 = 1.3814596e-3f;

  /** The bits of sqrt(1/2): subtracted from those of x, they leave n above the mantissa. */
  static final int SQRT_HALF_BITS = 0x3f3504f3;

  static final float L2 = -0.49999992f;
  static final float L3 = 0.3333395f;
  static final float L4 = -0.25001755f;
  static final float L5 = 0.1996207f;
  static final float L6 = -0.16570522f;
  static final float L7 = 0.14918008f;
  static final float L8 = -0.14307434f;
  static final float L9 = 0.08734634f;

  private Approximation() {}
}
