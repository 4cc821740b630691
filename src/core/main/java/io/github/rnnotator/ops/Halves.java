package io.github.rnnotator.ops;

/** Converts 16-bit floats (IEEE 754 binary16), which Java supports only from version 20. */
public final class Halves {
  private Halves() {}

  /** Rounds to the nearest 16-bit float, ties to even; overflow gives infinity. */
  public static short fromFloat(float value) {
    int bits = Float.floatToRawIntBits(value);
    int sign = bits >>> 16 & 0x8000;
    float magnitude = Math.abs(value);
    if (Float.isNaN(value)) {
      return (short) (sign | 0x7e00);
    }
    if (magnitude >= 65520) {
      return (short) (sign | 0x7c00);
    }
    if (magnitude < 0x1p-14f) {
      // Subnormal: a multiple of 2^-24; rint rounds ties to even.
      return (short) (sign | (int) Math.rint(magnitude * 0x1p24));
    }
    int rounded = (bits & 0x7fffffff) + 0x0fff + (bits >>> 13 & 1);
    return (short) (sign | (rounded - (112 << 23)) >>> 13);
  }

  /**
   * Converts many to 32-bit floats, exactly.
   *
   * @param halves the first {@code n} are converted
   * @param out {@code out[at .. at + n - 1]} are modified
   * @return whether all are finite; if not, those that are not have other values in {@code out}
   */
  public static boolean toFloats(short[] halves, int n, float[] out, int at) {
    int greatest = 0;
    for (int i = 0; i < n; i++) {
      int half = halves[i];
      int magnitude = half & 0x7fff;
      greatest = Math.max(greatest, magnitude);
      // Exponents differ by 112, also those of subnormal numbers.
      float value = Float.intBitsToFloat(magnitude << 13) * 0x1p112f;
      out[at + i] = Float.intBitsToFloat(Float.floatToRawIntBits(value) | (half & 0x8000) << 16);
    }
    return greatest < 0x7c00;
  }

  /** Converts to a 32-bit float, exactly. */
  public static float toFloat(short half) {
    int sign = (half & 0x8000) << 16;
    int exponent = half >>> 10 & 0x1f;
    int mantissa = half & 0x3ff;
    if (exponent == 0) {
      float magnitude = mantissa * 0x1p-24f;
      return sign == 0 ? magnitude : -magnitude;
    }
    int rest = exponent == 31 ? 0x7f800000 : (exponent + 112) << 23;
    return Float.intBitsToFloat(sign | rest | mantissa << 13);
  }
}
