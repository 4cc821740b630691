package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code GlobalAveragePooling1D}: {@code y = 1/T sum_t x_t}; {@code (batch, timesteps, dim)}
 * becomes {@code (batch, dim)}.
 */
public record GlobalAveragePooling() implements LayerSpec {
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
    return new GlobalAveragePoolingLayer(inputDim);
  }

  private record GlobalAveragePoolingLayer(int outputDim) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Ops ops = pass.ops();
      Packing packing = x.packing();
      FMatrixRMaj y = pass.zeros(packing.sequences(), outputDim);
      for (int t = 0; t < packing.timesteps(); t++) {
        int length = packing.active(t) * outputDim;
        ops.addScaled(1, x.values().data, packing.offset(t) * outputDim, y.data, 0, length);
      }
      divide(y, packing, ops);
      return new Output(
          new SequenceBatch(packing.lastStates(), y),
          (dY, gradients) -> {
            // Every x_t contributes equally to y.
            divide(dY, packing, ops);
            FMatrixRMaj dX = pass.matrix(packing.tokens(), outputDim);
            for (int t = 0; t < packing.timesteps(); t++) {
              int length = packing.active(t) * outputDim;
              System.arraycopy(dY.data, 0, dX.data, packing.offset(t) * outputDim, length);
            }
            return dX;
          });
    }

    /** Divides each sequence's row by its length. */
    private void divide(FMatrixRMaj rows, Packing packing, Ops ops) {
      for (int rank = 0; rank < packing.sequences(); rank++) {
        float share = 1f / packing.length(packing.sequenceAt(rank));
        ops.scale(share, rows.data, rank * outputDim, outputDim);
      }
    }
  }
}
