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
      Packing packing = x.packing();
      return new Output(
          new SequenceBatch(packing.lastStates(), mean(x, pass)),
          (dY, gradients) -> {
            // Every x_t contributes equally to y.
            divide(dY, packing, pass.ops());
            return repeat(dY, packing, pass);
          });
    }
  }

  /** Returns the mean over each sequence's timesteps, {@code [sequences x dim]} by rank. */
  static FMatrixRMaj mean(SequenceBatch x, PassContext pass) {
    Packing packing = x.packing();
    FMatrixRMaj mean = pass.zeros(packing.sequences(), x.dim());
    for (int t = 0; t < packing.timesteps(); t++) {
      int from = packing.offset(t) * x.dim();
      pass.ops().addScaled(1, x.values().data, from, mean.data, 0, packing.active(t) * x.dim());
    }
    divide(mean, packing, pass.ops());
    return mean;
  }

  /** Divides each sequence's row by its length. */
  private static void divide(FMatrixRMaj rows, Packing packing, Ops ops) {
    for (int rank = 0; rank < packing.sequences(); rank++) {
      float share = 1f / packing.length(packing.sequenceAt(rank));
      ops.scale(share, rows.data, rank * rows.numCols, rows.numCols);
    }
  }

  /** Returns each sequence's row at all of its timesteps, {@code [tokens x dim]}. */
  static FMatrixRMaj repeat(FMatrixRMaj rows, Packing packing, PassContext pass) {
    FMatrixRMaj all = pass.matrix(packing.tokens(), rows.numCols);
    for (int t = 0; t < packing.timesteps(); t++) {
      int to = packing.offset(t) * rows.numCols;
      System.arraycopy(rows.data, 0, all.data, to, packing.active(t) * rows.numCols);
    }
    return all;
  }
}
