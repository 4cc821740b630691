package io.github.rnnotator.nn;

import java.util.List;
import java.util.SplittableRandom;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Dropout}: in training, sets a fraction {@code rate} of the input to 0 and divides
 * the rest by {@code 1 - rate}; otherwise the identity (Srivastava et al. 2014).
 *
 * @param rate the fraction dropped, in {@code [0, 1)}
 * @param variational whether the same elements are dropped at every timestep of a sequence (Gal
 *     &amp; Ghahramani 2016; Keras' {@code noise_shape=(batch, 1, dim)})
 */
public record Dropout(float rate, boolean variational) implements LayerSpec {
  /** Checks the rate. */
  public Dropout {
    if (!(rate >= 0 && rate < 1)) {
      throw new IllegalArgumentException("dropout " + rate + " is not in [0, 1)");
    }
  }

  /** Drops elements independently. */
  public Dropout(float rate) {
    this(rate, false);
  }

  /** Returns a copy with or without variational dropout. */
  public Dropout variational(boolean variational) {
    return new Dropout(rate, variational);
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return new DropoutLayer(inputDim);
  }

  /** Fills a mask with 0 (with probability {@code rate}) or {@code 1 / (1 - rate)}. */
  static void fillMask(FMatrixRMaj mask, float rate, SplittableRandom random) {
    // Two 32-bit draws from each long: drawing is most of the cost of dropout.
    long threshold = (long) (rate * 0x1p32);
    float keep = 1 / (1 - rate);
    int n = mask.numRows * mask.numCols;
    for (int i = 0; i < n; i += 2) {
      long bits = random.nextLong();
      mask.data[i] = (bits >>> 32) < threshold ? 0 : keep;
      if (i + 1 < n) {
        mask.data[i + 1] = (bits & 0xffffffffL) < threshold ? 0 : keep;
      }
    }
  }

  final class DropoutLayer implements Layer {
    private final int dim;

    DropoutLayer(int dim) {
      this.dim = dim;
    }

    @Override
    public int outputDim() {
      return dim;
    }

    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      if (!pass.isTraining() || rate == 0) {
        return new Output(x, (dY, gradients) -> dY);
      }
      Packing packing = x.packing();
      FMatrixRMaj mask = pass.matrix(variational ? packing.sequences() : packing.tokens(), dim);
      fillMask(mask, rate, pass.random());
      FMatrixRMaj y = pass.matrix(packing.tokens(), dim);
      apply(mask, packing, x.values(), y, pass);
      return new Output(
          new SequenceBatch(packing, y),
          (dY, gradients) -> {
            FMatrixRMaj dX = pass.matrix(packing.tokens(), dim);
            apply(mask, packing, dY, dX, pass);
            return dX;
          });
    }

    private void apply(
        FMatrixRMaj mask, Packing packing, FMatrixRMaj from, FMatrixRMaj to, PassContext pass) {
      if (!variational) {
        pass.ops().multiplyElements(from.data, 0, mask.data, 0, to.data, 0, packing.tokens() * dim);
        return;
      }
      for (int t = 0; t < packing.timesteps(); t++) {
        int begin = packing.offset(t) * dim;
        pass.ops()
            .multiplyElements(
                from.data, begin, mask.data, 0, to.data, begin, packing.active(t) * dim);
      }
    }
  }
}
