package io.github.rnnotator.nn;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import java.nio.FloatBuffer;
import java.nio.IntBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * A stack of recurrent layers as an ONNX model, and ONNX Runtime's output for it: the judge of what
 * our own layers compute.
 *
 * <p>Input {@code X} is {@code [timesteps, batch, inputDim]} with the true lengths in {@code
 * lengths [batch]}; output {@code Y} is {@code [timesteps, batch, dim]}, or {@code [batch, dim]}
 * where the last layer returns its last state.
 */
final class OnnxNetwork {
  private static final int OPSET = 17;
  private static final String LENGTHS = "lengths";

  private final List<OnnxModel.Node> nodes = new ArrayList<>();
  private final List<OnnxModel.Tensor> initializers = new ArrayList<>();
  private final List<Parameter> parameters;

  private OnnxNetwork(List<Parameter> parameters) {
    this.parameters = parameters;
  }

  /**
   * The model of a stack.
   *
   * @param specs {@link SimpleRnn}, {@link Gru}, {@link Lstm}, {@link GoBackwards} or {@link
   *     Bidirectional} that concatenates
   * @param network the same layers with weights
   */
  static OnnxModel model(int inputDim, List<LayerSpec> specs, Sequential network) {
    return new OnnxNetwork(network.parameters()).build(inputDim, specs);
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
        // The padding is no zero, so that it can't be read unnoticed.
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

  private OnnxModel build(int inputDim, List<LayerSpec> specs) {
    String x = "X";
    boolean sequence = true;
    int units = 0;
    for (int i = 0; i < specs.size(); i++) {
      String y = i == specs.size() - 1 ? "Y" : "layer" + i;
      String name = Integer.toString(i);
      LayerSpec spec = specs.get(i);
      if (spec instanceof Bidirectional both) {
        add(both.layer(), "bidirectional", List.of(name + ".forward", name + ".backward"), x, y);
        sequence = both.layer().returnSequences();
        units = 2 * both.layer().units();
      } else if (spec instanceof GoBackwards backward) {
        add(backward.layer(), "reverse", List.of(name), x, y);
        sequence = backward.layer().returnSequences();
        units = backward.layer().units();
      } else {
        RecurrentSpec layer = (RecurrentSpec) spec;
        add(layer, "forward", List.of(name), x, y);
        sequence = layer.returnSequences();
        units = layer.units();
      }
      x = y;
    }
    String dim = Integer.toString(units);
    return new OnnxModel(
        OPSET,
        new OnnxModel.Graph(
            "network",
            nodes,
            initializers,
            List.of(
                new OnnxModel.ValueInfo(
                    "X",
                    OnnxModel.ElementType.FLOAT,
                    List.of("timesteps", "batch", Integer.toString(inputDim))),
                new OnnxModel.ValueInfo(LENGTHS, OnnxModel.ElementType.INT32, List.of("batch"))),
            List.of(
                new OnnxModel.ValueInfo(
                    "Y",
                    OnnxModel.ElementType.FLOAT,
                    sequence ? List.of("timesteps", "batch", dim) : List.of("batch", dim)))));
  }

  /** A layer: its operator, and both directions' states moved side by side. */
  private void add(RecurrentSpec layer, String direction, List<String> names, String x, String y) {
    // Keras has the gates i, f, g, o and z, r, n; ONNX has i, o, f, c and z, r, h.
    String operator;
    int[] gates;
    List<OnnxModel.Attribute> attributes = new ArrayList<>();
    if (layer instanceof Lstm) {
      operator = "LSTM";
      gates = new int[] {0, 3, 1, 2};
    } else if (layer instanceof Gru) {
      operator = "GRU";
      gates = new int[] {0, 1, 2};
      attributes.add(new OnnxModel.IntAttribute("linear_before_reset", 1));
    } else {
      operator = "RNN";
      gates = new int[] {0};
      String function = ((SimpleRnn) layer).activation() == Activation.TANH ? "Tanh" : "Relu";
      attributes.add(
          new OnnxModel.StringsAttribute(
              "activations", names.stream().map(name -> function).toList()));
    }
    int units = layer.units();
    attributes.add(new OnnxModel.IntAttribute("hidden_size", units));
    attributes.add(new OnnxModel.StringAttribute("direction", direction));

    String w = weights(names, "kernel", gates, units, y + ".W");
    String r = weights(names, "recurrent_kernel", gates, units, y + ".R");
    String b = biases(names, gates, units, y + ".B");
    String states = y + ".states";
    boolean sequence = layer.returnSequences();
    nodes.add(
        new OnnxModel.Node(
            operator,
            List.of(x, w, r, b, LENGTHS),
            sequence ? List.of(states) : List.of("", states),
            attributes));
    // [timesteps, directions, batch, units] to [timesteps, batch, directions * units]; the last
    // states are [directions, batch, units].
    String transposed = y + ".transposed";
    nodes.add(
        new OnnxModel.Node(
            "Transpose",
            List.of(states),
            List.of(transposed),
            List.of(
                new OnnxModel.IntsAttribute(
                    "perm", sequence ? List.of(0L, 2L, 1L, 3L) : List.of(1L, 0L, 2L)))));
    String shape = y + ".shape";
    initializers.add(
        sequence ? OnnxModel.Tensor.longs(shape, 0, 0, -1) : OnnxModel.Tensor.longs(shape, 0, -1));
    nodes.add(new OnnxModel.Node("Reshape", List.of(transposed, shape), List.of(y), List.of()));
  }

  /** {@code [directions, gates * units, rows]} from our {@code [rows x gates * units]}. */
  private String weights(
      List<String> names, String end, int[] gates, int units, String initializer) {
    int rows = value(names.get(0), end).numRows;
    FloatBuffer all = FloatBuffer.allocate(names.size() * gates.length * units * rows);
    for (String name : names) {
      FMatrixRMaj weights = value(name, end);
      for (int gate : gates) {
        for (int unit = 0; unit < units; unit++) {
          for (int row = 0; row < rows; row++) {
            all.put(weights.get(row, gate * units + unit));
          }
        }
      }
    }
    initializers.add(
        OnnxModel.Tensor.floats(
            initializer,
            List.of((long) names.size(), (long) gates.length * units, (long) rows),
            all.array()));
    return initializer;
  }

  /** {@code [directions, 2 * gates * units]}: the input's part, then the state's. */
  private String biases(List<String> names, int[] gates, int units, String initializer) {
    FloatBuffer all = FloatBuffer.allocate(names.size() * 2 * gates.length * units);
    for (String name : names) {
      for (String end : List.of("bias", "recurrent_bias")) {
        for (int gate : gates) {
          for (int unit = 0; unit < units; unit++) {
            all.put(has(name, end) ? value(name, end).get(0, gate * units + unit) : 0);
          }
        }
      }
    }
    initializers.add(
        OnnxModel.Tensor.floats(
            initializer, List.of((long) names.size(), 2L * gates.length * units), all.array()));
    return initializer;
  }

  private boolean has(String name, String end) {
    return parameters.stream().anyMatch(p -> p.name().equals(name + "." + end));
  }

  private FMatrixRMaj value(String name, String end) {
    return parameters.stream()
        .filter(p -> p.name().equals(name + "." + end))
        .findFirst()
        .orElseThrow()
        .value();
  }
}
