package io.github.rnnotator.nn;

import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code RepeatVector}: gives one vector per sequence to each of {@code n} timesteps, {@code
 * y_t = x}. {@code (batch, dim)} becomes {@code (batch, n, dim)}. With it the last state of an
 * encoder is the input of a decoder at every timestep:
 *
 * <pre>{@code
 * Sequential translator = Sequential.of(100, seed,
 *     new Lstm(256),
 *     new RepeatVector(12),
 *     new Lstm(256).returnSequences(true),
 *     new TimeDistributed(new Dense(5000, Activation.SOFTMAX)));
 * }</pre>
 *
 * @param n the number of timesteps, at least 1
 */
public record RepeatVector(int n) implements LayerSpec {
  /** Checks the number. */
  public RepeatVector {
    if (n < 1) {
      throw new IllegalArgumentException(n + " timesteps, expected at least 1");
    }
  }

  @Override
  public boolean makesTimesteps() {
    return true;
  }

  @Override
  public Layer build(String name, int inputDim, RandomGenerator random) {
    return new RepeatVectorLayer(name, n, inputDim);
  }

  private record RepeatVectorLayer(String name, int n, int outputDim) implements Layer {
    @Override
    public List<Parameter> parameters() {
      return List.of();
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      Packing packing = x.packing();
      int sequences = packing.sequences();
      if (packing.tokens() != sequences) {
        throw new IllegalArgumentException(
            name
                + ": RepeatVector takes one vector per sequence, found "
                + packing.tokens()
                + " vectors of "
                + sequences
                + " sequences");
      }
      FMatrixRMaj y = pass.matrix(n * sequences, outputDim);
      int size = sequences * outputDim;
      for (int t = 0; t < n; t++) {
        System.arraycopy(x.values().data, 0, y.data, t * size, size);
      }
      return new Output(
          new SequenceBatch(packing.repeated(n), y),
          (dY, gradients) -> {
            FMatrixRMaj dX = pass.zeros(sequences, outputDim);
            for (int t = 0; t < n; t++) {
              pass.ops().addScaled(1, dY.data, t * size, dX.data, 0, size);
            }
            return dX;
          });
    }
  }
}
