package io.github.rnnotator.nn;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.github.rnnotator.onnx.GraphBuilder;
import io.github.rnnotator.onnx.OnnxModel;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/**
 * A stack of recurrent layers as an ONNX model, and ONNX Runtime's output for it, as the reference
 * for our layers.
 *
 * <p>Input {@code X} is {@code [timesteps, batch, inputDim]} with the true lengths in {@code
 * lengths [batch]}; output {@code Y} is {@code [timesteps, batch, dim]}, or {@code [batch, dim]} if
 * the last layer returns its last state.
 */
final class OnnxNetwork {
  private static final String LENGTHS = "lengths";

  private OnnxNetwork() {}

  /**
   * Builds the model of a stack.
   *
   * @param specs {@link SimpleRnn}, {@link Gru}, {@link Lstm}, {@link GoBackwards} or {@link
   *     Bidirectional} that concatenates
   * @param network the same layers with weights
   */
  static OnnxModel model(int inputDim, List<LayerSpec> specs, Sequential network) {
    GraphBuilder graph = new GraphBuilder(network.parameters());
    String dim = Integer.toString(inputDim);
    String x = graph.input("X", OnnxModel.ElementType.FLOAT, "timesteps", "batch", dim);
    String lengths = graph.input(LENGTHS, OnnxModel.ElementType.INT32, "batch");
    boolean sequence = true;
    for (int i = 0; i < specs.size(); i++) {
      String y = i == specs.size() - 1 ? "Y" : "layer" + i;
      String name = Integer.toString(i);
      LayerSpec spec = specs.get(i);
      if (spec instanceof Bidirectional both) {
        sequence = both.layer().returnSequences();
        List<String> names = List.of(name + ".forward", name + ".backward");
        x = graph.recurrent(y, both.layer(), "bidirectional", names, x, lengths);
      } else if (spec instanceof GoBackwards backward) {
        sequence = backward.layer().returnSequences();
        x = graph.recurrent(y, backward.layer(), "reverse", List.of(name), x, lengths);
      } else {
        sequence = ((RecurrentSpec) spec).returnSequences();
        x = graph.recurrent(y, (RecurrentSpec) spec, "forward", List.of(name), x, lengths);
      }
    }
    graph.output(
        x, sequence ? new String[] {"timesteps", "batch", "dim"} : new String[] {"batch", "dim"});
    return graph.build(Map.of());
  }

  /**
   * ONNX Runtime's output for a tensor {@code (batch, timesteps, inputDim)} of sequences of any
   * lengths, without padding.
   */
  static float[][][] predict(OnnxModel model, float[][][] tensor) throws OrtException {
    int batch = tensor.length;
    int dim = tensor[0][0].length;
    int[] lengths = Arrays.stream(tensor).mapToInt(sequence -> sequence.length).toArray();
    int timesteps = Arrays.stream(lengths).max().orElseThrow();
    FloatBuffer x = FloatBuffer.allocate(timesteps * batch * dim);
    for (int t = 0; t < timesteps; t++) {
      for (float[][] sequence : tensor) {
        // The padding is not zero, so that reading it is noticed.
        float[] padding = new float[dim];
        Arrays.fill(padding, 1e3f);
        x.put(t < sequence.length ? sequence[t] : padding);
      }
    }
    OrtEnvironment environment = OrtEnvironment.getEnvironment();
    try (OrtSession session = environment.createSession(model.toBytes());
        OnnxTensor input =
            OnnxTensor.createTensor(environment, x.rewind(), new long[] {timesteps, batch, dim});
        OnnxTensor lens =
            OnnxTensor.createTensor(environment, IntBuffer.wrap(lengths), new long[] {batch});
        OrtSession.Result result = session.run(Map.of("X", input, LENGTHS, lens))) {
      Object y = result.get(0).getValue();
      float[][][] output = new float[batch][][];
      for (int i = 0; i < batch; i++) {
        if (y instanceof float[][] states) {
          output[i] = new float[][] {states[i]};
        } else {
          output[i] = new float[lengths[i]][];
          for (int t = 0; t < lengths[i]; t++) {
            output[i][t] = ((float[][][]) y)[t][i];
          }
        }
      }
      return output;
    }
  }
}
