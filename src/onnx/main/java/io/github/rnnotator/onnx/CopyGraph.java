package io.github.rnnotator.onnx;

import io.github.rnnotator.onnx.OnnxModel.ElementType;
import io.github.rnnotator.onnx.OnnxModel.IntAttribute;
import io.github.rnnotator.onnx.OnnxModel.StringAttribute;
import io.github.rnnotator.onnx.OnnxModel.Tensor;
import java.util.List;

/**
 * Adds the copying of a decoder to the graph of its step: {@code p(y_t = k) = g_t v_tk + (1 - g_t)
 * sum of a_tj over all j whose symbol is k} (See et al. 2017). Symbols that the vocabulary lacks
 * have the ids after it, up to the largest one in the input {@code copies}.
 *
 * @param vocabulary the number of target ids
 */
record CopyGraph(GraphBuilder graph, int vocabulary) {
  private static final String NAME = "decoder.copy";

  /**
   * What copying reads.
   *
   * @param gate the inputs of the gate in order, {@code [batch, ..]} each
   * @param weights those of the attention, {@code [batch, timesteps, 1]}
   */
  record Read(List<String> gate, String weights) {}

  /** The id that a symbol is read with: one for all symbols that the vocabulary lacks. */
  String known(String ids) {
    String unknown = graph.constant(Tensor.longs(NAME + ".unknown", vocabulary));
    return graph.node(NAME + ".known", "Min", List.of(ids, unknown));
  }

  /**
   * Adds the probabilities {@code [batch, ids]}.
   *
   * @param output their name
   * @param v those of the vocabulary, {@code [batch, vocabulary]}
   */
  void mixture(String output, String v, Read read) {
    String copies =
        graph.input("copies", ElementType.INT64, OnnxExport.BATCH, OnnxExport.TIMESTEPS);
    String ids = ids(copies);
    String joined = joined("read", read.gate(), 1);
    String logit = graph.dense(NAME, joined);
    String generates = graph.node(NAME + ".generates", "Sigmoid", List.of(logit));
    // 1 - g would be 0 where g is 1 but for rounding.
    String negative = graph.node(NAME + ".negative", "Neg", List.of(logit));
    String rest = graph.node(NAME + ".rest", "Sigmoid", List.of(negative));
    String generated = graph.node(NAME + ".generated", "Mul", List.of(padded(v, ids), generates));
    String copied =
        graph.node(NAME + ".copied", "Mul", List.of(summed(read.weights(), copies, ids), rest));
    graph.node(output, "Add", List.of(generated, copied));
  }

  /** The number of ids: of the vocabulary, or one more than the largest of the sources. */
  private String ids(String copies) {
    String most = graph.node(NAME + ".most", "ReduceMax", List.of(copies));
    String one = graph.constant(Tensor.longs(NAME + ".one", 1));
    String next =
        graph.node(NAME + ".next", "Add", List.of(graph.reshaped(NAME + ".row", most, 1), one));
    return graph.node(NAME + ".ids", "Max", List.of(next, size()));
  }

  private String size() {
    return graph.constant(Tensor.longs(NAME + ".size", vocabulary));
  }

  private String padded(String v, String ids) {
    String more = graph.node(NAME + ".more", "Sub", List.of(ids, size()));
    String zeros = graph.constant(Tensor.longs(NAME + ".zeros", 0, 0, 0));
    return graph.node(NAME + ".padded", "Pad", List.of(v, joined("pads", List.of(zeros, more), 0)));
  }

  /** Adds up the weights of the positions that write the same id. */
  private String summed(String weights, String copies, String ids) {
    String shape = graph.node(NAME + ".copies_shape", "Shape", List.of(copies));
    String first = graph.constant(Tensor.longs(NAME + ".first", 0));
    String batch = graph.node(NAME + ".batch", "Gather", List.of(shape, first));
    String zero = graph.constant(Tensor.floats(NAME + ".zero", List.of(), new float[] {0}));
    String none =
        graph.node(
            NAME + ".none", "Expand", List.of(zero, joined("shape", List.of(batch, ids), 0)));
    return graph.node(
        NAME + ".summed",
        "ScatterElements",
        List.of(none, copies, graph.reshaped(NAME + ".weights", weights, 0, -1)),
        new IntAttribute("axis", 1),
        new StringAttribute("reduction", "add"));
  }

  private String joined(String name, List<String> parts, int axis) {
    return graph.node(NAME + "." + name, "Concat", parts, new IntAttribute("axis", axis));
  }
}
