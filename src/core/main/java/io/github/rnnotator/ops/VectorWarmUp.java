package io.github.rnnotator.ops;

import jdk.incubator.vector.FloatVector;
import jdk.incubator.vector.IntVector;
import jdk.incubator.vector.VectorOperators;
import jdk.incubator.vector.VectorSpecies;

/**
 * Runs every kind of vector operation before {@link VectorOps} does, so that the JIT compiler
 * profiles them all.
 *
 * <p>A method of the Vector API serves many operators and element types. If only one has been seen
 * so far, the compiler speculates on it, and the next one causes a deoptimization. JDK 17 counts
 * these: in a method that calls many deoptimized ones, such as a tile of a product, it stops
 * speculating, even on the class of a vector, and then allocates every vector. In some runs a
 * product thus stays at half its speed. After this loop the shared methods have seen several
 * operators, so that the compiler does not speculate on one.
 */
final class VectorWarmUp {
  private static final VectorSpecies<Float> LANE = FloatVector.SPECIES_PREFERRED;

  /** Enough for profiling, which starts after 200 calls. */
  private static final int ROUNDS = 300;

  private VectorWarmUp() {}

  /** Runs the operations and discards the results. */
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
