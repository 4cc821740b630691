package io.github.rnnotator.keras;

import io.github.rnnotator.nn.EmbeddingTable;
import io.github.rnnotator.nn.Layer;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.PassContext;
import io.github.rnnotator.nn.SequenceBatch;
import java.util.List;
import java.util.random.RandomGenerator;
import org.ejml.data.FMatrixRMaj;

/**
 * Keras' {@code Embedding}: {@code y_t = E[x_t]}, a trained vector for each id. The first layer of
 * a model of ids. {@code (batch, timesteps)} becomes {@code (batch, timesteps, outputDim)}.
 *
 * <p>Weights: {@code E [inputDim x outputDim]}. Its input is a matrix {@code [tokens x 1]} of ids;
 * it has no gradient.
 *
 * @param inputDim the number of ids, from 0; at most 2^24, up to which a float is exact
 * @param outputDim the length of each vector
 */
public record Embedding(int inputDim, int outputDim) implements LayerSpec {
  private static final int MOST = 1 << 24;

  /** Checks the sizes. */
  public Embedding {
    if (inputDim < 1 || inputDim > MOST || outputDim < 1) {
      throw new IllegalArgumentException(
          "an Embedding of %d ids and vectors of length %d, expected 1 to %d and at least 1"
              .formatted(inputDim, outputDim, MOST));
    }
  }

  @Override
  public Layer build(String name, int dim, RandomGenerator random) {
    if (dim != 1) {
      throw new IllegalArgumentException(
          name + ": an Embedding reads ids, found vectors of length " + dim + "; place it first");
    }
    return new EmbeddingLayer(
        EmbeddingTable.build(name + ".embeddings", inputDim, outputDim, random));
  }

  private record EmbeddingLayer(EmbeddingTable table) implements Layer {
    @Override
    public int outputDim() {
      return table.dim();
    }

    @Override
    public List<Parameter> parameters() {
      return List.of(table.parameter());
    }

    @Override
    public Output forward(SequenceBatch x, PassContext pass) {
      int[] ids = new int[x.packing().tokens()];
      for (int row = 0; row < ids.length; row++) {
        ids[row] = id(x.values().data[row]);
      }
      FMatrixRMaj y = pass.matrix(ids.length, outputDim());
      table.lookUp(ids, y, 0);
      return new Output(
          new SequenceBatch(x.packing(), y),
          (dY, gradients) -> {
            table.backward(ids, dY, 0, gradients);
            return pass.zeros(ids.length, 1);
          });
    }

    private int id(float value) {
      int id = (int) value;
      int ids = table.parameter().value().numRows;
      if (id != value || id < 0 || id >= ids) {
        throw new IllegalArgumentException(
            "an Embedding reads " + value + ", expected an id from 0 to " + (ids - 1));
      }
      return id;
    }
  }
}
