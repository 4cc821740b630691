package io.github.rnnotator.nn;

import java.util.List;
import java.util.Objects;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Appends the mean state of a second encoder {@code f} to every timestep: {@code y_t = [x_t, g]}
 * with {@code g = 1/T sum_t f(x)_t} (Liu et al. 2019, "GCDT", section 3.2).
 *
 * @param encoder must keep the timesteps
 */
public record GlobalContext(LayerSpec encoder) implements LayerSpec {
  /** Checks that it is not null. */
  public GlobalContext {
    Objects.requireNonNull(encoder, "the encoder of GlobalContext is null");
  }

  @Override
  public boolean needsTimesteps() {
    return true;
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    Sequential.requireTimesteps(name, encoder);
    return new GlobalContextLayer(encoder.build(name, inputDim, random), inputDim);
  }

  private record GlobalContextLayer(Layer encoder, int inputDim) implements Layer {
    @Override
    public int outputDim() {
      return inputDim + encoder.outputDim();
    }

    @Override
    public List<Parameter> parameters() {
      return encoder.parameters();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Packing packing = x.packing();
      Output output = encoder.forward(x, pass);
      FMatrixRMaj g = GlobalAveragePooling.mean(output.y(), pass);
      FMatrixRMaj y = pass.matrix(packing.tokens(), outputDim());
      Columns.copy(x.values(), 0, y, 0, inputDim);
      for (int t = 0; t < packing.timesteps(); t++) {
        for (int rank = 0; rank < packing.active(t); rank++) {
          int to = (packing.offset(t) + rank) * y.numCols + inputDim;
          System.arraycopy(g.data, rank * g.numCols, y.data, to, g.numCols);
        }
      }
      return new Output(
          new SequenceBatch(packing, y),
          (dY, gradients) -> {
            FMatrixRMaj past = pass.matrix(packing.tokens(), inputDim);
            FMatrixRMaj dG = pass.matrix(packing.tokens(), encoder.outputDim());
            Columns.copy(dY, 0, past, 0, inputDim);
            Columns.copy(dY, inputDim, dG, 0, dG.numCols);
            // Every f(x)_t contributes equally to g, and g is part of every y_t.
            FMatrixRMaj dMean = GlobalAveragePooling.mean(new SequenceBatch(packing, dG), pass);
            FMatrixRMaj dF = GlobalAveragePooling.repeat(dMean, packing, pass);
            FMatrixRMaj dX = output.backprop().apply(dF, gradients);
            pass.ops().addScaled(1, past.data, 0, dX.data, 0, dX.numRows * inputDim);
            return dX;
          });
    }
  }
}
