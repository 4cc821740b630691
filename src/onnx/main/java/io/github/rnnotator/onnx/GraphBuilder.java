package io.github.rnnotator.onnx;

import io.github.rnnotator.nn.OnnxOperator;
import io.github.rnnotator.nn.Parameter;
import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.onnx.OnnxModel.Attribute;
import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.IntsAttribute;
import io.github.rnnotator.onnx.OnnxModel.StringAttribute;
import io.github.rnnotator.onnx.OnnxModel.StringsAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import io.github.rnnotator.onnx.OnnxModel.ValueInfo;
import java.nio.FloatBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.ejml.data.FMatrixRMaj;

/**
 * Builds a graph from its inputs. Values are identified by name: each method takes the names of its
 * inputs and returns the name of its output. Not thread-safe.
 */
public final class GraphBuilder {
  private static final int OPSET = 17;

  private final Map<String, Parameter> parameters = new HashMap<>();
  private final List<OnnxModel.Node> nodes = new ArrayList<>();
  private final Map<String, Tensor> initializers = new LinkedHashMap<>();
  private final List<ValueInfo> inputs = new ArrayList<>();
  private final List<ValueInfo> outputs = new ArrayList<>();

  /** Creates an empty graph that may use these weights by name. */
  public GraphBuilder(List<Parameter> parameters) {
    parameters.forEach(parameter -> this.parameters.put(parameter.name(), parameter));
  }

  /** Returns the model built so far. */
  public OnnxModel build(Map<String, String> metadata) {
    return new OnnxModel(
        OPSET,
        new OnnxModel.Graph(
            "rnnotator", nodes, List.copyOf(initializers.values()), inputs, outputs),
        metadata);
  }

  /** Adds an input. A dimension is a number, or a name if it is dynamic. */
  public String input(String name, ElementType type, String... shape) {
    inputs.add(new ValueInfo(name, type, List.of(shape)));
    return name;
  }

  /** Makes a float value an output of the graph. */
  public void output(String name, String... shape) {
    outputs.add(new ValueInfo(name, ElementType.FLOAT, List.of(shape)));
  }

  /** Adds the weights of that name, {@code [rows x cols]}. */
  String parameter(String name) {
    FMatrixRMaj value = value(name);
    return parameter(name, value.numRows, value.numCols);
  }

  /** Adds the weights of that name, reshaped. */
  String parameter(String name, long... shape) {
    FMatrixRMaj value = value(name);
    float[] values = Arrays.copyOf(value.data, value.numRows * value.numCols);
    return constant(Tensor.floats(name, Arrays.stream(shape).boxed().toList(), values));
  }

  /** Adds a constant. */
  String constant(Tensor tensor) {
    initializers.put(tensor.name(), tensor);
    return tensor.name();
  }

  /** Adds an operator with one output. */
  String node(String output, String operator, List<String> from, Attribute... attributes) {
    nodes.add(new OnnxModel.Node(operator, from, List.of(output), List.of(attributes)));
    return output;
  }

  /** Permutes the dimensions. */
  String transposed(String output, String x, Long... order) {
    return node(output, "Transpose", List.of(x), new IntsAttribute("perm", List.of(order)));
  }

  /** Reshapes a value; 0 keeps a dimension, -1 infers it. */
  String reshaped(String output, String x, long... shape) {
    return node(output, "Reshape", List.of(x, constant(Tensor.longs(output + ".shape", shape))));
  }

  /** Adds {@code W x + b}. */
  String dense(String name, String x) {
    String product = node(name + ".product", "MatMul", List.of(x, parameter(name + ".kernel")));
    return node(name + ".sum", "Add", List.of(product, parameter(name + ".bias")));
  }

  /** Projects the input of a layer or head as its weights {@code NAME.rank} do, if it has any. */
  String ranked(String name, String x) {
    return parameters.containsKey(name + ".rank.kernel") ? dense(name + ".rank", x) : x;
  }

  /**
   * Adds a recurrent layer.
   *
   * @param output the name of its output: {@code [timesteps, batch, directions * units]}, or {@code
   *     [batch, directions * units]} if the layer returns its last state
   * @param direction ONNX's name: {@code forward}, {@code reverse} or {@code bidirectional}
   * @param names the parameter name prefix of each direction
   * @param x {@code [timesteps, batch, inputDim]}
   * @param lengths the timesteps of each sequence, {@code [batch]}
   */
  public String recurrent(
      String output,
      RecurrentSpec layer,
      String direction,
      List<String> names,
      String x,
      String lengths) {
    String states = output + ".states";
    boolean sequence = layer.returnSequences();
    List<String> outputs = sequence ? List.of(states) : List.of("", states);
    operator(output, layer, direction, names, List.of(x, lengths), outputs);
    // Concatenates both directions: from [timesteps, directions, batch, units], or without
    // timesteps.
    String last = output + ".transposed";
    return sequence
        ? reshaped(output, transposed(last, states, 0L, 2L, 1L, 3L), 0, 0, -1)
        : reshaped(output, transposed(last, states, 1L, 0L, 2L), 0, -1);
  }

  /**
   * Adds the operator of a recurrent layer.
   *
   * @param name the prefix of its weights
   * @param inputs the operator's inputs but its weights: {@code x}, lengths, initial states
   */
  void operator(
      String name,
      RecurrentSpec layer,
      String direction,
      List<String> names,
      List<String> inputs,
      List<String> outputs) {
    List<Attribute> attributes = new ArrayList<>();
    attributes.add(new IntAttribute("hidden_size", layer.units()));
    attributes.add(new StringAttribute("direction", direction));
    OnnxOperator operator =
        layer
            .onnxOperator()
            .orElseThrow(
                () ->
                    new IllegalArgumentException(
                        "ONNX has no operator for a layer of "
                            + layer.getClass().getSimpleName()
                            + ", so this model cannot be exported"));
    operator.attributes().forEach((key, value) -> attributes.add(new IntAttribute(key, value)));
    if (!operator.activations().isEmpty()) {
      List<String> each = names.stream().flatMap(n -> operator.activations().stream()).toList();
      attributes.add(new StringsAttribute("activations", each));
    }
    List<Integer> gates = operator.gates();
    List<String> all = new ArrayList<>(List.of(inputs.get(0)));
    all.add(weights(name + ".W", names, "kernel", gates));
    all.add(weights(name + ".R", names, "recurrent_kernel", gates));
    all.add(biases(name + ".B", names, gates, layer.units()));
    all.addAll(inputs.subList(1, inputs.size()));
    nodes.add(new OnnxModel.Node(operator.type(), all, outputs, attributes));
  }

  /** {@code [directions, gates * units, rows]} from our {@code [rows x gates * units]}. */
  private String weights(String initializer, List<String> names, String end, List<Integer> gates) {
    FMatrixRMaj first = value(names.get(0) + "." + end);
    int rows = first.numRows;
    int units = first.numCols / gates.size();
    FloatBuffer all = FloatBuffer.allocate(names.size() * rows * first.numCols);
    for (String name : names) {
      FMatrixRMaj weights = value(name + "." + end);
      for (int gate : gates) {
        for (int unit = 0; unit < units; unit++) {
          for (int row = 0; row < rows; row++) {
            all.put(weights.get(row, gate * units + unit));
          }
        }
      }
    }
    List<Long> shape = List.of((long) names.size(), (long) first.numCols, (long) rows);
    return constant(Tensor.floats(initializer, shape, all.array()));
  }

  /** {@code [directions, 2 * gates * units]}: the input biases, then the recurrent ones. */
  private String biases(String initializer, List<String> names, List<Integer> gates, int units) {
    int cols = gates.size() * units;
    FloatBuffer all = FloatBuffer.allocate(names.size() * 2 * cols);
    for (String name : names) {
      for (String part : List.of(name + ".bias", name + ".recurrent_bias")) {
        // Only a GRU has a recurrent bias.
        FMatrixRMaj bias = parameters.containsKey(part) ? value(part) : new FMatrixRMaj(1, cols);
        for (int gate : gates) {
          all.put(bias.data, gate * units, units);
        }
      }
    }
    List<Long> shape = List.of((long) names.size(), 2L * cols);
    return constant(Tensor.floats(initializer, shape, all.array()));
  }

  /** Returns the weights of that name. */
  FMatrixRMaj value(String name) {
    Parameter parameter = parameters.get(name);
    if (parameter == null) {
      throw new IllegalArgumentException("the network has no parameter " + name);
    }
    return parameter.value();
  }
}
