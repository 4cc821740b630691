package io.github.rnnotator.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** 16-bit floats against their definition, exhaustively, and rounding by search. */
class HalvesTest {
  @Test
  void everyHalfDecodesToItsDefinition() {
    for (int bits = 0; bits < 0x10000; bits++) {
      int exponent = bits >>> 10 & 31;
      int mantissa = bits & 1023;
      double magnitude =
          exponent == 0 ? mantissa * 0x1p-24 : (1024 + mantissa) * Math.pow(2, exponent - 25);
      if (exponent == 31) {
        magnitude = mantissa == 0 ? Double.POSITIVE_INFINITY : Double.NaN;
      }
      float expected = (float) (bits < 0x8000 ? magnitude : -magnitude);
      // Float.compare distinguishes -0 from 0 and treats all NaN as equal.
      assertThat(Float.compare(Halves.toFloat((short) bits), expected)).as("%x", bits).isZero();
    }
  }

  @Test
  void manyAreConvertedAsOne() {
    short[] halves = new short[0x10000];
    for (int bits = 0; bits < halves.length; bits++) {
      halves[bits] = (short) bits;
    }
    float[] all = new float[halves.length + 3];
    assertThat(Halves.toFloats(halves, halves.length, all, 3)).isFalse();
    for (int bits = 0; bits < halves.length; bits++) {
      float one = Halves.toFloat(halves[bits]);
      if (Float.isFinite(one)) {
        assertThat(Float.compare(all[bits + 3], one)).as("%x", bits).isZero();
      }
      short[] alone = {0, halves[bits]};
      assertThat(Halves.toFloats(alone, 2, new float[2], 0))
          .as("%x", bits)
          .isEqualTo(Float.isFinite(one));
    }
    assertThat(all[2]).isZero();
  }

  @Test
  void everyHalfSurvivesRoundTrip() {
    for (int bits = 0; bits < 0x10000; bits++) {
      float value = Halves.toFloat((short) bits);
      int back = Halves.fromFloat(value) & 0xffff;
      if (Float.isNaN(value)) {
        assertThat(Float.isNaN(Halves.toFloat((short) back))).as("%x", bits).isTrue();
      } else {
        assertThat(back).as("%x", bits).isEqualTo(bits);
      }
    }
  }

  @Test
  void tiesRoundToEven() {
    for (int bits = 0; bits < 0x7c00; bits++) {
      float low = Halves.toFloat((short) bits);
      // The next value above the largest half would be 2^16.
      float high = bits == 0x7bff ? 0x1p16f : Halves.toFloat((short) (bits + 1));
      float middle = (low + high) / 2;
      int even = bits % 2 == 0 ? bits : bits + 1;
      for (int sign : new int[] {0, 0x8000}) {
        float s = sign == 0 ? 1 : -1;
        check(s * middle, even | sign);
        check(s * Math.nextDown(middle), bits | sign);
        check(s * Math.nextUp(middle), bits + 1 | sign);
      }
    }
  }

  @Test
  void anyFloatRoundsToNearest() {
    float[] halves = new float[0x7c00];
    for (int bits = 0; bits < halves.length; bits++) {
      halves[bits] = Halves.toFloat((short) bits);
    }
    long seed = 5;
    SplittableRandom random = new SplittableRandom(seed);
    for (int i = 0; i < 50_000; i++) {
      float value = Float.intBitsToFloat(random.nextInt());
      float magnitude = Math.abs(value);
      if (magnitude < 65520) {
        int at = Arrays.binarySearch(halves, magnitude);
        int above = Math.min(halves.length - 1, at < 0 ? -at - 1 : at);
        int below = Math.max(0, above - 1);
        // Both differences are exact in double. Ties are tested above.
        double up = Math.abs((double) halves[above] - magnitude);
        double down = Math.abs(magnitude - (double) halves[below]);
        double error = Math.abs((double) Halves.toFloat(Halves.fromFloat(value)) - value);
        assertThat(error).as("seed %d, %s", seed, value).isEqualTo(Math.min(up, down));
      }
    }
  }

  @Test
  void overflowBecomesInfiniteAndNanStaysNan() {
    check(65519.996f, 0x7bff);
    check(65520, 0x7c00);
    check(-1e30f, 0xfc00);
    check(Float.POSITIVE_INFINITY, 0x7c00);
    check(Float.NEGATIVE_INFINITY, 0xfc00);
    check(Float.MIN_VALUE, 0);
    check(-0f, 0x8000);
    assertThat(Halves.toFloat(Halves.fromFloat(Float.NaN))).isNaN();
  }

  private static void check(float value, int bits) {
    assertThat(Halves.fromFloat(value) & 0xffff).as("%s", value).isEqualTo(bits);
  }
}
