package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.Arrays;
import java.util.List;
import java.util.SplittableRandom;
import org.ejml.data.FMatrixRMaj;

/** Random batches, weights and passes for the tests of this package. */
public final class Samples {
  private Samples() {}

  /** Lengths in 1..longest in random order, including both 1 and the longest. */
  public static int[] lengths(int sequences, int longest, SplittableRandom random) {
    int[] lengths = new int[sequences];
    for (int i = 0; i < sequences; i++) {
      lengths[i] = 1 + random.nextInt(longest);
    }
    int first = random.nextInt(sequences);
    lengths[first] = longest;
    lengths[(first + 1) % sequences] = 1;
    return lengths;
  }

  /** Sequences of these lengths with vectors in +-1. */
  public static SequenceBatch batch(int[] lengths, int dim, SplittableRandom random) {
    Packing packing = Packing.of(lengths);
    return new SequenceBatch(packing, Initializers.uniform(packing.tokens(), dim, 1, random));
  }

  /** The same as a tensor {@code (batch, timesteps, dim)}. */
  public static float[][][] tensor(int[] lengths, int dim, SplittableRandom random) {
    return batch(lengths, dim, random).toTensor();
  }

  /** The same numbers in double precision. */
  public static double[] doubles(float[] x) {
    double[] doubles = new double[x.length];
    Arrays.setAll(doubles, i -> x[i]);
    return doubles;
  }

  /** Fills all weights, biases too, with values in +-limit. */
  public static <T extends Layer> T randomized(T layer, float limit, SplittableRandom random) {
    randomize(layer.parameters(), limit, random);
    return layer;
  }

  public static void randomize(List<Parameter> parameters, float limit, SplittableRandom random) {
    for (Parameter parameter : parameters) {
      FMatrixRMaj value = parameter.value();
      FMatrixRMaj fresh = Initializers.uniform(value.numRows, value.numCols, limit, random);
      System.arraycopy(fresh.data, 0, value.data, 0, fresh.data.length);
    }
  }

  /** The parameter whose name has this suffix. */
  public static Parameter parameter(Layer layer, String nameEnd) {
    return parameter(layer.parameters(), nameEnd);
  }

  public static Parameter parameter(List<Parameter> parameters, String nameEnd) {
    List<Parameter> found = parameters.stream().filter(p -> p.name().endsWith(nameEnd)).toList();
    if (found.size() != 1) {
      throw new IllegalArgumentException(nameEnd + " fits " + found);
    }
    return found.get(0);
  }

  /** A workspace whose free buffers hold NaN, to expose reads of undefined values. */
  public static Workspace poisoned() {
    Workspace workspace = new Workspace();
    for (int i = 0; i < 200; i++) {
      Arrays.fill(workspace.matrix(32, 32).data, Float.NaN);
    }
    workspace.reset();
    return workspace;
  }

  public static PassContext inference() {
    return PassContext.inference(Ops.best(), poisoned());
  }

  public static PassContext training(long seed) {
    return PassContext.training(Ops.best(), poisoned(), seed);
  }
}
