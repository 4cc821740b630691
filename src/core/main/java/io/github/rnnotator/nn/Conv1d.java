package io.github.rnnotator.nn;

import io.github.rnnotator.ops.Ops;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Conv1D} with {@code padding="same", activation="relu"}: {@code y_t = relu(b + sum_k
 * W_k x_(t+k))} over a window of {@code kernelSize} timesteps around {@code t}, 0 outside the
 * sequence.
 *
 * <p>Weights: kernel {@code [kernelSize * inputDim x filters]} (Glorot uniform), bias {@code [1 x
 * filters]} (0).
 *
 * @param filters the length of {@code y_t}, at least 1
 * @param kernelSize the width of the window, odd and at least 1
 */
public record Conv1d(int filters, int kernelSize) implements LayerSpec {
  /**
   * Checks the sizes.
   *
   * @throws IllegalArgumentException if one is out of range
   */
  public Conv1d {
    if (filters < 1) {
      throw new IllegalArgumentException("Conv1d has " + filters + " filters, expected at least 1");
    }
    if (kernelSize < 1 || kernelSize % 2 == 0) {
      throw new IllegalArgumentException(
          "Conv1d has the kernelSize " + kernelSize + ", expected an odd number of at least 1");
    }
  }

  @Override
  public boolean needsTimesteps() {
    return true;
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    int fanIn = kernelSize * inputDim;
    FMatrixRMaj kernel =
        Initializers.glorotUniform(fanIn, filters, fanIn, kernelSize * filters, random);
    return new Conv1dLayer(Dense.layer(name, kernel, Activation.RELU), inputDim, kernelSize);
  }

  /** A dense layer over concatenated windows. */
  private record Conv1dLayer(Layer dense, int inputDim, int kernelSize) implements Layer {
    @Override
    public int outputDim() {
      return dense.outputDim();
    }

    @Override
    public List<Parameter> parameters() {
      return dense.parameters();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Packing packing = x.packing();
      FMatrixRMaj windows = pass.zeros(packing.tokens(), kernelSize * inputDim);
      eachPair(
          packing,
          (row, neighbour, at) ->
              System.arraycopy(
                  x.values().data,
                  neighbour * inputDim,
                  windows.data,
                  row * windows.numCols + at,
                  inputDim));
      Output output = dense.forward(new SequenceBatch(packing, windows), pass);
      return new Output(
          output.y(),
          (dY, gradients) -> {
            Ops ops = pass.ops();
            FMatrixRMaj dWindows = output.backprop().apply(dY, gradients);
            FMatrixRMaj dX = pass.zeros(packing.tokens(), inputDim);
            eachPair(
                packing,
                (row, neighbour, at) ->
                    ops.addScaled(
                        1,
                        dWindows.data,
                        row * dWindows.numCols + at,
                        dX.data,
                        neighbour * inputDim,
                        inputDim));
            return dX;
          });
    }

    /** Visits every row with every row of its window and the column where the latter begins. */
    private void eachPair(Packing packing, PairVisitor visitor) {
      for (int sequence = 0; sequence < packing.sequences(); sequence++) {
        int length = packing.length(sequence);
        for (int t = 0; t < length; t++) {
          for (int k = 0; k < kernelSize; k++) {
            int neighbour = t + k - kernelSize / 2;
            if (neighbour >= 0 && neighbour < length) {
              visitor.visit(
                  packing.row(sequence, t), packing.row(sequence, neighbour), k * inputDim);
            }
          }
        }
      }
    }
  }

  private interface PairVisitor {
    void visit(int row, int neighbour, int at);
  }
}
