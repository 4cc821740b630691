package io.github.rnnotator.bench;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDList;
import ai.djl.ndarray.types.Shape;
import io.github.rnnotator.nn.Bidirectional;
import io.github.rnnotator.nn.LayerSpec;
import io.github.rnnotator.nn.Lstm;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.Sequential;
import io.github.rnnotator.onnx.GraphBuilder;
import io.github.rnnotator.onnx.OnnxModel;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * Bidirectional LSTM layers, with the same weights in the layouts of other programs.
 *
 * @param inputDim the length of each input vector
 * @param hidden the hidden size of each direction
 * @param layers the number of layers
 * @param network our layers
 */
record LstmStack(int inputDim, int hidden, int layers, Sequential network) {
  /** Creates a stack with fixed random weights. */
  static LstmStack of(int inputDim, int hidden, int layers) {
    LayerSpec layer = new Bidirectional(new Lstm(hidden).returnSequences(true));
    LayerSpec[] specs = Collections.nCopies(layers, layer).toArray(LayerSpec[]::new);
    return new LstmStack(inputDim, hidden, layers, Sequential.of(inputDim, 1, specs));
  }

  /** The length of each output vector. */
  int outputDim() {
    return network.outputDim();
  }

  /** Weights for libtorch: gates in our order, transposed matrices, and a second bias of 0. */
  LibTorch.LstmWeights torchWeights(LibTorch torch) {
    NDList arrays = new NDList();
    for (int layer = 0; layer < layers; layer++) {
      for (String direction : List.of("forward", "backward")) {
        String name = layer + "." + direction + ".";
        arrays.add(transposed(torch, value(name + "kernel")));
        arrays.add(transposed(torch, value(name + "recurrent_kernel")));
        FMatrixRMaj bias = value(name + "bias");
        arrays.add(torch.array(bias.data, new Shape(bias.numCols)));
        arrays.add(torch.zeros(new Shape(bias.numCols)));
      }
    }
    return new LibTorch.LstmWeights(layers, hidden, arrays);
  }

  private static NDArray transposed(LibTorch torch, FMatrixRMaj matrix) {
    float[] values = new float[matrix.numRows * matrix.numCols];
    for (int col = 0; col < matrix.numCols; col++) {
      for (int row = 0; row < matrix.numRows; row++) {
        values[col * matrix.numRows + row] = matrix.get(row, col);
      }
    }
    return torch.array(values, new Shape(matrix.numCols, matrix.numRows));
  }

  private FMatrixRMaj value(String name) {
    return network.parameters().stream()
        .filter(parameter -> parameter.name().equals(name))
        .map(Parameter::value)
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("the network has no parameter " + name));
  }

  /**
   * A model for ONNX Runtime: inputs {@code X [timesteps, batch, inputDim]} and {@code lengths
   * [batch]}, output {@code Y [timesteps, batch, outputDim]}.
   */
  byte[] onnx() {
    GraphBuilder graph = new GraphBuilder(network.parameters());
    String x =
        graph.input(
            "X", OnnxModel.ElementType.FLOAT, "timesteps", "batch", Integer.toString(inputDim));
    String lengths = graph.input("lengths", OnnxModel.ElementType.INT32, "batch");
    for (int layer = 0; layer < layers; layer++) {
      x =
          graph.recurrent(
              layer == layers - 1 ? "Y" : "layer" + layer,
              new Lstm(hidden).returnSequences(true),
              "bidirectional",
              List.of(layer + ".forward", layer + ".backward"),
              x,
              lengths);
    }
    graph.output(x, "timesteps", "batch", Integer.toString(outputDim()));
    return graph.build(Map.of()).toBytes();
  }
}
