package io.github.rnnotator.nn;

import java.util.Arrays;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code GlobalMaxPooling1D}: the maximum of each element over time; {@code (batch,
 * timesteps, dim)} becomes {@code (batch, dim)}.
 */
public record GlobalMaxPooling() implements LayerSpec {
  @Override
  public boolean needsTimesteps() {
    return true;
  }

  @Override
  public boolean keepsTimesteps() {
    return false;
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return new GlobalMaxPoolingLayer(inputDim);
  }

  private record GlobalMaxPoolingLayer(int outputDim) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Packing packing = x.packing();
      int dim = outputDim;
      FMatrixRMaj y = pass.matrix(packing.sequences(), dim);
      int[] argmax = new int[packing.sequences() * dim];
      Arrays.fill(y.data, 0, packing.sequences() * dim, Float.NEGATIVE_INFINITY);
      for (int t = 0; t < packing.timesteps(); t++) {
        for (int i = 0; i < packing.active(t) * dim; i++) {
          int from = packing.offset(t) * dim + i;
          if (x.values().data[from] > y.data[i]) {
            y.data[i] = x.values().data[from];
            argmax[i] = from;
          }
        }
      }
      return new Output(
          new SequenceBatch(packing.lastStates(), y),
          (dY, gradients) -> {
            FMatrixRMaj dX = pass.zeros(packing.tokens(), dim);
            for (int i = 0; i < argmax.length; i++) {
              dX.data[argmax[i]] += dY.data[i];
            }
            return dX;
          });
    }
  }
}
