package io.github.rnnotator.kernel;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Shows the just-in-time compiler every kind of vector operation before the kernel uses one.
 *
 * <p>A method of the Vector API serves many operators and element types. If it has seen only one of
 * them so far, the compiler bets on that, and the first other one proves it wrong. JDK 17 counts
 * such mistakes: in a method that calls much of what was once wrong, such as a tile of a product,
 * it makes no bets at all, not even those on the class of a vector without which each vector
 * becomes an object. Then a kernel runs at half its speed for good, in some starts. After this loop
 * the shared methods have seen several operators, so that nobody bets.
 */
final class VectorWarmUp {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;

  /** Enough for the compiler's counters to start, which they do after 200 calls. */
  private static final int ROUNDS = 300;

  private VectorWarmUp() {}

  /** Does nothing that anyone could see. */
  static void run() {
    float[] x = new float[LANE.length()];
    for (int round = 0; round < ROUNDS; round++) {
      FloatVector a = FloatVector.fromArray(LANE, x, 0);
      FloatVector b = FloatVector.broadcast(LANE, 0.5f);
      a = a.fma(b, b).mul(b).add(b);
      a = a.sub(b).div(b).max(0f).neg();
      a = a.blend(b, a.compare(VectorOperators.GT, b)).blend(a, a.compare(VectorOperators.LT, b));
      a = a.add(b.sqrt());
      IntVector bits = a.reinterpretAsInts();
      bits = bits.add(1).sub(1).lanewise(VectorOperators.LSHL, 1);
      bits = bits.lanewise(VectorOperators.ASHR, 1).add(bits).sub(bits);
      a = bits.reinterpretAsFloats().mul(0f);
      a.blend(b, a.compare(VectorOperators.NE, a)).intoArray(x, 0);
    }
  }
}
