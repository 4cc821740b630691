package io.github.rnnotator.onnx;

import io.github.rnnotator.nn.RecurrentSpec;
import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Adds operators over sequences of different lengths to a graph. Not thread-safe. */
final class SequenceGraph {
  private final GraphBuilder graph;

  /** The cached value of {@link #lengths}. */
  private @Nullable String lengths;

  SequenceGraph(GraphBuilder graph) {
    this.graph = graph;
  }

  /** The number of tokens of each sentence, {@code [batch]}. */
  String lengths() {
    if (lengths == null) {
      lengths =
          atLeastOne(
              "encoder.lengths", graph.input("lengths", ElementType.INT32, OnnxExport.BATCH));
    }
    return lengths;
  }

  /** Padding may have length 0, which some runtimes reject. */
  String atLeastOne(String output, String lengths) {
    String one = graph.constant(Tensor.ints(output + ".least", 1));
    return graph.node(output, "Max", List.of(lengths, one));
  }

  /** The indices from 0 along the first dimension of a value. */
  String positions(String name, String value) {
    String zero = graph.constant(Tensor.scalar(name + ".zero", 0));
    String one = graph.constant(Tensor.scalar(name + ".one", 1));
    String shape = graph.node(name + ".shape", "Shape", List.of(value));
    String length = graph.node(name + ".length", "Gather", List.of(shape, zero));
    return graph.node(name + ".positions", "Range", List.of(zero, length, one));
  }

  /** 1 where a position is before an end, else 0. */
  String before(String name, String positions, String ends) {
    String longs =
        graph.node(
            name + ".ends",
            "Cast",
            List.of(ends),
            new IntAttribute("to", ElementType.INT64.code()));
    String inside = graph.node(name + ".before", "Less", List.of(positions, longs));
    return graph.node(
        name + ".mask", "Cast", List.of(inside), new IntAttribute("to", ElementType.FLOAT.code()));
  }

  /** 1 where a sentence has a token and 0 past its end, {@code [timesteps, batch, 1]}. */
  String mask(String name, String states, String lengths) {
    String positions = graph.reshaped(name + ".timesteps", positions(name, states), -1, 1, 1);
    return before(name, positions, graph.reshaped(name + ".ends_row", lengths, 1, -1, 1));
  }

  /** The mean over a sentence's timesteps, {@code [1, batch, dim]}. */
  String mean(String name, String states, String lengths) {
    String inside =
        graph.node(name + ".inside", "Mul", List.of(states, mask(name, states, lengths)));
    String first = graph.constant(Tensor.longs(name + ".axis", 0));
    String sum = graph.node(name + ".sum", "ReduceSum", List.of(inside, first));
    String floats =
        graph.node(
            name + ".lengths",
            "Cast",
            List.of(graph.reshaped(name + ".row", lengths, 1, -1, 1)),
            new IntAttribute("to", ElementType.FLOAT.code()));
    return graph.node(name, "Div", List.of(sum, floats));
  }

  String recurrent(String name, RecurrentSpec layer, boolean both, String x, String lengths) {
    return graph.recurrent(
        name,
        layer,
        both ? "bidirectional" : "forward",
        both ? List.of(name + ".forward", name + ".backward") : List.of(name),
        x,
        lengths);
  }
}
